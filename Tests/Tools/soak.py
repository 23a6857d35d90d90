#!/usr/bin/env python3
"""soak.py [--seconds S] [--rate PPS] [--flows N] BINARY : an agent under load for long; nothing of it may grow.

So many packets and new flows a second pass an interface, containers come and go, ten clients ask, of whom two follow flows and
never read, and the database is small, so that it forgets all the time. Memory, threads and descriptors are read every second.
At the end the packets that were offered are those that were seen and those that are known to be lost, exactly. Needs root.
"""

import argparse
import http.client
import pathlib
import select
import statistics
import subprocess
import sys
import tempfile
import threading
import time

import apart

#: Bytes that it may grow by when warm; of a run of minutes, in which caches still fill, ten times as much.
GROWTH = 2 << 20
LONG = 3600
#: How much threads and descriptors may grow: the database has at most four readers, of two files each, that are opened when so
#: many read at a time; the pool of Swift's tasks gets another thread when one of its two waits, as few times as there are cores.
MORE = {"threads": 2, "descriptors": 8}
#: Seconds between two containers that begin. Who had what is remembered for 40 minutes, so memory grows until then, by some 1 kB
#: for each.
PAUSE = 2
#: Seconds of a window that is compared with another.
WINDOW = 30
#: When it counts as warm: after ten minutes, or in a short run after two thirds.
WARM = 600

CONFIGURATION = """
api: {group: "0"}
store:
  size: 64MiB
  flows: {age: 1h, size: 8MiB}
  journal: {age: 1h, size: 1MiB}
  minutes: {age: 1h, size: 1MiB}
"""


class Wire:
    """A veth pair into another namespace; nobody has an address, so nobody sends but the generator."""

    DEVICE = "v1"

    def __init__(self):
        self.holder = subprocess.Popen(["unshare", "--net", "sleep", "infinity"])
        own = pathlib.Path("/proc/self/ns/net").readlink()
        while pathlib.Path(f"/proc/{self.holder.pid}/ns/net").readlink() == own:
            time.sleep(0.01)
        self.there = ["nsenter", "-t", str(self.holder.pid), "-n"]
        apart.quieten(self.there)
        apart.run("ip", "link", "add", self.DEVICE, "type", "veth", "peer", "name", "v0", "netns", str(self.holder.pid))
        apart.run("ip", "link", "set", self.DEVICE, "arp", "off", "up")
        apart.run(*self.there, "ip", "link", "set", "v0", "arp", "off", "up")

    @property
    def offered(self):
        """Packets that went through, either way: what the kernel gave to whoever captures there."""
        return sum(count(self.DEVICE))


def count(device):
    """Packets received and sent. /sys shows another namespace's devices."""
    for line in open("/proc/net/dev"):
        name, _, rest = line.partition(":")
        if name.strip() == device:
            words = rest.split()
            return int(words[1]), int(words[9])
    sys.exit(f"{device} is gone")


class Clients:
    """Eight that ask in turn, and two that follow and never read."""

    PATHS = ["/v1/status", "/v1/graph", "/v1/flows?last=500", "/v1/containers", "/metrics", "/v1/gaps"]

    def __init__(self, agent):
        self.agent = agent
        self.ending = threading.Event()
        self.answers = 0
        self.refusals = 0
        self.slowest = 0.0
        self.threads = [threading.Thread(target=self.ask, args=[number], daemon=True) for number in range(8)]
        self.threads += [threading.Thread(target=self.ignore, daemon=True) for _ in range(2)]
        for thread in self.threads:
            thread.start()

    def ask(self, number):
        while not self.ending.wait(1):
            number += 1
            began = time.monotonic()
            try:
                self.agent.get(self.PATHS[number % len(self.PATHS)], timeout=30)
                self.answers += 1
                self.slowest = max(self.slowest, time.monotonic() - began)
            except (OSError, ValueError, http.client.HTTPException) as error:
                self.refusals += 1
                print(f"{self.PATHS[number % len(self.PATHS)]}: {error}", flush=True)

    def ignore(self):
        while not self.ending.is_set():
            with apart.connect(self.agent.socket) as link:
                link.sendall(b"GET /v1/flows?follow=true HTTP/1.1\r\nHost: x\r\n\r\n")
                poll = select.poll()
                # Neither input nor room for output: only that the other end is done with it.
                poll.register(link, 0)
                while not self.ending.is_set() and not poll.poll(500):
                    pass

    def end(self):
        self.ending.set()
        for thread in self.threads:
            thread.join(timeout=60)


class Sample:
    """What a process takes: bytes resident, and of them its own; threads; descriptors."""

    def __init__(self, process):
        status = dict(line.split(":", 1) for line in open(f"/proc/{process}/status"))
        self.resident = int(status["VmRSS"].split()[0]) << 10
        self.own = int(status["RssAnon"].split()[0]) << 10
        self.threads = int(status["Threads"])
        self.descriptors = len(list(pathlib.Path(f"/proc/{process}/fd").iterdir()))


