"""Capture files: written, read, and given other times."""

import struct

ETHERNET, COOKED = 1, 276
SNAPSHOT = 65535


def header(link=ETHERNET, snapshot=SNAPSHOT):
    """Of a file with nanoseconds."""
    return struct.pack("<IHHIIII", 0xA1B23C4D, 2, 4, 0, 0, snapshot, link)


def record(time, frame, length=None):
    """One packet at a time in nanoseconds; `length` is what it had on the wire."""
    size = len(frame)
    return struct.pack("<IIII", time // 1_000_000_000, time % 1_000_000_000, size, length or size) + frame


def write(path, packets, link=ETHERNET):
    """Packets are (time, frame) or (time, frame, length), in any order."""
    with open(path, "wb") as file:
        file.write(header(link))
        for packet in sorted(packets, key=lambda packet: packet[0]):
            file.write(record(*packet))


def read(path):
    """The link type, and all packets as (time, frame, length). Only of files that were written here or by tcpdump."""
    data = path.read_bytes()
    orders = {b"\x4d\x3c\xb2\xa1": ("<", 1), b"\xd4\xc3\xb2\xa1": ("<", 1000), b"\xa1\xb2\xc3\xd4": (">", 1000)}
    order, unit = orders[data[:4]]
    link = struct.unpack_from(order + "I", data, 20)[0] & 0xFFFF
    packets, place = [], 24
    while place + 16 <= len(data):
        seconds, fraction, size, length = struct.unpack_from(order + "IIII", data, place)
        frame = data[place + 16 : place + 16 + size]
        if len(frame) < size:
            break
        packets.append((seconds * 1_000_000_000 + fraction * unit, frame, length))
        place += 16 + size
    return link, packets


def interface(frame):
    """The number of the interface that saw a cooked frame."""
    return struct.unpack_from("!I", frame, 4)[0]


class Contact:
    """What a packet tries or answers: protocol, who, whom, and the port, from the innermost IP header."""

    __slots__ = ("protocol", "source", "target", "source_port", "target_port", "flags")

    def __init__(self, protocol, source, target, ports, flags):
        self.protocol, self.source, self.target, self.flags = protocol, source, target, flags
        self.source_port, self.target_port = ports


def contact(link, frame):
    """Reads the innermost IP header of a frame, of an ICMP error what it answers; None where there is none."""
    kind, place = (struct.unpack_from("!H", frame, 0)[0], 20) if link == COOKED else (0, 14)
    if link == ETHERNET and len(frame) >= 14:
        kind = struct.unpack_from("!H", frame, 12)[0]
    try:
        return _address(kind, frame, place)
    except (struct.error, IndexError):
        return None


def _address(kind, frame, place):
    if kind == 0x0800:
        protocol, size = frame[place + 9], (frame[place] & 15) * 4
        source, target = frame[place + 12 : place + 16], frame[place + 16 : place + 20]
        if struct.unpack_from("!H", frame, place + 6)[0] & 0x1FFF:
            return None
    elif kind == 0x86DD:
        protocol, size = frame[place + 6], 40
        source, target = frame[place + 8 : place + 24], frame[place + 24 : place + 40]
    else:
        return None
    place += size
    if (protocol, frame[place]) in ((1, 3), (58, 1)):
        # Of what cannot be reached: an answer to the packet that it quotes.
        about = _address(kind, frame, place + 8)
        return about and Contact(
            about.protocol, about.target, about.source, (about.target_port, about.source_port), 0
        )
    if protocol in (1, 58):
        return Contact(protocol, source, target, (0, 0), frame[place])
    if protocol not in (6, 17, 132):
        return Contact(protocol, source, target, (0, 0), 0)
    ports = struct.unpack_from("!HH", frame, place)
    if protocol == 17 and ports[1] in (4789, 8472):
        inner = place + 16
        return _address(struct.unpack_from("!H", frame, inner + 12)[0], frame, inner + 14)
    # A fragment of eight bytes, as nmap -f sends, has no flags.
    flags = frame[place + 13] if protocol == 6 and place + 13 < len(frame) else 2
    return Contact(protocol, source, target, ports, flags)


def retimed(link, packets, sources, interval):
    """The same packets as if whoever has one of the addresses `sources` had waited `interval` ns before each new contact.

    What follows a probe keeps its distance to it, so answers come as quickly as they did.
    """
    seen, result, shift, last = set(), [], 0, None
    for time, frame, length in packets:
        what = contact(link, frame)
        if what and what.source in sources:
            key = (what.protocol, what.target, what.target_port)
            if key not in seen:
                seen.add(key)
                if last is not None:
                    shift = max(shift, last + interval - time)
                last = time + shift
        result.append((time + shift, frame, length))
    return result
