#!/usr/bin/env python3
"""instructions.py [--input NAME]... [--driver DRIVER] BINARY : how many instructions a packet takes, as valgrind counts them.

What is counted is the same on every machine at every time, and says nothing of waiting for memory. Each input is read at
two lengths, and the difference is divided by that of the packets: start and end are no part of it. `BINARY replay` reads
what `bench.py` measures; DRIVER, built by `make bench-live`, reads what live capture on "any" sees, from a file. Needs
valgrind and PORTOLAN_BENCH, where the generator stands.
"""

import argparse
import os
import pathlib
import re
import subprocess
import sys

import cooked
import inputs
import page

#: As in inputs.INPUTS, shorter: what gen takes for a number of packets.
SHORT = {
    "many": lambda packets: ["many", packets, packets // 25, 128, 0, 1e6],
    "vxlan": lambda packets: ["many", packets, packets // 25, 128, 1, 1e6],
    "elephant": lambda packets: ["elephant", packets, 100, 128, 0, 1e6],
    "scan": lambda packets: ["scan", packets, 0, 128, 0, 1e6],
}

#: The frames that the live benchmark sends, as "any" sees them: the places where each is seen, and whether there is a journal.
LIVE = {
    "any": ([cooked.DEVICE], False),
    "any, attributed": ([cooked.DEVICE], True),
    "bridge": (cooked.BRIDGE, False),
    "bridge, attributed": (cooked.BRIDGE, True),
}

PACKETS = 100_000
#: How many frames the live benchmark sends over and over.
LIVE_PACKETS = 65_536


def count(*words):
    """Instructions of one run."""
    command = ["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null", *words]
    # A dictionary's order is another one in each process, and so is what a journal costs to read.
    environment = {**os.environ, "SWIFT_DETERMINISTIC_HASHING": "1"}
    result = subprocess.run(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, timeout=600, env=environment
    )
    found = re.search(r"I\s+refs:\s+([\d,]+)", result.stderr)
    if result.returncode != 0 or not found:
        sys.exit(f"{' '.join(map(str, command))} ended with {result.returncode}\n{result.stderr[-2000:]}")
    return int(found.group(1).replace(",", ""))


def stripped(binary):
    """The binary without its debug information, which valgrind does not read in every form that compilers write."""
    target = inputs.CACHE / f"{binary.name}-stripped"
    subprocess.run(["strip", "--strip-debug", "-o", target, binary], check=True)
    return target


def short(generator, name, packets):
    path = inputs.CACHE / f"{name}-{packets}.pcap"
    mode, *words = map(str, SHORT[name](packets))
    if not path.exists():
        subprocess.run([generator, mode, path, *words], check=True, timeout=300, stderr=subprocess.DEVNULL)
    return path


def live(source, name, loops):
    """What the driver is told to read, and how many packets that has: without loops, one frame."""
    places, isAttributed = LIVE[name]
    packets = LIVE_PACKETS if loops else 1
    path = inputs.CACHE / f"cooked-{len(places)}-{loops}.pcap"
    if not path.exists():
        cooked.write(source, path, packets, max(1, loops), places)
    words = [path, "0", "flow"]
    if isAttributed:
        journal = inputs.CACHE / "journal.jsonl"
        cooked.write_identity(journal, [("v1", 3), ("w0", 5), ("w1", 6)])
        words.append(f"journal={journal}")
    return words, packets * len(places) * max(1, loops)


def replay_cost(binary, generator, name):
    once, twice = (count(binary, "replay", "-r", short(generator, name, PACKETS * times)) for times in (1, 2))
    return (twice - once) / PACKETS


def live_costs(driver, folder, name):
    """The first time that the frames come, which begins all flows, and each time after."""
    source = inputs.make(folder, ["many"])["many"]
    counts = []
    for loops in range(4):
        words, packets = live(source, name, loops)
        counts.append((count(driver, *words), packets))
    first, _, later = (
        (more - less) / (further - packets) for (less, packets), (more, further) in zip(counts, counts[1:])
    )
    return first, later


def main():
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("binary", type=pathlib.Path)
    words.add_argument("--driver", type=pathlib.Path)
    words.add_argument("--input", action="append", choices=[*SHORT, *LIVE])
    options = words.parse_args()
    folder = pathlib.Path(os.environ.get("PORTOLAN_BENCH", "../shared/bench"))
    if not (folder / "gen.c").exists():
        print(f"{folder} is absent, so there is nothing to measure: skipped. PORTOLAN_BENCH says where it is.")
        return
    inputs.CACHE.mkdir(exist_ok=True)
    names = options.input or [*SHORT, *LIVE]
    generator = inputs.compile_once(folder / "gen.c", "gen", [])
    print(page.table(["input", "instructions a packet", "where flows begin"], []))
    binary = stripped(options.binary)
    for name in filter(SHORT.get, names):
        print(f"| `{name}` | {replay_cost(binary, generator, name):.0f} | |", flush=True)
    if options.driver:
        driver = stripped(options.driver)
        for name in filter(LIVE.get, names):
            first, later = live_costs(driver, folder, name)
            print(f"| `{name}` | {later:.0f} | {first:.0f} |", flush=True)


if __name__ == "__main__":
    main()
