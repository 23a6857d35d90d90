"""The rules there are, as the sources of the detectors name them: each must have attacks that it is measured by."""

import pathlib
import re

SOURCE = pathlib.Path(__file__).parents[2] / "Sources" / "Detection" / "Output" / "Rule.swift"
# Rules that no labelled attack can have, and why.
WITHOUT = {}


def rules(text=None):
    """All identifiers, in the order of the sources."""
    return re.findall(r'^    case \w+ = "([a-z_.]+)"$', SOURCE.read_text() if text is None else text, re.MULTILINE)


def uncovered(outcomes, all_rules=None):
    """Rules that are the first right name of no attack that should be found."""
    named = {outcome.found.rule if outcome.found else outcome.label.rules[0] for outcome in outcomes if outcome.label.rules}
    return [rule for rule in all_rules or rules() if rule not in named and rule not in WITHOUT]
