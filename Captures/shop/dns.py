"""The shop's name server, and what a pod asks it. `dns.py` serves UDP port 53 (RFC 1035, RFC 3596 for AAAA)."""

import ipaddress
import random
import socket
import struct

A, AAAA = 1, 28
NO_ERROR, NAME_ERROR = 0, 3
SECONDS_TO_LIVE = 30

ZONE = {
    ("catalog.shop.svc.cluster.local", A): "10.244.2.20",
    ("catalog.shop.svc.cluster.local", AAAA): "fd00:10:244:2::20",
    ("db.shop.svc.cluster.local", A): "10.244.1.11",
    ("images.shop.svc.cluster.local", A): "10.244.2.22",
    ("pay.example", A): "10.244.2.23",
}


def encoded(name):
    return b"".join(bytes([len(label)]) + label.encode() for label in name.split(".")) + b"\0"


def decoded(message, offset):
    """The name at `offset`, which no pod of ours compresses, and where it ends."""
    labels = []
    while message[offset]:
        end = offset + 1 + message[offset]
        labels.append(message[offset + 1 : end].decode())
        offset = end
    return ".".join(labels), offset + 1


def answer(query):
    (identifier,) = struct.unpack_from("!H", query)
    name, end = decoded(query, 12)
    (kind,) = struct.unpack_from("!H", query, end)
    question = query[12 : end + 4]
    known = any(name == zoned for zoned, _ in ZONE)
    address = ZONE.get((name, kind))
    # Response, authoritative, recursion desired and available.
    flags = 0x8580 | (NO_ERROR if known else NAME_ERROR)
    reply = struct.pack("!6H", identifier, flags, 1, 1 if address else 0, 0, 0) + question
    if address:
        data = ipaddress.ip_address(address).packed
        reply += struct.pack("!HHHIH", 0xC00C, kind, 1, SECONDS_TO_LIVE, len(data)) + data
    return reply


def ask(server, name, kind, port):
    """The response code for `name`, asked from a port of the caller's choice."""
    identifier = random.Random(f"{name} {kind}").randrange(1 << 16)
    query = struct.pack("!6H", identifier, 0x0100, 1, 0, 0, 0) + encoded(name) + struct.pack("!HH", kind, 1)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        asking.settimeout(3)
        asking.bind(("", port))
        asking.sendto(query, (server, 53))
        reply = asking.recv(512)
    assert reply[:2] == query[:2]
    return reply[3] & 0x0F


if __name__ == "__main__":
    serving = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    serving.bind(("", 53))
    print("ready", flush=True)
    while True:
        asked, asker = serving.recvfrom(512)
        serving.sendto(answer(asked), asker)
