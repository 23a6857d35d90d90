#!/usr/bin/env python3
"""hostile.py [--mutants N] [--debug] BINARY : replays captures made to do harm, and N damaged real ones.

The captures come from PORTOLAN_CAPTURES/tools/mutate.py; without it this says so and passes. For each file BINARY must
end by itself, in 5 s and 256 MiB, with 0, 1 or 2, deliver the good packets beside the bad one, and with 0 end its
records with a summary. --debug: BINARY is a debug build, and has ten times as long. A file that fails is kept.
"""

import argparse
import concurrent.futures
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading

SECONDS = 5
MEMORY = 256 << 20
KEPT = pathlib.Path(".build") / "hostile"

# Small captures of many kinds; each seed damages other places of them. Missing ones are passed over.
SOURCES = (
    "dns/*", "fileformat/*", "fragments/*", "geneve/*", "gre-erspan/*", "icmp-other/*", "ipip-6in4/*", "ipv6-ext/*",
    "linktypes/*", "tcp/*", "tls-http-quic/*", "vlan-mpls-pppoe/*", "vxlan/*",
)  # fmt: skip
SEEDS = (1, 2, 3, 4)
LARGEST_SOURCE = 60_000


def sources(folder):
    """Real captures in a fixed order, spread over all folders."""
    groups = [sorted(path for path in folder.glob(pattern) if path.is_file()) for pattern in SOURCES]
    groups = [[path for path in group if 64 <= path.stat().st_size <= LARGEST_SOURCE] for group in groups]
    longest = max(map(len, groups), default=0)
    return [group[place] for place in range(longest) for group in groups if place < len(group)]


def make(folder, directory, count):
    """The hostile set once, and `count` mutants over several seeds and files."""
    files = sources(folder)
    each = max(1, -(-count // (len(SEEDS) * len(files)))) if files else 0
    wanted = -(-count // (len(SEEDS) * each)) if each else 0
    for seed in SEEDS:
        command = [sys.executable, folder / "tools" / "mutate.py", directory / str(seed), str(seed), str(each)]
        subprocess.run([*command, *files[:wanted]], check=True, stdout=subprocess.DEVNULL, timeout=120)
    for seed in SEEDS[1:]:
        for repeated in (directory / str(seed)).glob("nasty_*"):
            repeated.unlink()
    made = sorted(path for path in directory.rglob("*") if path.is_file())
    mutants = [path for path in made if path.name.startswith("mut_")]
    return [path for path in made if path.name.startswith("nasty_")] + mutants[:count]


def run(command, seconds):
    """Exit code, output, errors, peak memory in bytes; the exit code is None when it had to be stopped."""
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=errors)
        stopped = threading.Event()

        def stop():
            stopped.set()
            os.kill(process.pid, signal.SIGKILL)

        timer = threading.Timer(seconds, stop)
        timer.start()
        _, status, usage = os.wait4(process.pid, 0)
        timer.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        errors.seek(0)
        code = None if stopped.is_set() else process.returncode
        return code, output.read(), errors.read().decode(errors="replace"), usage.ru_maxrss * 1024


def summary(output):
    """The last record, if it is a summary."""
    try:
        record = json.loads(output.rstrip(b"\n").rpartition(b"\n")[2])
    except ValueError:
        return None
    return record if isinstance(record, dict) and value(record, "event.action") == "capture_summary" else None


def value(record, key):
    """A field by its dotted name."""
    for word in key.split("."):
        record = record.get(word) if isinstance(record, dict) else None
    return record


def offence(path, binary, seconds):
    """What was wrong with one file's replay; None when nothing was."""
    code, output, errors, memory = run([binary, "replay", "-r", path, "-o", "json"], seconds)
    if code is None:
        return f"still running after {seconds} s"
    if code < 0:
        return f"ended by {signal.Signals(-code).name}: {errors[-300:]}"
    if code not in (0, 1, 2):
        return f"exit code {code}: {errors[-300:]}"
    if memory > MEMORY:
        return f"took {memory >> 20} MiB"
    last = summary(output)
    if code == 0 and last is None:
        return "no summary as the last record"
    if code != 0 and not errors.strip():
        return f"exit code {code}, and not a word why"
    promised = re.search(r"_ok(\d+)\.", path.name)
    if promised:
        delivered = (value(last, "capture.packets") if last else None) or 0
        if delivered < int(promised.group(1)):
            return f"{delivered} packets, of which {promised.group(1)} are good"
    return None


def main():
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("binary", type=pathlib.Path)
    words.add_argument("--mutants", type=int, default=2000)
    words.add_argument("--debug", action="store_true")
    options = words.parse_args()
    folder = pathlib.Path(os.environ.get("PORTOLAN_CAPTURES", "../shared/captures"))
    if not (folder / "tools" / "mutate.py").exists():
        print(f"{folder} is absent: no hostile captures, skipped. PORTOLAN_CAPTURES says where they are.")
        return 0
    binary = options.binary.resolve()
    if not os.access(binary, os.X_OK):
        sys.exit(f"{options.binary} is not there; make build makes it.")
    # A crash is told by its signal; the handler would spend seconds on a backtrace, and count as a hang.
    os.environ["SWIFT_BACKTRACE"] = "enable=no"

    with tempfile.TemporaryDirectory() as directory:
        files = make(folder, pathlib.Path(directory), options.mutants)
        seconds = SECONDS * 10 if options.debug else SECONDS
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            offences = list(pool.map(lambda path: offence(path, binary, seconds), files))
        shutil.rmtree(KEPT, ignore_errors=True)
        failed = [(path, why) for path, why in zip(files, offences) if why]
        for path, why in failed:
            KEPT.mkdir(parents=True, exist_ok=True)
            kept = KEPT / f"{path.parent.name}-{path.name}"
            shutil.copy(path, kept)
            print(f"{kept}: {why}")
    print(f"{len(files)} hostile captures replayed, {len(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
