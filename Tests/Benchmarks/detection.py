#!/usr/bin/env python3
"""detection.py [--pairs N] [--no-page] BINARY : measures what judging adds to `BINARY replay`, on the inputs of bench.py.

The two run in turn, and the median of the pairs' ratios is what counts. Needs PORTOLAN_BENCH, where the generator stands; without it
says so and measures nothing.
"""

import argparse
import os
import pathlib
import statistics

import inputs
import measure
import page

#: What it may cost, as a share of a replay that judges nothing.
AIMS = {"many": 1.25, "vxlan": 1.25, "elephant": 1.25, "scan": 2.0}


def row(name, plain, judged):
    """One input's row: CPU time a packet of both, their ratio and its spread, and memory."""
    nanoseconds = 1e9 / inputs.PACKETS[name]
    spread = sorted(one.cpu / other.cpu for one, other in zip(judged, plain))
    return [
        f"`{name}`",
        f"{statistics.median(cost.cpu for cost in plain) * nanoseconds:.1f}",
        f"{statistics.median(cost.cpu for cost in judged) * nanoseconds:.1f}",
        f"**{statistics.median(spread):.2f}**",
        f"{spread[0]:.2f} to {spread[-1]:.2f}",
        f"{AIMS[name]:.2f}",
        f"{(statistics.median(cost.memory for cost in judged) - statistics.median(cost.memory for cost in plain)) / 2**20:.0f}",
    ]


def main():
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("binary", type=pathlib.Path)
    words.add_argument("--pairs", type=int, default=5)
    words.add_argument("--no-page", action="store_true", help="leave Docs/Performance.md alone")
    options = words.parse_args()
    folder = pathlib.Path(os.environ.get("PORTOLAN_BENCH", "../shared/bench"))
    if not (folder / "gen.c").exists():
        print(f"{folder} is absent, so there is nothing to measure on: skipped. PORTOLAN_BENCH says where it is.")
        return
    inputs.CACHE.mkdir(exist_ok=True)
    captures = inputs.make(folder, AIMS)
    head = ["input", "plain, ns", "judged, ns", "ratio", "spread", "aim", "more MiB"]
    rows = []
    for name in AIMS:
        plain, judged = [], []
        for _ in range(options.pairs):
            command = [options.binary, "replay", "-r", captures[name]]
            plain.append(measure.run(command))
            # What is so severe none of these captures has: it ends well.
            judged.append(measure.run([*command, "--fail-on", "critical"]))
        rows.append(row(name, plain, judged))
        print(page.table(head, rows[-1:]).splitlines()[-1], flush=True)
    parts = [
        f"Median of {options.pairs} pairs; nanoseconds of user and system time of the whole process, for each packet.",
        page.table(head, rows),
    ]
    if not options.no_page:
        page.write(parts, "bench-detection")
        print(f"\nWritten to {page.PAGE}.")


if __name__ == "__main__":
    main()
