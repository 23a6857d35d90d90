#!/usr/bin/env python3
"""make_attacks.py FOLDER [--quick] : makes labelled captures of attacks. Run by evaluate.py in namespaces of its own.

Prints a line a capture, and `lacks NAME: WHY` for what cannot be made here. --only makes the group of that name.
"""

import argparse
import pathlib

import clear
import covert
import floods
import forged
import lab
import pcapfile
import scans


def main():
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("folder", type=pathlib.Path)
    words.add_argument("--quick", action="store_true")
    words.add_argument("--rounds", type=int, default=3)
    words.add_argument("--only", choices=("scans", "floods", "covert", "forged", "clear"))
    options = words.parse_args()
    host = lab.Lab(options.folder)
    # In this order: later groups use the places of the first.
    groups = {"scans": scans.Scans, "floods": floods.Floods, "covert": covert.Covert}
    groups |= {"forged": forged.Forged, "clear": clear.Clear}
    groups = {name: kind(host, options.quick, options.rounds) for name, kind in groups.items()}
    for name, group in groups.items():
        if options.only not in (None, name):
            continue
        for made in group.made():
            if not isinstance(made, tuple) and len(pcapfile.read(made)[1]) < 3:
                made.unlink()
                made = (made.stem, "the tool sent nothing")
            print(f"lacks {made[0]}: {made[1]}" if isinstance(made, tuple) else made.name, flush=True)


if __name__ == "__main__":
    main()
