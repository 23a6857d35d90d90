#!/usr/bin/env python3
"""recording.py [--pairs N] [--rate PPS] [--seconds S] PROGRAM : measures what recording adds to watching.

PROGRAM watches the same packets in turn, once without and once with a recording, on a veth pair in network namespaces
without a way out; the median of the pairs' differences of CPU time is what counts. What was sent is to be in the recording, or
counted as left out or dropped. Needs root and PORTOLAN_BENCH.
"""

import argparse
import dataclasses
import os
import pathlib
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time

import inputs
import page
import wire

#: How much more a million packets may cost, in seconds of CPU time.
AIM = 0.1

INPUTS = {"elephant": "100 flows", "many": "200,000 flows"}


@dataclasses.dataclass(frozen=True)
class Run:
    sent: int
    #: what the program says it wrote, left out for want of room, and was not given by the kernel
    recorded: int
    lost: int
    #: user and system time of the whole process, in seconds
    cpu: float
    #: bytes of the recording
    size: int


def number(pattern, text):
    found = re.search(pattern, text)
    return int(found[1].replace(",", "")) if found else 0


def wait_for(process, text):
    """Reads what a program says until a line has the text; the rest is read at its end."""
    for line in process.stderr:
        if text in line:
            return
    sys.exit(f"{process.args[1]} ended before it said {text!r}")


def listen(command, send, file):
    process = subprocess.Popen(list(map(str, command)), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    wait_for(process, "capturing on")
    sent = send()
    time.sleep(1)
    process.send_signal(signal.SIGINT)
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))} ended with {process.returncode}\n{said[-2000:]}")
    size = file.stat().st_size if file.exists() else 0
    recorded = number(r"([\d,]+) packets recorded", said)
    lost = number(r"([\d,]+) left out", said) + number(r"([\d,]+) dropped by the kernel", said)
    return Run(sent, recorded, lost, usage.ru_utime + usage.ru_stime, size)


class Bench:
    def __init__(self, options, link, blast, folder):
        self.options = options
        self.link = link
        self.blast = blast
        self.file = pathlib.Path(folder) / "trace.pcapng"

    def run(self, capture, *words):
        send = lambda: self.link.send(self.blast, capture, self.options.rate, self.options.seconds)
        command = [self.options.program, *words, "-i", wire.DEVICE, "--snapshot-length", 256]
        run = listen(command, send, self.file)
        self.file.unlink(missing_ok=True)
        return run

    def row(self, name, capture):
        pairs = []
        for _ in range(self.options.pairs):
            watched = self.run(capture, "observe", "-o", "json")
            recorded = self.run(capture, "record", "-w", self.file)
            missing = recorded.sent - recorded.recorded - recorded.lost
            if missing > 0:
                sys.exit(f"{missing} of {recorded.sent} packets are neither in the recording nor counted as lost")
            pairs.append((watched, recorded))
        costs = [run.cpu * 1e6 / run.sent for run, _ in pairs]
        more = sorted(recorded.cpu * 1e6 / recorded.sent - cost for (_, recorded), cost in zip(pairs, costs))
        sizes = [recorded.size / recorded.recorded for _, recorded in pairs]
        return [
            f"`{name}`, {INPUTS[name]}",
            f"{statistics.median(costs):.3f}",
            f"**{statistics.median(more):.3f}**",
            f"{more[0]:.3f} to {more[-1]:.3f}",
            f"{AIM}",
            f"{statistics.median(sizes):.0f}",
            f"{max(recorded.lost for _, recorded in pairs)}",
        ]


def main():
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("program", type=pathlib.Path)
    words.add_argument("--pairs", type=int, default=5)
    words.add_argument("--rate", type=int, default=200_000, help="packets a second, at most 1,000,000")
    words.add_argument("--seconds", type=int, default=10, help="of each run, at most 60")
    words.add_argument("--no-page", action="store_true", help="leave Docs/Performance.md alone")
    options = words.parse_args()
    options.rate, options.seconds = min(options.rate, 1_000_000), min(options.seconds, 60)
    options.program = options.program.resolve()

    folder = pathlib.Path(os.environ.get("PORTOLAN_BENCH", "../shared/bench"))
    if not (folder / "blast.c").exists():
        print(f"{folder} is absent, so there is nothing to send: skipped. PORTOLAN_BENCH says where it is.")
        return
    wire.enter()
    inputs.CACHE.mkdir(exist_ok=True)
    blast = inputs.compile_once(folder / "blast.c", "blast", [])
    captures = inputs.make(folder, list(INPUTS))
    with wire.Wire() as link, tempfile.TemporaryDirectory() as folder:
        bench = Bench(options, link, blast, folder)
        rows = [bench.row(name, captures[name]) for name in INPUTS]
    parts = [
        f"{options.rate:,} packets a second for {options.seconds} s over a veth pair, median of {options.pairs} pairs; "
        "seconds of user and system time of the whole process, for each million packets.",
        page.table(["input", "watched", "recorded, more", "spread", "aim", "bytes a packet", "lost"], rows),
    ]
    print("\n\n".join(parts))
    if not options.no_page:
        page.write(parts, "bench-recording")
        print(f"\nWritten to {page.PAGE}.")


if __name__ == "__main__":
    main()
