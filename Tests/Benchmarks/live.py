#!/usr/bin/env python3
"""live.py [--pairs N] [--rate PPS] [--seconds S] DRIVER : measures live capture against C doing the same work.

DRIVER and live_pcap, which has libpcap and a flow table, take the same packets in turn from a veth pair; the median of the
pairs' ratios of CPU time a packet is what counts. Then the rate is found at which tcpdump still loses nothing, and DRIVER is
to lose nothing there. All of it in network namespaces without a way out. Needs root and PORTOLAN_BENCH.
"""

import argparse
import dataclasses
import os
import pathlib
import re
import shutil
import signal
import statistics
import subprocess
import sys
import time

import cooked
import inputs
import page
import wire

#: How long a subject listens before the first packet and after the last.
MARGIN_SECONDS = 1


#: How much is kept of packets: what the driver is told, by what the table says.
SNAPSHOTS = {
    "headers": [256],
    "as by default": [2048],
    "2,048 of all": [2048, "whole"],
    "everything": [262144, "whole"],
}

#: Packets a second, by the length of frames: a full Ethernet frame, and what segmentation offload makes.
LARGE_FRAMES = {1514: 100_000, 60_000: 5_000}


@dataclasses.dataclass(frozen=True)
class Subject:
    """A program that captures: how it is called, and what it says at its end."""

    name: str
    #: made of an interface and of the seconds it is to last; for ever when it ends by SIGINT
    command: object
    #: in its output: packets it took, packets the kernel dropped
    counts: re.Pattern
    ends_by_signal: bool = False


@dataclasses.dataclass(frozen=True)
class Run:
    sent: int
    taken: int
    dropped: int
    #: user and system time of the process without its setup, in seconds
    cpu: float
    #: peak resident memory in bytes
    memory: int

    @property
    def nanoseconds(self):
        return self.cpu * 1e9 / self.taken


