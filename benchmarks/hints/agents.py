"""Real agents on loopback addresses of their own, which die with this process."""

import atexit
import contextlib
import ctypes
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time

from rpc import Client

LIBC = ctypes.CDLL(None)
PR_SET_PDEATHSIG = 1
FOLDER = tempfile.mkdtemp(prefix="serf-hints-")
RUNNING = []
NEXT = (n for n in range(os.getpid() % 30000 * 2, 1 << 16))


def die_with_parent():
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def free_host():
    """An address of 127.250.0.0/16 on which nothing listens at Serf's ports."""
    for number in NEXT:
        host = f"127.250.{number >> 8}.{number & 255}"
        if number & 255 in (0, 255):
            continue
        with contextlib.suppress(OSError), socket.socket() as a, socket.socket() as b:
            a.bind((host, 7373))
            b.bind((host, 7946))
            return host
    raise RuntimeError("no free loopback address")


class Agent:
    def __init__(self, name, profile="lan", arguments=()):
        if not shutil.which("serf"):
            raise SystemExit("serf is not on the PATH; install it: apt-get install -y serf")
        self.name, self.host = name, free_host()
        self.log = os.path.join(FOLDER, f"{name}-{self.host}.log")
        self.command = ["serf", "agent", "-node=" + name, "-profile=" + profile,
                        f"-bind={self.host}:7946", f"-rpc-addr={self.host}:7373", *arguments]  # fmt: skip
        self.launch()

    def launch(self):
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                self.command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, preexec_fn=die_with_parent
            )
        RUNNING.append(self.process)

    def ready(self):
        wait_until(lambda: self.try_client(), 20, self.name + " answers")
        return self

    def try_client(self):
        try:
            Client(self.host).close()
            return True
        except OSError:
            return False

    def client(self, **options):
        return Client(self.host, **options)

    def alive(self):
        return self.process.poll() is None

    def cpu(self):
        """Seconds of CPU that its threads have used; nanosecond counters, not clock ticks."""
        total = 0
        tasks = f"/proc/{self.process.pid}/task"
        for task in os.listdir(tasks):
            with contextlib.suppress(OSError), open(f"{tasks}/{task}/schedstat") as file:
                total += int(file.read().split()[0])
        return total / 1e9

    def log_size(self):
        return os.path.getsize(self.log)

    def log_has(self, text):
        with open(self.log, errors="replace") as file:
            return any(text in line for line in file)

    def kill(self):
        self.process.kill()
        self.process.wait()


def wait_until(condition, seconds, what):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise SystemExit("waited in vain: " + what)
        time.sleep(0.01)


def joined(count, **options):
    agents = [Agent(f"n{i}", **options) for i in range(count)]
    for agent in agents:
        agent.ready()
    for agent in agents[1:]:
        client = agent.client()
        client.ask("join", {"Existing": [agents[0].host], "Replay": False}, answer=True)
        client.close()
    client = agents[0].client()
    wait_until(
        lambda: len([m for m in client.ask("members", answer=True)["Members"] if m["Status"] == "alive"])
        == count,
        60,
        f"{count} members",
    )
    client.close()
    return agents


def stop_all():
    for process in RUNNING:
        if process.poll() is None:
            process.kill()
        process.wait()
    RUNNING.clear()


@atexit.register
def clean_up():
    stop_all()
    shutil.rmtree(FOLDER, ignore_errors=True)
