#!/usr/bin/env python3
"""evaluate.py [--quick] [--keep FOLDER] [--page FILE] PROGRAM : labelled attacks, benign captures and a healthy day.

Makes attacks in namespaces of its own (root, nmap, hping3), and takes the captures of PORTOLAN_CAPTURES where they are.
Each attack must be found, rightly named and attributed; nothing else may raise an alert at or above medium. Writes what
it found to FILE, and fails when an attack that should be found is not, or quiet is broken. --quick is a part of it that
takes a minute. What could not be run is said and never counted.
"""

import argparse
import concurrent.futures
import os
import pathlib
import subprocess
import sys
import tempfile

import catalogue
import day
import declared
import label as labels
import lab
import learned
import made
import matching
import mistaken
import page
import pcapfile
import residents
import shared
import tunnels
from tally import Tally

HERE = pathlib.Path(__file__).parent


class Evaluation:
    """All that came out."""

    def __init__(self, program, policy, quick):
        self.program, self.quick = program, quick
        self.words = ["--policy", policy] if policy else []
        self.tally = Tally()
        self.outcomes, self.mistakes, self.lacking, self.failures, self.days = [], [], [], [], []
        # Per category: captures, and the loud alerts in them.
        self.benign = {}

    def told(self, path):
        journal, policy = path.with_suffix(".jsonl"), path.with_suffix(".yaml")
        words = ["-r", path, *(["--policy", policy] if policy.exists() else self.words)]
        words += ["--identity", journal] if journal.exists() else []
        return matching.alerts(self.program, words)

    def labelled(self, name, path, label):
        """Judges one attack."""
        told = self.told(path)
        outcome = matching.match(name, label, told)
        if outcome.found and label.scanner:
            link, packets = pcapfile.read(path)
            sources = {bytes.fromhex(text) for text in label.scanner}
            moment = outcome.found.time
            outcome.contacts = matching.contacts_until(link, packets, sources, moment, pcapfile.contact)
        return outcome

    def take(self, outcome):
        if outcome.label.mistaken:
            self.mistakes.append(outcome)
            return
        self.outcomes.append(outcome)
        self.tally.outcome(outcome)
        name, label = outcome.name, outcome.label
        if label.rules and not outcome.found and not label.missed:
            if outcome.elsewhere:
                self.fail(f"{name}: {label.attack} of {label.source} is laid to {outcome.elsewhere.source}")
            else:
                self.fail(f"{name}: {label.attack} is not found ({', '.join(label.rules)})")
        for alert in outcome.false:
            self.fail(f"{name}: {alert.rule} of {alert.source}, which is not there: {alert.message}")

    def fail(self, words):
        self.failures.append(words)
        print(f"FAILED {words}", flush=True)

    def all_labelled(self, cases):
        """Judges many at once; each is (name, path, label)."""
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            for outcome in pool.map(lambda case: self.labelled(*case), cases):
                self.take(outcome)

    def own(self, folder):
        """Attacks made in the lab and those that are written, into a folder."""
        lacks = lab.lacking(lab.NEEDED)
        if lacks:
            self.lacking.append(("attacks in namespaces", f"{lacks} lacks"))
        else:
            words = [HERE / "make_attacks.py", folder, *(["--quick"] if self.quick else [])]
            command = [str(word) for word in lab.isolated(words)]
            with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
                for line in process.stdout:
                    if line.startswith("lacks "):
                        self.lacking.append(tuple(line[6:].strip().split(": ", 1)))
            if process.returncode != 0:
                self.fail(f"attacks could not be made: exit code {process.returncode}")
        made.write_all(folder, self.quick)
        for written in (declared, residents, tunnels, mistaken):
            written.write_all(folder, self.quick)
        learned.write_all(self.program, folder, self.quick)

    def judge_own(self, folder):
        paths = sorted(folder.glob("*.pcap"))
        if not self.words:
            self.lacking.append(("attacks that need a declaration", "this program takes no --policy"))
            paths = [path for path in paths if not path.with_suffix(".yaml").exists()]
        cases = [(path.stem, path, labels.read(path)) for path in paths]
        self.all_labelled([case for case in cases if case[2].rules])
        for _, path, label in (case for case in cases if not case[2].rules):
            self.take_quiet(label.attack, path, matching.loud(self.told(path)))
        # What only a declaration tells is nothing to whoever declares nothing; and what only a journal tells, without one.
        for path in (path for path in paths if path.with_suffix(".yaml").exists()):
            words = ["-r", path, *self.words, "--identity", path.with_suffix(".jsonl")]
            self.take_abstention("what only declarations tell, without them", path, words)
        for path in (path for path in paths if labels.read(path).journal):
            self.take_abstention("what only the journal tells, without it", path, ["-r", path, *self.words])
        for path in (path for path in paths if labels.read(path).mistaken):
            words = ["-r", path, "--policy", path.with_suffix(".exception.yaml"), "--identity", path.with_suffix(".jsonl")]
            told = matching.loud(matching.alerts(self.program, words))
            self.take_quiet("what is taken for an attack, with the exception that ends it", path, told)

    def take_abstention(self, category, path, words):
        """Nothing is told of its rules however low, and nothing else that is loud but what is told of the same packets anyway."""
        what, told = labels.read(path), matching.alerts(self.program, words)
        for alert in (alert for alert in told if alert.rule in what.rules and alert.severity < matching.MEDIUM):
            self.fail(f"{path.name}, {category}: {alert.rule} of {alert.source}: {alert.message}")
        self.take_quiet(category, path, [alert for alert in matching.loud(told) if alert.rule not in what.also])

    def judge_shared(self):
        everything = list(shared.captures())
        if not everything:
            self.lacking.append(("captures from elsewhere", "PORTOLAN_CAPTURES is not there"))
        attacks = [(path.name, path, label) for _, path, label in everything if label]
        self.all_labelled(attacks)
        rest = [(category, path) for category, path, label in everything if not label]
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            for (category, path), told in zip(rest, pool.map(self.loud, rest)):
                self.take_quiet(category, path, told)

    def take_quiet(self, category, path, told):
        """What is told of a benign capture; None when it is none."""
        count, before = self.benign.get(category, (0, ()))
        self.benign[category] = (count + (told is not None), before + tuple(told or ()))
        self.tally.quiet(told or ())
        for alert in told or ():
            self.fail(f"{category}/{path.name}: {alert.rule} of {alert.source}: {alert.message}")

    def loud(self, capture):
        """None for files that are no captures."""
        try:
            return matching.loud(self.told(capture[1]))
        except matching.NoCapture:
            return None

    def judge_day(self, what, scan, told):
        loud = matching.loud(told)
        scans = [alert for alert in loud if scan and alert.source == "app-107" and alert.rule.startswith("scan.")]
        rest = [alert for alert in loud if alert not in scans]
        self.days.append((what, scan, scans, rest))
        self.tally.quiet(rest)
        for alert in rest:
            self.fail(f"the healthy day of {what}: {alert.rule} of {alert.source}: {alert.message}")
        if scan and len(scans) != 1:
            names = ", ".join(alert.rule for alert in scans)
            self.fail(f"the healthy day of {what}: the scan is told of {len(scans)} times: {names}")