def listen(subject, interface, seconds, send):
    """Starts the subject, sends, waits for its end."""
    whole = seconds + 2 * MARGIN_SECONDS
    process = subprocess.Popen(
        list(map(str, subject.command(interface, whole))), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    time.sleep(MARGIN_SECONDS)
    sent = send()
    if subject.ends_by_signal:
        time.sleep(MARGIN_SECONDS)
        process.send_signal(signal.SIGINT)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    found = subject.counts.search(output)
    if process.returncode != 0 or not found:
        sys.exit(f"{subject.name} ended with {process.returncode}\n{output[-2000:]}")
    setup = SETUP.search(output)
    cpu = usage.ru_utime + usage.ru_stime - (float(setup["seconds"]) if setup else 0)
    return Run(sent, int(found["taken"]), int(found["dropped"]), cpu, usage.ru_maxrss * 1024)


#: What a subject took to learn of the host: no packet's cost.
SETUP = re.compile(r"setup_cpu (?P<seconds>[\d.]+)")
ONE_LINE = re.compile(r"got (?P<taken>\d+) .*drop (?P<dropped>\d+)")
TCPDUMP = re.compile(r"(?P<taken>\d+) packets captured.*?(?P<dropped>\d+) packets dropped by kernel", re.DOTALL)


def driver(binary, *words, name="portolan"):
    command = lambda interface, seconds: [binary, interface, seconds, "flow", 16, *words]
    return Subject(name, command, ONE_LINE)


def attributing(binary, link):
    """The driver when it knows a container behind each address that is sent."""
    journal = inputs.CACHE / "journal-live.jsonl"
    cooked.write_identity(journal, link.interfaces())
    return driver(binary, f"journal={journal}", name="portolan, attributing")


def floor(binary):
    return Subject("live_pcap", lambda interface, seconds: [binary, interface, seconds, "flow"], ONE_LINE)


def tcpdump():
    command = lambda interface, _: ["tcpdump", "-n", "-i", interface, "-w", "/dev/null"]
    return Subject("tcpdump", command, TCPDUMP, ends_by_signal=True)


class Bench:
    def __init__(self, options, link, blast, capture):
        self.options = options
        self.link = link
        self.blast = blast
        self.capture = capture

    def run(self, subject, interface=wire.DEVICE, rate=None, capture=None):
        rate = rate or self.options.rate
        capture = capture or self.capture
        seconds = self.options.seconds
        return listen(subject, interface, seconds, lambda: self.link.send(self.blast, capture, rate, seconds))

    def compare(self, ours, base, interface, name=None, views=1):
        """A row: the floor's and our cost a packet, and the pairs' ratios. We see each packet at so many places."""
        rate = self.options.rate // views
        pairs = [(self.run(base), self.run(ours, interface, rate)) for _ in range(self.options.pairs)]
        ratios = sorted(ours.nanoseconds / base.nanoseconds for base, ours in pairs)
        return [
            name or f"`{interface}`",
            f"{statistics.median(base.nanoseconds for base, _ in pairs):.0f}",
            f"{statistics.median(ours.nanoseconds for _, ours in pairs):.0f}",
            f"**{statistics.median(ratios):.2f}**",
            f"{ratios[0]:.2f} to {ratios[-1]:.2f}",
            f"{max(base.dropped for base, _ in pairs)}, {max(ours.dropped for _, ours in pairs)}",
            f"{statistics.median(ours.memory for _, ours in pairs) / 2**20:.0f}",
        ]

    def lengths(self, base, binary):
        """A row for each length of frames: what a packet costs by how much is kept of it."""
        subjects = [base, *(driver(binary, *words) for words in SNAPSHOTS.values())]
        for frame, rate in LARGE_FRAMES.items():
            rounds = [
                [self.run(subject, rate=rate, capture=inputs.large(frame)) for subject in subjects]
                for _ in range(self.options.pairs)
            ]
            costs = [statistics.median(run.nanoseconds for run in runs) for runs in zip(*rounds)]
            dropped = sum(run.dropped for runs in rounds for run in runs)
            yield [f"{frame:,}", *(f"{cost:.0f}" for cost in costs), f"{dropped}"]

    def losses(self, subjects, rates):
        """A row for each rate: what was sent, and what share each subject lost of it."""
        for rate in rates:
            runs = [self.run(subject, rate=rate) for subject in subjects]
            reached = statistics.median(run.sent for run in runs) / self.options.seconds
            lost = [f"{100 * run.dropped / max(1, run.taken + run.dropped):.2f} %" for run in runs]
            yield [f"{reached / 1000:.0f}", *lost]


def main():
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("driver", type=pathlib.Path)
    words.add_argument("--pairs", type=int, default=5)
    words.add_argument("--rate", type=int, default=200_000, help="packets a second, at most 1,000,000")
    words.add_argument("--seconds", type=int, default=5, help="of each run, at most 60")
    words.add_argument("--no-page", action="store_true", help="leave Docs/Performance.md alone")
    options = words.parse_args()
    options.rate, options.seconds = min(options.rate, 1_000_000), min(options.seconds, 60)

    folder = pathlib.Path(os.environ.get("PORTOLAN_BENCH", "../shared/bench"))
    if not (folder / "live_pcap.c").exists():
        print(f"{folder} is absent, so there is nothing to measure against: skipped. PORTOLAN_BENCH says where it is.")
        return
    wire.enter()
    inputs.CACHE.mkdir(exist_ok=True)
    blast = inputs.compile_once(folder / "blast.c", "blast", [])
    base = floor(inputs.compile_once(folder / "live_pcap.c", "live_pcap", []))
    capture = inputs.make(folder, ["many"])["many"]
    ours = driver(options.driver)

    with wire.Wire() as link:
        bench = Bench(options, link, blast, capture)
        head = ["on", "live_pcap, ns", "portolan, ns", "ratio", "spread", "dropped", "peak MiB"]
        rows = []
        for interface in (wire.DEVICE, "any"):
            rows.append(bench.compare(ours, base, interface))
        named = attributing(options.driver, link)
        rows.append(bench.compare(named, base, "any", "`any`, attributing"))
        lengths = list(bench.lengths(base, options.driver))
        subjects = [base, ours, named]
        if shutil.which("tcpdump"):
            subjects.insert(0, tcpdump())
        rates = [100_000, 200_000, 300_000, 400_000, 600_000, 800_000]
        losses = list(bench.losses(subjects, rates))
        link.add_bridge()
        rows.append(bench.compare(ours, base, "any", "`any`, over a bridge", views=3))
        named = attributing(options.driver, link)
        rows.append(bench.compare(named, base, "any", "`any`, over a bridge, attributing", views=3))
    parts = [
        f"{options.rate:,} packets a second for {options.seconds} s over a veth pair, median of {options.pairs} pairs; "
        "nanoseconds of user and system time of the whole process, for each packet.",
        page.table(head, rows),
        "Large frames of bulk data on `v1`, by how much is kept of them; nanoseconds for each packet:",
        page.table(["frames of", "live_pcap", *SNAPSHOTS, "dropped"], lengths),
        "Losses, in per cent of what arrived, by thousands of packets a second:",
        page.table(["sent", *(subject.name for subject in subjects)], losses),
    ]
    print("\n\n".join(parts))
    if not options.no_page:
        page.write(parts, "bench-live")
        print(f"\nWritten to {page.PAGE}.")


if __name__ == "__main__":
    main()
