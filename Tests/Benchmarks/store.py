#!/usr/bin/env python3
"""store.py [--runs N] [--records N] DRIVER : measures the agent's memory, next to SQLite's own calls writing the same rows.

DRIVER writes varied flow records, and rows of the same sizes, in turn, in batches of 1,000 and of 10,000; the median of the
runs counts. Then it writes a long memory of who talked to whom, once, and asks it by container, by port and by time. Fails
where fewer than 100,000 records a second are written, or a question takes a second or longer. Keeps nothing.
"""

import argparse
import pathlib
import statistics
import subprocess
import sys
import tempfile

import inputs
import page

BATCHES = [1_000, 10_000]
EDGES, MINUTES = 200, 52_560
#: What is asserted: records a second, and seconds of a question.
LEAST_RATE, LONGEST = 100_000, 1.0


class Driver:
    def __init__(self, binary):
        self.binary = binary

    def run(self, *words):
        """What it says, by name."""
        command = [self.binary, *map(str, words)]
        ran = subprocess.run(command, stdout=subprocess.PIPE, text=True, timeout=1800, check=True)
        return {name: float(value) for name, value in map(str.split, ran.stdout.splitlines())}


def remove(path):
    for suffix in ("", "-wal", "-shm", "-lock"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def write(driver, folder, options, batch):
    """A row of the table, and records a second at the median."""
    ours, raw = [], []
    database, copy = folder / "flows.db", folder / "raw.db"
    for _ in range(options.runs):
        remove(database)
        remove(copy)
        ours.append(driver.run("write", database, options.records, batch))
        raw.append(driver.run("raw", copy, database, batch))
    size = database.stat().st_size / options.records
    remove(database)
    remove(copy)
    rates = [statistics.median(run["rows"] / run["wall"] for run in runs) for runs in (ours, raw)]
    costs = [statistics.median(run["cpu"] / run["rows"] * 1e6 for run in runs) for runs in (ours, raw)]
    ratios = sorted(run["cpu"] / base["cpu"] for run, base in zip(ours, raw))
    row = [
        f"{batch:,}", f"{rates[0]:,.0f}", f"{rates[1]:,.0f}", f"{costs[0]:.2f}", f"{costs[1]:.2f}",
        f"**{statistics.median(ratios):.2f}**", f"{ratios[0]:.2f} to {ratios[-1]:.2f}", f"{size:.0f}",
    ]  # fmt: skip
    return row, rates[0]


def ask(driver, folder):
    """Rows of the table, the longest question in seconds, and a sentence about the database."""
    database = folder / "minutes.db"
    built = driver.run("build", database, EDGES, MINUTES)
    size = database.stat().st_size
    answers = driver.run("ask", database, MINUTES)
    remove(database)
    questions = {"container": "a container, all minutes", "port": "a port, all minutes", "time": "a day, all edges"}
    rows = [
        [
            what, f"{answers[f'edges.{name}']:.0f}", f"{answers[f'sums.{name}'] * 1000:.0f}",
            f"{answers[f'found.{name}']:,.0f}", f"{answers[f'minutes.{name}'] * 1000:.0f}",
        ]
        for name, what in questions.items()
    ]  # fmt: skip
    longest = max(value for name, value in answers.items() if name.startswith(("sums.", "minutes.")))
    about = (
        f"{built['rows']:,.0f} minutes of {EDGES} edges, written in {built['wall']:.0f} s, {size / 2**20:,.0f} MiB; each question "
        "with a connection of its own, milliseconds:"
    )
    return rows, longest, about


def main():
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("driver", type=pathlib.Path)
    words.add_argument("--runs", type=int, default=5)
    words.add_argument("--records", type=int, default=2_000_000)
    words.add_argument("--no-page", action="store_true", help="leave Docs/Performance.md alone")
    options = words.parse_args()
    driver = Driver(options.driver)
    inputs.CACHE.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=inputs.CACHE) as name:
        folder = pathlib.Path(name)
        written = [write(driver, folder, options, batch) for batch in BATCHES]
        questions, longest, about = ask(driver, folder)
    head = ["batch", "records/s", "SQLite, rows/s", "CPU, µs", "SQLite, µs", "ratio", "spread", "bytes"]
    parts = [
        f"{options.records:,} flow records of 200 containers with 5,000 identities, median of {options.runs} pairs; CPU time a "
        "record, and bytes of the file:",
        page.table(head, [row for row, _ in written]),
        about,
        page.table(["asked by", "edges", "sums", "minutes of edges", "minutes"], questions),
    ]
    print("\n\n".join(parts))
    if not options.no_page:
        page.write(parts, "bench-store")
        print(f"\nWritten to {page.PAGE}.")
    slowest = min(rate for _, rate in written)
    if slowest < LEAST_RATE:
        sys.exit(f"{slowest:,.0f} records a second are fewer than {LEAST_RATE:,}.")
    if longest >= LONGEST:
        sys.exit(f"A question took {longest:.2f} s; a second is too long.")


if __name__ == "__main__":
    main()
