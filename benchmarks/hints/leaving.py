"""How one long-lived stream client leaves with the least danger for its agent. (ADR 0007)

Usage: python3 benchmarks/hints/leaving.py [STOPS]

Each figure is of so many ends (100) of a client that had streamed user events and queries, 20 events
a second at random times.
"""

import random
import sys
import threading
import time

from agents import Agent, stop_all

RATE = 20


def close(client):
    client.close()


def stop(client):
    """Says stop and reads on until the agent has answered; then closes."""
    client.send("stop", {"Stop": 2})
    seq = client.seq
    while client.read()["Seq"] != seq:
        client.read()
    client.close()


def after_a_record(client):
    client.read()
    client.read()
    client.close()


def when_quiet(client):
    """Waits for 100 ms without a record, a second at most."""
    end = time.monotonic() + 1
    client.socket.settimeout(0.1)
    try:
        while time.monotonic() < end and client.socket.recv(65536):
            pass
    except OSError:
        pass
    client.close()


def feed(agent, over):
    client = agent.client()
    try:
        while not over.wait(random.expovariate(RATE)):
            client.ask("event", {"Name": "e", "Payload": b"x%d" % client.seq, "Coalesce": False})
        client.close()
    except (OSError, EOFError):
        pass  # The agent is gone; the round sees it.


def ends(agent, leave, stops, busy):
    """How many of so many ends the agent got over, until it died."""
    over = threading.Event()
    feeder = threading.Thread(target=feed, args=(agent, over))
    if busy:
        feeder.start()
    done = 0
    try:
        while done < stops:
            client = agent.client()
            client.ask("stream", {"Type": "user,query"})
            time.sleep(random.uniform(0, 0.1))
            leave(client)
            time.sleep(0.05)
            if not agent.alive():
                break
            done += 1
    except (OSError, EOFError):
        pass
    over.set()
    if busy:
        feeder.join()
    return done


def deaths(arguments, leave, stops, busy):
    died = done = 0
    while done < stops:
        agent = Agent("left", profile="local", arguments=arguments).ready()
        count = ends(agent, leave, stops - done, busy)
        done += count
        if done < stops:
            assert agent.log_has("send on closed channel")
            died += 1
            done += 1
        stop_all()
    return died


def run(stops):
    for what, script in (("no script handler", None), ("script: true", "true"), ("script: sleep 0.02", "sleep 0.02")):
        arguments = [] if script is None else ["-event-handler=user=" + script]
        for leave in (close, stop, after_a_record, when_quiet):
            died = deaths(arguments, leave, stops, busy=True)
            print(f"{what}, {leave.__name__}: {died} of {stops} ends were its agent's", flush=True)
        died = deaths(arguments, close, stops, busy=False)
        print(f"{what}, close, while nothing flows: {died} of {stops}", flush=True)


if __name__ == "__main__":
    run(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
