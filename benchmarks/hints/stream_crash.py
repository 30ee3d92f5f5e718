"""Does an agent survive that its stream clients go away while events flow? (ipc_event_stream.go)"""

import threading
import time

from agents import Agent, stop_all

ROUNDS = 4
SECONDS = 5


def feed(agent, stop):
    try:
        client = agent.client()
        while not stop.is_set():
            client.ask("event", {"Name": "e", "Payload": b"x%d" % client.seq, "Coalesce": False})
        client.close()
    except (OSError, EOFError):
        pass  # The agent is gone; the round sees it.


def churn(agent, stop):
    while not stop.is_set():
        try:
            client = agent.client()
            client.ask("stream", {"Type": "user"})
            for _ in range(20):
                client.read()
            client.close()
        except (OSError, EOFError):
            return


def survives(arguments):
    """How long the agent lived, None if it outlived the round."""
    agent = Agent("streamed", profile="local", arguments=arguments).ready()
    stop = threading.Event()
    threads = [threading.Thread(target=feed, args=(agent, stop))]
    threads += [threading.Thread(target=churn, args=(agent, stop)) for _ in range(3)]
    begin = time.monotonic()
    for thread in threads:
        thread.start()
    while agent.alive() and time.monotonic() < begin + SECONDS:
        time.sleep(0.01)
    lived = None if agent.alive() else time.monotonic() - begin
    stop.set()
    agent.kill()
    for thread in threads:
        thread.join()
    reason = "panic: send on closed channel" if agent.log_has("send on closed channel") else "another reason"
    stop_all()
    return None if lived is None else (lived, reason)


def run():
    print("b. Stream clients that disconnect while user events flow")
    for what, arguments in (("no handler", []), ("a script handler (true)", ["-event-handler=user=true"])):
        deaths = [d for d in (survives(arguments) for _ in range(ROUNDS)) if d]
        times = ", ".join(f"after {lived:.2f} s: {reason}" for lived, reason in deaths)
        print(f"  {what}: {len(deaths)} of {ROUNDS} agents died within {SECONDS} s ({times or '-'})")
