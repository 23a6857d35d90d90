"""The healthy day, played to the program: judged, or learned of."""

import contextlib
import pathlib
import subprocess
import sys
import tempfile

import matching

HEALTHY = pathlib.Path(__file__).with_name("healthy.py")


@contextlib.contextmanager
def played(hours, seed=1, *words):
    """The packets as they are made, and the file of the journal; `words` are further options."""
    options = [sys.executable, HEALTHY, "--hours", str(hours), "--seed", str(seed), *words]
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as journal:
        subprocess.run([*options, "--journal"], stdout=journal, check=True)
        with subprocess.Popen(options, stdout=subprocess.PIPE) as packets:
            yield packets.stdout, journal.name
            packets.stdout.close()
    if packets.returncode != 0:
        raise RuntimeError(f"the healthy day ended with {packets.returncode}")


def alerts(program, words, hours, seed=1, *options):
    with played(hours, seed, *options) as (packets, journal):
        return matching.alerts(program, ["-r", "-", "--identity", journal, *words], packets)


def watched(program, hours):
    """What is told of a day by the baseline of another one, which is learned first."""
    with tempfile.TemporaryDirectory() as folder:
        baseline, policy = pathlib.Path(folder) / "baseline.yaml", pathlib.Path(folder) / "policy.yaml"
        with played(hours) as (packets, journal), open(baseline, "w") as file:
            words = [program, "policy", "learn", "-r", "-", "--identity", journal]
            subprocess.run(words, stdin=packets, stdout=file, stderr=subprocess.DEVNULL, check=True)
        policy.write_text(f"baseline: {baseline}\n")
        return alerts(program, ["--policy", policy], hours, 2)