def grown(samples, warm, limit):
    """What was wrong with the last window, compared with the one that ends at `warm`."""
    before, after = samples[max(0, warm - WINDOW) : warm], samples[-WINDOW:]
    wrong = []
    resident = [statistics.median(sample.resident for sample in window) for window in (before, after)]
    growth = resident[1] - resident[0]
    print(f"resident memory: {resident[0] / 2**20:.1f} MiB when warm, {growth / 2**20:+.1f} MiB at the end")
    if growth > limit:
        wrong.append(f"memory grew by {growth / 2**20:.1f} MiB")
    # Of connections and containers some are there at one time and not at another: what stays is the least.
    for name, more in MORE.items():
        least = [min(getattr(sample, name) for sample in window) for window in (before, after)]
        print(f"{name}: {least[0]} when warm, {least[1]} at the end")
        if least[1] > least[0] + more:
            wrong.append(f"{name} grew from {least[0]} to {least[1]}")
    return wrong


def counted(agent, wire):
    """What was wrong with the sum, after the last packet."""
    deadline = time.monotonic() + 60
    while True:
        capture = agent.ask("/v1/status")["capture"]
        seen, dropped = capture["packets"], capture.get("dropped", 0)
        if seen + dropped == wire.offered or time.monotonic() > deadline:
            break
        time.sleep(0.5)
    print(f"{wire.offered:,} packets offered, {seen:,} seen, {dropped:,} dropped")
    return [] if seen + dropped == wire.offered else [f"{wire.offered - seen - dropped} packets are unaccounted for"]


def soak(options, folder):
    flood = folder / "flood"
    apart.run("cc", "-O2", "-o", str(flood), str(pathlib.Path(__file__).parent / "flood.c"))
    configuration = folder / "portolan.yaml"
    configuration.write_text(CONFIGURATION)
    agent = apart.Agent(options.binary, folder, "--config", configuration)
    wire = Wire()
    agent.start()
    words = [flood, "v0", options.rate, options.flows, options.seconds]
    generator = subprocess.Popen([*wire.there, *map(str, words)], stdout=subprocess.PIPE, text=True)
    clients, churn, samples = Clients(agent), apart.Churn(pause=PAUSE, limit=3), []
    began = time.monotonic()
    while generator.poll() is None:
        time.sleep(max(0, began + len(samples) + 1 - time.monotonic()))
        if agent.process.poll() is not None:
            sys.exit(f"the agent ended with {agent.process.returncode}:\n{agent.said()}")
        samples.append(Sample(agent.process.pid))
        if len(samples) % 60 == 0:
            tell(samples[-1], len(samples), agent, clients, churn)
    sent = int(generator.stdout.read().split()[1])
    clients.end()
    churn.end()
    limit = GROWTH if options.seconds >= LONG else 10 * GROWTH
    wrong = grown(samples, WARM if options.seconds >= 2 * WARM else options.seconds * 2 // 3, limit)
    print(f"{sent:,} packets sent")
    wrong += counted(agent, wire)
    if clients.refusals > 0:
        wrong.append(f"{clients.refusals} requests had no answer")
    before = time.monotonic()
    status = agent.stop()
    if status != 0:
        wrong.append(f"the agent ended with {status}")
    print(f"{clients.answers} answers, the slowest after {clients.slowest:.2f} s; ended in {time.monotonic() - before:.1f} s")
    if wrong:
        print(agent.said())
    return wrong


def tell(sample, second, agent, clients, churn):
    status = agent.ask("/v1/status", timeout=30)
    capture, store = status["capture"], status["store"]
    size = sum(path.stat().st_size for path in agent.folder.glob("portolan.db*"))
    print(
        f"{second // 60} min: {sample.resident / 2**20:.1f} MiB, {sample.own / 2**20:.1f} of its own, {sample.threads} threads, "
        f"{sample.descriptors} descriptors; {capture['packets']:,} packets, {capture.get('dropped')} dropped; "
        f"{status['flows']:,} flows, {store['written']:,} written, {store['lost']:,} lost, {size / 2**20:.0f} MiB stored; "
        f"{clients.answers} answers, {churn.number} containers",
        flush=True,
    )


def main():
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("binary", type=pathlib.Path)
    words.add_argument("--seconds", type=int, default=3600)
    words.add_argument("--rate", type=int, default=50_000, help="packets a second")
    words.add_argument("--flows", type=int, default=2_000, help="new flows a second")
    options = words.parse_args()
    apart.enter()
    with tempfile.TemporaryDirectory(prefix="portolan-soak-") as name:
        wrong = soak(options, pathlib.Path(name))
    for what in wrong:
        print(what)
    print("failed" if wrong else "held")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
