"""Writes the figures into Docs/Performance.md, between the two markers, and keeps the prose around them."""

import datetime
import os
import pathlib
import platform
import re
import subprocess

PAGE = pathlib.Path("Docs/Performance.md")

#: What stands before and after the figures of each benchmark.
MARKS = {
    "bench": ("<!-- figures: written by make bench -->", "<!-- end of figures -->"),
    "bench-live": ("<!-- live figures: written by make bench-live -->", "<!-- end of live figures -->"),
    "bench-store": ("<!-- store figures: written by make bench-store -->", "<!-- end of store figures -->"),
    "bench-detection": (
        "<!-- detection figures: written by make bench-detection -->",
        "<!-- end of detection figures -->",
    ),
    "bench-recording": (
        "<!-- recording figures: written by make bench-recording -->",
        "<!-- end of recording figures -->",
    ),
    "bench-chart": ("<!-- chart figures: written by make bench-chart -->", "<!-- end of chart figures -->"),
}


def processor():
    model = re.search(r"^model name\s*: (.*)$", pathlib.Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    return model.group(1) if model else platform.machine()


def first_line(*command):
    try:
        ran = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=60, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    return (ran.stdout.splitlines() or [None])[0]


def surroundings():
    swift = re.search(r"Swift version (\S+)", first_line("swift", "--version") or "")
    commit = first_line("git", "rev-parse", "--short=10", "HEAD")
    changed = first_line("git", "status", "--porcelain", "--untracked-files=no", "--", "Sources", "Package.swift")
    words = [
        datetime.date.today().isoformat(),
        f"{processor()}, {os.cpu_count()} cores",
        f"Linux {platform.release()}",
        f"Swift {swift.group(1)}" if swift else None,
        first_line("cc", "--version"),
        f"commit {commit}{' with changes' if changed else ''}" if commit else None,
    ]
    return " · ".join(word for word in words if word)


def table(head, rows):
    """Text in the first column, figures in the others."""
    lines = ["| " + " | ".join(head) + " |", "|---" + "|---:" * (len(head) - 1) + "|"]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(lines)


def write(parts, benchmark="bench"):
    first, last = MARKS[benchmark]
    text = PAGE.read_text() if PAGE.exists() else f"# Performance\n\n{first}\n{last}\n"
    before, begin, rest = text.partition(first)
    _, end, after = rest.partition(last)
    if not begin or not end:
        raise SystemExit(f"{PAGE} lacks the lines {first!r} and {last!r}, between which the figures belong.")
    figures = "\n\n".join([surroundings(), *parts])
    PAGE.write_text(f"{before}{first}\n{figures}\n{last}{after}")
