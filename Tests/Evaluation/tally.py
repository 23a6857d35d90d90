"""Precision and recall per rule, with what is known of them: Wilson's 95 % interval."""

import collections
import math

from matching import MEDIUM

Z = 1.959964


def wilson(hits, trials):
    """The interval in which the true share lies, of so many hits in so many trials. (0, 1) when there were none."""
    if trials == 0:
        return 0.0, 1.0
    share, square = hits / trials, Z * Z
    middle = (share + square / (2 * trials)) / (1 + square / trials)
    reach = Z * math.sqrt(share * (1 - share) / trials + square / (4 * trials * trials)) / (1 + square / trials)
    return max(0.0, middle - reach), min(1.0, middle + reach)


def ratio(hits, trials):
    """As the page writes it."""
    if trials == 0:
        return "–"
    low, high = wilson(hits, trials)
    return f"{hits}/{trials}, {low:.2f}–{high:.2f}"


class Tally:
    """Counts per rule. An attack that has several right names counts for the first of them that it was given."""

    def __init__(self):
        self.found = collections.Counter()
        self.missed = collections.Counter()
        self.false = collections.Counter()
        # The most severe that a rule told of an attack.
        self.severity = collections.Counter()

    def outcome(self, outcome):
        """Takes what became of a labelled capture; what may be missed counts only when it is found."""
        label = outcome.label
        if label.rules:
            if outcome.found:
                rule = outcome.found.rule
                self.found[rule] += 1
                self.severity[rule] = max(self.severity[rule], outcome.found.severity)
            elif not label.missed:
                self.missed[label.rules[0]] += 1
        self.quiet(outcome.false)

    def quiet(self, alerts):
        for alert in alerts:
            self.false[alert.rule] += 1

    def rules(self):
        return sorted({*self.found, *self.missed, *self.false})

    def row(self, rule):
        found, missed, false = self.found[rule], self.missed[rule], self.false[rule]
        # What is never loud raises no false alarm, and would look better than it is.
        is_note = found and not false and self.severity[rule] < MEDIUM
        return f"| `{rule}` | {ratio(found, found + missed)} | {'a note' if is_note else ratio(found, found + false)} |"
