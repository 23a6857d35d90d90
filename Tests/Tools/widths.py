#!/usr/bin/env python3
"""widths.py : writes Sources/Terminal/Width/WidthTable.swift from Python's own copy of the Unicode database.

    python3 Tests/Tools/widths.py > Sources/Terminal/Width/WidthTable.swift

A class for every scalar, as runs: what occupies one column, two, none, one or two as the terminal pleases, and what
is never shown.
"""
import sys
import unicodedata

NARROW, WIDE, MARK, AMBIGUOUS, REFUSED = range(5)

# Assigned, of a category that is shown, and yet nothing to see: they hide in names. Unicode calls most of them default
# ignorable, which Python's module does not tell.
INVISIBLE = {0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180C, 0x180D, 0x180F, 0x3164, 0xFFA0}
INVISIBLE.update(range(0xFE00, 0xFE10))
INVISIBLE.update(range(0xE0100, 0xE01F0))


def class_of(value):
    character = chr(value)
    category = unicodedata.category(character)
    if category in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp") or value in INVISIBLE:
        return REFUSED
    # Vowels and finals of Hangul written as parts join the consonant before them.
    if category in ("Mn", "Me") or 0x1160 <= value <= 0x11FF or 0xD7B0 <= value <= 0xD7FF:
        return MARK
    width = unicodedata.east_asian_width(character)
    if width in ("W", "F"):
        return WIDE
    return AMBIGUOUS if width == "A" else NARROW


runs = []
for value in range(sys.maxunicode + 1):
    kind = class_of(value)
    if not runs or runs[-1][1] != kind:
        runs.append((value, kind))

print("// Written by Tests/Tools/widths.py from Unicode " + unicodedata.unidata_version + "; do not edit.")
print("""
/// The class of every Unicode scalar, as runs in order: where a run begins, times eight, plus its class.
enum WidthTable {
    static let runs: [UInt32] = [""")
words = [f"0x{start << 3 | kind:x}," for start, kind in runs]
line = "       "
for word in words:
    if len(line) + 1 + len(word) > 120:
        print(line)
        line = "       "
    line += " " + word
print(line)
print("    ]\n}")
