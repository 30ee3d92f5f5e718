"""What `stats` and `members` of an agent show of a change, and how soon."""

import threading
import time

from agents import Agent, joined, stop_all
from polling import flat

LINGER_MILLIS = 500
# What a resident agent would compare: nothing here changes while the cluster is idle.
FINGERPRINT = ("agent.name", "tags.", "serf.members", "serf.failed", "serf.left", "serf.member_time")


class Watcher:
    """Polls one agent, each ms, until stats and members differ from what they were."""

    def __init__(self, agent):
        self.client = agent.client()

    def look(self):
        stats = flat(self.client.ask("stats", answer=True))
        members = self.client.ask("members", answer=True)["Members"]
        return stats, {m["Name"]: (m["Status"], m["Tags"], m["Addr"]) for m in members}

    def watch(self, what, action, settled, seconds=20):
        """Prints when, after the action began, stats differed and members were as they should be."""
        time.sleep(1)
        before, _ = self.look()
        begin = time.monotonic()

        def millis():
            return (time.monotonic() - begin) * 1e3

        ended = []
        thread = threading.Thread(target=lambda: (action(), ended.append(millis())))
        thread.start()
        first, seen, fields = None, None, set()
        while millis() < (seconds * 1e3 if seen is None else seen + LINGER_MILLIS):
            stats, members = self.look()
            differing = {key for key in stats.keys() | before.keys() if stats.get(key) != before.get(key)}
            if first is None and any(key.startswith(FINGERPRINT) for key in differing):
                first = millis()
            fields |= differing
            if seen is None and settled(members):
                seen = millis()
            time.sleep(0.001)
        thread.join()
        print(
            f"  {what}: command returned after {ended[0]:.0f} ms; fingerprint differed "
            + ("never" if first is None else f"after {first:.0f} ms")
            + ", members "
            + ("never" if seen is None else f"after {seen:.0f} ms")
            + f"; all fields of stats that differed: {', '.join(sorted(fields)) or 'none'}"
        )


def ask(agent, command, body, answer=False):
    client = agent.client()
    try:
        client.ask(command, body, answer)
    finally:
        client.close()


def tag(agent, value):
    return lambda: ask(agent, "tags", {"Tags": {"k": value}, "DeleteTags": []})


def join(agent, other):
    return lambda: ask(agent, "join", {"Existing": [other.host], "Replay": False}, answer=True)


def run():
    for profile in ("local", "lan"):
        print(f"d. What agent n0 of three shows, ms since the command began, profile {profile}")
        here, other, third = joined(3, profile=profile)
        watcher = Watcher(here)
        for i in range(3):
            watcher.watch("own tag changes", tag(here, f"own{i}"), lambda m, i=i: m["n0"][1].get("k") == f"own{i}")
        watcher.watch("tag of another changes", tag(other, "remote"), lambda m: m["n1"][1].get("k") == "remote")
        joiner = Agent("n3", profile=profile).ready()
        watcher.watch("another joins", join(joiner, here), lambda m: m.get("n3", [""])[0] == "alive")
        watcher.watch("another leaves", lambda: ask(joiner, "leave", None), lambda m: m["n3"][0] == "left")
        watcher.watch("another is killed", third.kill, lambda m: m["n2"][0] == "failed")
        third.launch()
        third.ready()
        watcher.watch("it returns", join(third, here), lambda m: m["n2"][0] == "alive")
        watcher.watch(
            "a user event of another",
            lambda: ask(other, "event", {"Name": "deploy", "Payload": b"1", "Coalesce": False}),
            lambda m: False,
            seconds=2,
        )
        stop_all()
