#!/usr/bin/env python3
"""Whether Docs/Detection.md speaks of each rule there is. Apart from what make evaluate runs first: that writes the page anew."""

import pathlib
import unittest

import catalogue

PAGE = pathlib.Path(__file__).parents[2] / "Docs" / "Detection.md"


class Page(unittest.TestCase):
    def test_each_rule_has_attacks_on_the_page_or_a_reason_to_have_none(self):
        lines = PAGE.read_text().split("## By rule")[1].split("##")[0].splitlines()
        rows = {cells[1].strip(" `"): cells[2].strip() for cells in (line.split("|") for line in lines) if len(cells) == 5}
        rules = catalogue.rules()
        self.assertGreater(len(rules), 40)
        for rule in rules:
            measured = int(rows.get(rule, "0/0").split(",")[0].partition("/")[2] or 0)
            self.assertTrue(measured >= 3 or rule in catalogue.WITHOUT, f"{rule} has {measured} attacks on Docs/Detection.md")
        self.assertEqual([rule for rule in catalogue.WITHOUT if rule not in rules], [])


if __name__ == "__main__":
    unittest.main()
