"""What does a monitor client that stops reading do to the agent? (ipc_log_stream.go, HandleLog)"""

import os
import signal
import subprocess
import sys
import time

from agents import Agent, RUNNING, die_with_parent, stop_all

WATCH_SECONDS = 4
READER = "import socket,sys;s=socket.socket(fileno=int(sys.argv[1]))\nwhile s.recv(65536): pass"


def monitor_client(agent, level, receive_buffer):
    client = agent.client(receive_buffer=receive_buffer)
    client.ask("monitor", {"LogLevel": level})
    return client


def fill(agent, most_lines):
    """Makes log lines (one for each user event) until the agent drops some; how many it took."""
    feeder = agent.client()
    start = agent.log_size()
    lines = 0
    while lines < most_lines:
        for _ in range(200):
            feeder.ask("event", {"Name": "fill", "Payload": b"%d" % lines, "Coalesce": False})
            lines += 1
        if agent.log_has("Dropping logs"):
            break
    feeder.close()
    return lines, agent.log_size() - start


def watch(agent, what):
    time.sleep(0.5)  # What is under way may end first.
    cpu, size = agent.cpu(), agent.log_size()
    time.sleep(WATCH_SECONDS)
    cpu = (agent.cpu() - cpu) / WATCH_SECONDS
    size = (agent.log_size() - size) / WATCH_SECONDS
    print(f"    {what}: CPU {cpu:.1%} of a core, log grows by {size / 1e6:.2f} MB/s")


def never_reads(level):
    print(f"  monitor {level}, SO_RCVBUF 4096, never reads:")
    agent = Agent("monitored", profile="local").ready()
    watch(agent, "idle agent before")
    client = monitor_client(agent, level, 4096)
    lines, size = fill(agent, 40_000)
    dropped = agent.log_has("Dropping logs")
    print(f"    after {lines} events ({size / 1e6:.2f} MB of log) it {'drops' if dropped else 'does not drop'} lines")
    watch(agent, "nothing is sent any more")
    client.close()
    watch(agent, "the client has disconnected")
    stop_all()


def stopped_reader():
    print("  monitor INFO, default buffers, a reader under SIGSTOP:")
    agent = Agent("monitored", profile="local").ready()
    client = monitor_client(agent, "INFO", None)
    number = client.socket.fileno()
    client.socket.settimeout(None)
    os.set_inheritable(number, True)
    reader = subprocess.Popen(
        [sys.executable, "-c", READER, str(number)], pass_fds=[number], preexec_fn=die_with_parent
    )
    RUNNING.append(reader)
    client.close()  # Only the reader holds it now.
    time.sleep(0.5)
    reader.send_signal(signal.SIGSTOP)
    begin = time.monotonic()
    lines, size = fill(agent, 300_000)
    dropped = agent.log_has("Dropping logs")
    print(
        f"    after {lines} events ({size / 1e6:.2f} MB of log, {time.monotonic() - begin:.0f} s)"
        f" it {'drops' if dropped else 'does not drop'} lines"
    )
    watch(agent, "nothing is sent any more")
    reader.send_signal(signal.SIGCONT)
    watch(agent, "after SIGCONT")
    reader.kill()
    watch(agent, "the reader is dead")
    stop_all()


def run():
    print("a. A monitor client that does not read")
    never_reads("INFO")
    never_reads("ERR")
    stopped_reader()
