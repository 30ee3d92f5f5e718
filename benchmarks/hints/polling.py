"""What polling costs the agent, and what `stats` shows while nothing happens."""

import statistics
import time

from agents import joined, stop_all

HERTZ = 20
SECONDS = 10
IDLE_SECONDS = 30


def flat(stats):
    return {f"{part}.{key}": value for part, values in stats.items() for key, value in values.items()}


def cost(agent, command):
    client = agent.client()
    trips = []
    cpu = agent.cpu()
    begin = time.monotonic()
    while time.monotonic() < begin + SECONDS:
        sent = time.monotonic()
        client.ask(command, answer=True)
        trips.append(time.monotonic() - sent)
        time.sleep(max(0.0, 1 / HERTZ - trips[-1]))
    used = (agent.cpu() - cpu) / (time.monotonic() - begin)
    client.close()
    trips.sort()
    return used, statistics.median(trips), trips[int(len(trips) * 0.99)]


def idle_changes(agent):
    """The fields of stats that change while nothing happens."""
    client = agent.client()
    values = {}
    end = time.monotonic() + IDLE_SECONDS
    while time.monotonic() < end:
        for key, value in flat(client.ask("stats", answer=True)).items():
            values.setdefault(key, set()).add(value)
        time.sleep(0.05)
    client.close()
    return {key: len(seen) for key, seen in values.items() if len(seen) > 1}


def run():
    print(f"c. Polling at {HERTZ} Hz on one connection: CPU of the agent, round trip in Python")
    for count in (1, 20, 100):
        agents = joined(count)
        time.sleep(8)  # The joins' own gossip ends.
        cpu = agents[0].cpu()
        time.sleep(SECONDS)
        print(f"  {count} members, not polled: CPU {(agents[0].cpu() - cpu) / SECONDS:.2%} of a core")
        for command in ("stats", "members"):
            used, median, slow = cost(agents[0], command)
            print(
                f"  {count} members, {command}: CPU {used:.2%} of a core,"
                f" p50 {median * 1e3:.2f} ms, p99 {slow * 1e3:.2f} ms"
            )
        print(f"  {count} members, idle for {IDLE_SECONDS} s, fields of stats that changed: {idle_changes(agents[0])}")
        stop_all()
