#!/usr/bin/env python3
"""make_attacks.py FOLDER [--quick] : makes labelled captures of attacks. Run by evaluate.py in namespaces of its own.

Prints a line a capture, and `lacks NAME: WHY` for what cannot be made here.
"""

import argparse
import pathlib

import lab
import scans


def main():
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("folder", type=pathlib.Path)
    words.add_argument("--quick", action="store_true")
    words.add_argument("--only", default="")
    options = words.parse_args()
    host = lab.Lab(options.folder)
    group = scans.Scans(host, options.quick)
    for made in getattr(group, options.only or "made")(*([0] if options.only else [])):
        print(f"lacks {made[0]}: {made[1]}" if isinstance(made, tuple) else made.name, flush=True)


if __name__ == "__main__":
    main()
