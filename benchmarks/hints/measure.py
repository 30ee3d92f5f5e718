"""Measures the ways to learn of a change in a Serf cluster, on real agents on loopback.

Usage: python3 benchmarks/hints/measure.py [monitor] [streams] [polling] [visibility]

Without arguments all four, in about six minutes. Needs Linux, Python 3.9 and `serf`; uses at most
100 agents, ends what it starts, and writes to a temporary folder only. The findings stand in
docs/adr/0003-hints-by-polling.md.
"""

import sys

import monitor_loop
import polling
import stream_crash
import visibility

PARTS = {
    "monitor": monitor_loop.run,
    "streams": stream_crash.run,
    "polling": polling.run,
    "visibility": visibility.run,
}


def main(names):
    unknown = [name for name in names if name not in PARTS]
    if unknown:
        sys.exit(f"unknown part {unknown[0]}; known are: {', '.join(PARTS)}")
    for name in names or PARTS:
        PARTS[name]()


if __name__ == "__main__":
    main(sys.argv[1:])
