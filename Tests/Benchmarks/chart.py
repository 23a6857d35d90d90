#!/usr/bin/env python3
"""chart.py [--seconds N] DRIVER PROGRAM : measures the screen: frames, the program while nothing changes, and the first picture.

DRIVER draws frames of 5,000 ends and 20,000 edges at 200 × 60 under updates, and tells their CPU time. PROGRAM, the release
build, is then looked at in tmux: its share of a core while a key makes it draw ten times a second, and how long it takes to
show a chart of a capture of 500 MB, which is made from one of ours and removed. Fails beyond the aims.
"""

import argparse
import os
import pathlib
import shutil
import statistics
import struct
import subprocess
import sys
import tempfile
import time

import page

SHOP = pathlib.Path("Captures/shop/shop-any.pcap")
WIDTH, HEIGHT = 200, 60
#: Milliseconds of CPU at the 99th percentile, share of a core, seconds to the first picture.
FRAME, SHARE, PICTURE = 16, 0.01, 1.0


class Pane:
    """A program in tmux of its own."""

    def __init__(self, folder, *command):
        # A socket of its own: the last server may not have ended yet.
        socket = folder / f"tmux-{time.monotonic_ns()}"
        self.base = ["tmux", "-u", "-S", str(socket), "-f", "/dev/null"]
        size = ["-x", str(WIDTH), "-y", str(HEIGHT)]
        self.started = time.monotonic()
        self.tmux("new-session", "-d", *size, "exec " + " ".join(map(str, command)))
        self.tmux("set-option", "-g", "status", "off")

    def tmux(self, *words):
        ran = subprocess.run([*self.base, *words], stdout=subprocess.PIPE, text=True, timeout=30, check=True)
        return ran.stdout

    @property
    def text(self):
        return self.tmux("capture-pane", "-p")

    def wait(self, condition, seconds=60):
        """Seconds since the start until what stands there holds a condition."""
        while time.monotonic() - self.started < seconds:
            text = self.text
            if condition(text):
                return time.monotonic() - self.started, text
            time.sleep(0.01)
        raise SystemExit(f"nothing of the kind within {seconds} s:\n{self.text}")

    def processor(self):
        """Seconds of CPU so far."""
        pid = self.tmux("display-message", "-p", "#{pane_pid}").strip()
        fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def close(self):
        subprocess.run([*self.base, "kill-server"], stderr=subprocess.DEVNULL, check=False)


def frames(driver):
    """Of three runs the one in the middle, as others may use the processor's caches."""
    runs = []
    for _ in range(3):
        ran = subprocess.run([driver], stdout=subprocess.PIPE, text=True, timeout=1800, check=True)
        runs.append(dict(line.split(" ", 1) for line in ran.stdout.splitlines()))
    return sorted(runs, key=lambda run: float(run["frame_p99"]))[1]


def share(program, folder, seconds, rate):
    """Share of a core of a chart that stays as it is, drawn so many times a second."""
    pane = Pane(folder, program, "tui", "-r", SHOP)
    try:
        pane.wait(lambda text: "►" in text and "Reading" not in text)
        time.sleep(2)
        start, before = time.monotonic(), pane.processor()
        count = 0
        while time.monotonic() - start < seconds:
            # A key that does nothing: what it answers to is drawn at once.
            if rate:
                pane.tmux("send-keys", "F9")
            count += 1
            time.sleep(max(0, start + count / (rate or 1) - time.monotonic()))
        return (pane.processor() - before) / (time.monotonic() - start)
    finally:
        pane.close()


def make_capture(path, size):
    """The shop's frames again and again, each time from other addresses and later, until the file is so large."""
    data = SHOP.read_bytes()
    header, at, frames = data[:24], 24, []
    while at < len(data):
        seconds, fraction, kept, _ = struct.unpack_from("<IIII", data, at)
        frames.append((seconds, fraction, data[at + 8 : at + 16 + kept]))
        at += 16 + kept
    span = frames[-1][0] - frames[0][0] + 1
    with path.open("wb") as file:
        file.write(header)
        turn = 0
        while file.tell() < size:
            later = turn * span
            file.write(b"".join(struct.pack("<II", s + later, f) + rest for s, f, rest in frames))
            turn += 1


def picture(program, folder, capture):
    """Seconds until the first chart, and what the screen said then and at the end."""
    pane = Pane(folder, program, "tui", "-r", capture)
    try:
        first, text = pane.wait(lambda text: "►" in text)
        is_growing = "Reading" in text
        whole, _ = pane.wait(lambda text: "►" in text and "Reading" not in text, 300)
        return first, whole, is_growing
    finally:
        pane.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=30)
    parser.add_argument("--megabytes", type=int, default=500)
    parser.add_argument("driver", type=pathlib.Path)
    parser.add_argument("program", type=pathlib.Path)
    options = parser.parse_args()
    told = frames(options.driver)
    folder = pathlib.Path(tempfile.mkdtemp(prefix="portolan-chart-"))
    try:
        idle = share(options.program, folder, options.seconds, 0)
        steady = share(options.program, folder, options.seconds, 10)
        capture = folder / "large.pcap"
        make_capture(capture, options.megabytes * 1_000_000)
        pictures = [picture(options.program, folder, capture) for _ in range(3)]
    finally:
        shutil.rmtree(folder)
    first = statistics.median(picture[0] for picture in pictures)
    whole = statistics.median(picture[1] for picture in pictures)
    rows = [
        ["all frames, four a second, CPU ms: median", told["frame_p50"], ""],
        ["all frames, four a second, CPU ms: 99 %", told["frame_p99"], f"{FRAME}"],
        ["frame with news, CPU ms: median", told["update_p50"], ""],
        ["frame with news, CPU ms: 99 %", told["update_p99"], ""],
        ["of that, taking the snapshot in, CPU ms: mean", told["update_take"], ""],
        ["frame without news, CPU ms: median", told["steady_p50"], ""],
        ["frame without news, CPU ms: 99 %", told["steady_p99"], ""],
        ["between two frames, CPU ms: mean", told["between_mean"], ""],
        ["between two frames, CPU ms: most", told["between_most"], ""],
        ["first frame, CPU ms", f"{float(told['first']):.1f}", ""],
        ["cells changed a frame with news", told["cells_a_frame"], ""],
        ["bytes sent a frame with news", told["bytes_a_frame"], ""],
        ["share of a core, nothing happens", f"{100 * idle:.2f} %", ""],
        ["share of a core, drawn ten times a second", f"{100 * steady:.2f} %", f"{100 * SHARE:.0f} %"],
        [f"{options.megabytes} MB: first picture, s", f"{first:.2f}", f"{PICTURE:.0f}"],
        [f"{options.megabytes} MB: all of it, s", f"{whole:.1f}", ""],
    ]
    text = page.table(["", "measured", "aim"], rows)
    print(text)
    page.write([text], "bench-chart")
    failures = [
        name
        for name, is_missed in [
            ("frames", float(told["frame_p99"]) >= FRAME),
            ("a steady screen", steady >= SHARE),
            ("the first picture", first >= PICTURE or not all(picture[2] for picture in pictures)),
        ]
        if is_missed
    ]
    if failures:
        sys.exit("beyond the aim: " + ", ".join(failures))


if __name__ == "__main__":
    main()
