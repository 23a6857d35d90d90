#!/usr/bin/env python3
"""seeds.py DIRECTORY : what fuzzing starts from, a folder a target under DIRECTORY.

Made of Captures/ and of PORTOLAN_CAPTURES when it is there: frames for the dissector, whole files, or their beginnings,
for the readers; words.py has what the other targets start from.
"""

import gzip
import json
import os
import pathlib
import struct
import sys

from words import words

FRAMES_A_FILE = 40
LONGEST_FRAME = 1600
LONGEST_FILE = 16 << 10

PCAP_MAGICS = {
    magic.to_bytes(4, order): sign
    for magic in (0xA1B2C3D4, 0xA1B23C4D)
    for order, sign in (("little", "<"), ("big", ">"))
}
PCAPNG_MAGIC = b"\x0a\x0d\x0d\x0a"


def pcap_frames(data):
    """Link type and bytes of each whole record."""
    sign = PCAP_MAGICS[data[:4]]
    link_type = struct.unpack_from(sign + "I", data, 20)[0] & 0xFFFF
    offset = 24
    while offset + 16 <= len(data):
        length = struct.unpack_from(sign + "I", data, offset + 8)[0]
        offset += 16
        if offset + length > len(data):
            return
        yield link_type, data[offset : offset + length]
        offset += length


def pcapng_frames(data):
    """Link type and bytes of each enhanced packet block."""
    offset, sign, link_types = 0, "<", []
    while offset + 12 <= len(data):
        if data[offset : offset + 4] == PCAPNG_MAGIC:
            sign = "<" if data[offset + 8] == 0x4D else ">"
            link_types = []
        kind, length = struct.unpack_from(sign + "II", data, offset)
        if length < 12 or offset + length > len(data):
            return
        if kind == 1:
            link_types.append(struct.unpack_from(sign + "H", data, offset + 8)[0])
        elif kind == 6 and length >= 32:
            interface, _, _, captured = struct.unpack_from(sign + "IIII", data, offset + 8)
            if interface < len(link_types):
                yield link_types[interface], data[offset + 28 : offset + 28 + min(captured, length - 32)]
        offset += length


def captures():
    roots = [pathlib.Path("Captures")]
    shared = pathlib.Path(os.environ.get("PORTOLAN_CAPTURES", "../shared/captures"))
    if shared.is_dir():
        roots.append(shared)
    else:
        print(f"{shared} is absent: seeds come from Captures alone.")
    for root in roots:
        yield from sorted(path for path in root.rglob("*") if path.is_file())


def journal_lines():
    """A line of a journal for each change there is."""
    device = {"ifindex": 7, "netns": 1}
    container = {"id": "0123abcd", "generation": 2}
    listener = {"network": {"iana_number": 6}, "listener": {"ip": "10.0.0.2", "port": 80, "netns": 5, "cgroup_id": 9}}
    ends = {"source": {"ip": "10.0.0.2", "port": 1}, "destination": {"ip": "fd00::1", "port": 2}}
    translation = {"network": {"iana_number": 17}, "translation": {"netns": 1, "original": ends, "reply": ends}}
    changes = {
        "host": {"host": {"name": "node", "netns": 1}},
        "interface": {
            "interface": device
            | {"name": "vx", "kind": "vxlan", "mac": "02:42:0a:00:00:02", "master": 3, "vni": 42, "tunnel_port": 4789}
            | {"peer": {"ifindex": 2, "netns": 5}}
        },
        "address": {"interface": device | {"ip": "10.0.0.2", "prefix_length": 24}},
        "container": {
            "container": container
            | {"netns": 5, "cgroup": "/docker/a", "cgroup_id": 9, "pid": 7, "runtime": "docker", "name": "web"}
            | {"image": {"name": "web:1"}, "labels": {"a": "b\u00e9"}, "created": "2024-02-29T23:59:59.5Z"}
            | {"pod": "p", "namespace": "n", "pod_id": "u", "creator": "c", "sandbox": True, "networks": ["bridge"]}
            | {"owner": "o", "role": "r\u00e9"}
        },
        "listener": listener | {"process": {"pid": 7, "name": "x", "executable": "/x"}},
        "translation": translation,
        "remote": {"interface": device, "remote": {"mac": "02:42:0a:00:00:07", "ip": "192.0.2.1"}},
        "scope": {"interface": device, "scope": {"kind": "segment", "id": 42, "vlan": 7}},
        "remote_gone": {"interface": device, "remote": {"mac": "02:42:0a:00:00:07"}},
        "translation_gone": translation,
        "listener_closed": listener,
        "container_ended": {"container": container},
        "address_gone": {"interface": device | {"ip": "10.0.0.2"}},
        "interface_gone": {"interface": device},
        "namespace_gone": {"interface": {"netns": 5}},
    }
    for second, (word, rest) in enumerate(changes.items()):
        time = f"2024-01-01T00:00:{second:02}.000000001Z"
        yield json.dumps({"@timestamp": time, "event": {"kind": "state"}, "portolan": {"change": word}} | rest) + "\n"


