"""Alerts against labels: what was found, what was missed, and what was told of that is not there."""

import dataclasses
import json
import subprocess
from datetime import datetime

# From here on an alert is one that somebody is meant to look at.
MEDIUM = 40


class NoCapture(Exception):
    """The program says that a file is none."""


@dataclasses.dataclass
class Alert:
    rule: str
    # The container's name, or the address.
    source: str | None
    severity: int
    count: int
    # When it was told, in nanoseconds.
    time: int
    message: str

    @staticmethod
    def of(record):
        end = record.get("source", {})
        return Alert(
            record["rule"]["id"],
            end.get("container", {}).get("name") or end.get("ip"),
            record["event"]["severity"],
            record.get("portolan", {}).get("count", 0),
            nanoseconds(record["@timestamp"]),
            record["message"],
        )


def nanoseconds(text):
    """Of what the program writes: always nine digits, or fewer where the capture had fewer."""
    whole, _, rest = text.rstrip("Z").partition(".")
    seconds = int(datetime.fromisoformat(whole + "+00:00").timestamp())
    return seconds * 1_000_000_000 + int(rest.ljust(9, "0") or 0)


def alerts(program, words, stdin=None, seconds=600):
    """All alerts of one run, in the order in which they were told. Fails loudly: no answer is not the answer no."""
    command = [str(program), "alerts", "-o", "json", *map(str, words)]
    done = subprocess.run(command, stdin=stdin, capture_output=True, text=True, timeout=seconds)
    if done.returncode == 2:
        raise NoCapture(done.stderr[-300:])
    if done.returncode not in (0, 3):
        raise RuntimeError(f"{' '.join(command)}: exit code {done.returncode}\n{done.stderr[-2000:]}")
    records = [json.loads(line) for line in done.stdout.splitlines()]
    return [Alert.of(record) for record in records if record["event"]["kind"] == "alert"]


@dataclasses.dataclass
class Outcome:
    """What became of one labelled capture."""

    name: str
    label: object
    # The first alert that names the attack rightly, and the attacker.
    found: Alert | None = None
    # One that names the attack rightly, and somebody else.
    elsewhere: Alert | None = None
    # At or above medium, one a rule and source, that the label does not speak of.
    false: tuple = ()
    # First contacts whose outcome was known when the alert came; of scans.
    contacts: int | None = None


def match(name, label, told):
    """Finds a label among alerts."""
    outcome = Outcome(name, label)
    right = [alert for alert in told if alert.rule in label.rules and alert.time >= (label.start or 0)]
    if label.source is None:
        outcome.found = right[0] if right else None
    else:
        outcome.found = next((alert for alert in right if alert.source == label.source), None)
        if outcome.found is None and right:
            outcome.elsewhere = right[0]
    outcome.false = loud(alert for alert in told if not is_meant(alert, label))
    return outcome


def is_meant(alert, label):
    """Whether a label speaks of it. The right rule about somebody else is a false alarm."""
    if alert.rule in label.rules:
        return label.source in (None, alert.source)
    return alert.rule in label.also


def loud(told):
    """The first of each rule and source at or above medium."""
    first = {}
    for alert in told:
        if alert.severity >= MEDIUM:
            first.setdefault((alert.rule, alert.source), alert)
    return tuple(first.values())


def contacts_until(link, packets, sources, moment, contact, patience=1_000_000_000):
    """How many first contacts of `sources` were answered, refused or given up by a moment: what any judge could know then."""
    began, settled = {}, {}
    for moment_of, frame, _ in packets:
        if moment_of > moment + patience:
            break
        what = contact(link, frame)
        if what is None:
            continue
        key = (what.protocol, what.target, what.target_port)
        back = (what.protocol, what.source, what.source_port)
        if what.source in sources:
            began.setdefault(key, moment_of)
        elif what.target in sources and back in began:
            settled.setdefault(back, moment_of)
    return sum(1 for key, start in began.items() if settled.get(key, start + patience) <= moment)