def main():
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("program", type=pathlib.Path)
    words.add_argument("--quick", action="store_true")
    words.add_argument("--keep", type=pathlib.Path, help="keeps the attacks' captures there, and takes those that are there")
    words.add_argument("--page", type=pathlib.Path, help="where to write what came out")
    words.add_argument("--policy", type=pathlib.Path, default=HERE.parent.parent / "Config" / "portolan.yaml")
    options = words.parse_args()
    program = options.program.resolve()
    if not os.access(program, os.X_OK):
        sys.exit(f"{options.program} is not there; make build makes it.")
    described = subprocess.run([program, "alerts", "--help"], capture_output=True, text=True).stdout
    takes_policy = "--policy" in described
    evaluation = Evaluation(program, options.policy if takes_policy else None, options.quick)

    hours = 6 if options.quick else 24
    # Made while the lab mostly waits.
    pool = concurrent.futures.ThreadPoolExecutor(1)
    words = (evaluation.program, evaluation.words, hours)
    seen = pool.submit(day.alerts, *words[:2], 6, 1, "--interfaces")
    days = [("6 h, as each interface sees it", False, seen)]
    days.append((f"{hours} h, with a slow scan", True, pool.submit(day.alerts, *words, 1, "--scan")))
    if takes_policy and not options.quick:
        days.append((f"{hours} h, at the bridge alone", False, pool.submit(day.alerts, *words)))
        days.append((f"{hours} h, by the profile of another day", False, pool.submit(day.watched, program, hours)))
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or pathlib.Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        if not any(folder.glob("*.pcap")):
            evaluation.own(folder)
        evaluation.judge_own(folder)
    if not options.quick:
        evaluation.judge_shared()
    for what, scan, told in days:
        evaluation.judge_day(what, scan, told.result())

    if not options.quick and not evaluation.lacking:
        for rule in catalogue.uncovered(evaluation.outcomes):
            evaluation.fail(f"{rule}: no attack has that name")
    text = page.text(evaluation)
    if options.page:
        options.page.write_text(text)
    found = sum(outcome.found is not None for outcome in evaluation.outcomes)
    for name, why in evaluation.lacking:
        print(f"not run: {name}: {why}")
    print(f"{len(evaluation.outcomes)} attacks, {found} found; {len(evaluation.failures)} failures")
    return 1 if evaluation.failures else 0


if __name__ == "__main__":
    sys.exit(main())