def recording():
    """A file as portolan record writes it: a note of each kind, and a frame between them."""

    def block(kind, body):
        body += bytes(-len(body) % 4)
        length = struct.pack("<I", len(body) + 12)
        return struct.pack("<I", kind) + length + body + length

    def option(code, value):
        return struct.pack("<HH", code, len(value)) + value + bytes(-len(value) % 4)

    mark = struct.pack("<I", 32473) + b"PORTOLAN" + struct.pack("<H", 1)

    def note(kind, data, flags=0):
        return block(0xBAD, mark + struct.pack("<HHHI", kind, flags, 0, len(data)) + data)

    line = next(journal_lines()).encode()
    socket = struct.pack("<QB", 1, 6) + struct.pack("<HBI", 1, 4, 1) + struct.pack("<HBQQ", 2, 6, 1, 2)
    frame = bytes(12) + b"\x08\x00" + bytes(20)
    settled = option(2989, mark + struct.pack("<HI", 2, 1)) + bytes(4)
    return b"".join(
        [
            block(0x0A0D0D0A, struct.pack("<IHHq", 0x1A2B3C4D, 1, 0, -1)),
            note(1, bytes(16) + struct.pack("<IHHH", 1, 1, 4790, 0)),
            note(4, struct.pack("<IBBHQ", 0, 9, 0, 0, 1)),
            note(4, struct.pack("<IBBHQIH", 1, 9, 1, 0, 1, 2, 4) + b"eth0"),
            note(6, struct.pack("<Bq", 1, 60), 1),
            note(2, line, 2),
            note(2, line),
            block(1, struct.pack("<HHI", 1, 0, 256) + option(2989, mark + struct.pack("<HI", 1, 0)) + bytes(4)),
            block(6, struct.pack("<5I", 0, 0, 7, len(frame), len(frame)) + frame + bytes(2) + settled),
            note(3, struct.pack("<q", 1 << 40)),
            note(5, socket),
            note(7, b""),
            note(8, struct.pack("<qq", 2, 1)),
            note(9, struct.pack("<Q", 3)),
        ]
    )


def main(directory):
    count = 0

    def seed(target, data):
        nonlocal count
        folder = directory / target
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"seed-{count:05d}").write_bytes(data)
        count += 1

    for path in captures():
        with path.open("rb") as file:
            data = file.read(1 << 20)
        packed = data[:2] == b"\x1f\x8b"
        if packed:
            seed("FuzzGzip", data[:LONGEST_FILE])
            continue
        if data[:4] in PCAP_MAGICS:
            target, frames = "FuzzPcap", pcap_frames(data)
        elif data[:4] == PCAPNG_MAGIC:
            target, frames = "FuzzPcapng", pcapng_frames(data)
        else:
            continue
        beginning = data[:LONGEST_FILE]
        seed(target, beginning)
        seed("FuzzGzip", gzip.compress(beginning[:4096], mtime=0))
        for _, (link_type, frame) in zip(range(FRAMES_A_FILE), frames):
            seed("FuzzDissector", struct.pack("<H", link_type) + frame[:LONGEST_FRAME])
    # Two members, one after the other, are one file.
    first = (pathlib.Path("Captures") / "first" / "first.pcap").read_bytes()
    seed("FuzzGzip", gzip.compress(first[:700], mtime=0) + gzip.compress(first[700:], mtime=0))
    seed("FuzzPcapng", recording())
    lines = [line.encode() for line in journal_lines()]
    for line in lines:
        seed("FuzzJournal", line)
    seed("FuzzJournal", b"".join(lines))
    for target, data in words():
        seed(target, data)
    print(f"{count} seeds in {directory}")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
