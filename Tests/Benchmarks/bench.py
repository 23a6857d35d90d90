#!/usr/bin/env python3
"""bench.py [--pairs N] [--no-page] [--input NAME]... BINARY : measures `BINARY replay` against C doing the same work.

The two run in turn, so that a machine that slows down slows both, and the median of the pairs' ratios is what counts.
Needs PORTOLAN_BENCH, where the C stands; without it says so and measures nothing.
"""

import argparse
import os
import pathlib
import statistics

import inputs
import measure
import page


def ratios(floor_costs, our_costs):
    return sorted(ours.cpu / floor.cpu for floor, ours in zip(floor_costs, our_costs))


def median(costs, field):
    return statistics.median(getattr(cost, field) for cost in costs)


def speed_row(name, floors, ours):
    """One input's row: CPU time a packet of both, their ratio and its spread, wall time a packet."""
    nanoseconds = 1e9 / inputs.PACKETS[name]
    spread = ratios(floors, ours)
    return [
        f"`{name}`",
        f"{median(floors, 'cpu') * nanoseconds:.1f}",
        f"{median(ours, 'cpu') * nanoseconds:.1f}",
        f"**{statistics.median(spread):.2f}**",
        f"{spread[0]:.2f} to {spread[-1]:.2f}",
        f"{median(ours, 'wall') * nanoseconds:.1f}",
        f"{median(ours, 'memory') / 2**20:.0f}",
    ]


def memory_row(program, costs, empty):
    """What the program took at its peak beyond what an empty capture takes, for each flow."""
    peak = median(costs, "memory")
    return [
        program,
        f"{peak / 2**20:.0f}",
        f"{peak / inputs.MEMORY_FLOWS:.0f}",
        f"{(peak - empty) / inputs.MEMORY_FLOWS:.0f}",
    ]


def second_core_rows(binary, captures, runs):
    """Wall and CPU time of one process, and of two: another that reads the file and hands it over by a pipe."""
    rows = []
    for name in ("many", "vxlan", "elephant"):
        nanoseconds = 1e9 / inputs.PACKETS[name]
        alone, piped = [], []
        for _ in range(runs):
            alone.append(measure.run([binary, "replay", "-r", captures[name]]))
            piped.append(measure.run(["sh", "-c", 'cat "$1" | "$0" replay -r -', binary, captures[name]]))
        figures = [median(costs, field) * nanoseconds for costs in (alone, piped) for field in ("wall", "cpu")]
        rows.append([f"`{name}`", *(f"{figure:.1f}" for figure in figures)])
    return rows


def main():
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("binary", type=pathlib.Path)
    words.add_argument("--pairs", type=int, default=5)
    words.add_argument("--input", action="append", choices=inputs.INPUTS, help="only these; the page is not written")
    words.add_argument("--no-page", action="store_true", help="leave Docs/Performance.md alone")
    options = words.parse_args()

    folder = pathlib.Path(os.environ.get("PORTOLAN_BENCH", "../shared/bench"))
    if not (folder / "floor5.c").exists():
        print(f"{folder} is absent, so there is nothing to measure against: skipped. PORTOLAN_BENCH says where it is.")
        return
    inputs.CACHE.mkdir(exist_ok=True)
    floor = inputs.floor(folder)
    captures = inputs.make(folder)
    names = options.input or list(inputs.INPUTS)

    def in_turn(name):
        capture = captures[name]
        pairs = []
        for _ in range(options.pairs):
            ours = measure.run([options.binary, "replay", "-r", capture])
            pairs.append((measure.run([floor, capture, "read"]), ours))
        return [pair[0] for pair in pairs], [pair[1] for pair in pairs]

    measure.run([options.binary, "replay", "-r", captures["empty"]])
    floors_empty, ours_empty = in_turn("empty")
    startup = f"Start-up, a replay of an empty capture: {median(ours_empty, 'cpu') * 1000:.1f} ms of CPU."
    print(startup, flush=True)

    head = ["input", "floor5, ns", "portolan, ns", "ratio", "spread", "portolan, wall ns", "peak MiB"]
    speed, memory = [], []
    for name in names:
        floors, ours = in_turn(name)
        speed.append(speed_row(name, floors, ours))
        print(page.table(head, speed[-1:]).splitlines()[-1], flush=True)
        if name == "mem":
            memory.append(memory_row("floor5", floors, median(floors_empty, "memory")))
            memory.append(memory_row("portolan", ours, median(ours_empty, "memory")))

    parts = [
        f"Median of {options.pairs} pairs; nanoseconds of user and system time of the whole process, for each packet.",
        page.table(head, speed),
    ]
    if memory:
        parts.append(f"Memory at {inputs.MEMORY_FLOWS:,} concurrent IPv4 flows seen at one point (`mem`):")
        columns = ["program", "peak MiB", "bytes a flow, all told", "without what an empty capture takes"]
        parts.append(page.table(columns, memory))
    if not options.input:
        parts.append("The second core in use, by a process that reads the file and hands it over by a pipe; ns a packet:")
        columns = ["input", "alone, wall", "alone, CPU", "two processes, wall", "two processes, CPU"]
        parts.append(page.table(columns, second_core_rows(options.binary, captures, options.pairs)))
    parts.append(startup)
    print("\n" + "\n\n".join(parts))
    if not options.no_page and not options.input:
        page.write(parts)
        print(f"\nWritten to {page.PAGE}.")


if __name__ == "__main__":
    main()
