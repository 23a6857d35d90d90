"""impersonal.py CAPTURE.pcapng : takes the maker's processor and kernel out of a capture, and touches nothing else.

dumpcap writes them down as options of the section header and of each interface (pcapng, draft-ietf-opsawg-pcapng).
"""

import struct
import sys

SECTION, INTERFACE = 0x0A0D0D0A, 1
HARDWARE, SYSTEM, INTERFACE_SYSTEM = 2, 3, 12
# By block type: where its options begin, and which of them go.
PERSONAL = {SECTION: (24, {HARDWARE, SYSTEM}), INTERFACE: (16, {INTERFACE_SYSTEM})}


def without(block, start, codes):
    kept, offset = block[8:start], start
    while offset < len(block) - 4:
        code, length = struct.unpack_from("<HH", block, offset)
        end = offset + 4 + (length + 3) // 4 * 4
        if code not in codes:
            kept += block[offset:end]
        offset = end
    return block[:4] + struct.pack("<I", len(kept) + 12) + kept + struct.pack("<I", len(kept) + 12)


with open(sys.argv[1], "rb") as file:
    capture = file.read()
result, offset = b"", 0
while offset < len(capture):
    kind, length = struct.unpack_from("<II", capture, offset)
    block = capture[offset : offset + length]
    result += without(block, *PERSONAL[kind]) if kind in PERSONAL else block
    offset += length
with open(sys.argv[1], "wb") as file:
    file.write(result)
