"""Packets as bytes, with right checksums: Ethernet, IPv4 and IPv6, TCP, UDP, ICMP, ARP, DNS, VXLAN.

A sum in one's complement is a remainder by 0xffff, which Python's integers work out in C; so a packet takes about
three microseconds, and a day of them can be made while it is read.
"""

import collections
import ipaddress
import struct

FIN, SYN, RST, PSH, ACK = 1, 2, 4, 8, 16
TCP, UDP, ICMP, ICMP6 = 6, 17, 1, 58

# Who sends or gets a packet: six bytes, and four or sixteen.
Host = collections.namedtuple("Host", "mac ip")


def host(mac, address):
    """A host of its text: `host("02:00:00:00:00:01", "10.0.0.1")`."""
    return Host(bytes.fromhex(mac.replace(":", "")), ipaddress.ip_address(address).packed)


def checksum(data, start=0):
    """The internet checksum of bytes, RFC 1071; `start` is a sum of what else it covers."""
    if len(data) & 1:
        data += b"\0"
    rest = (int.from_bytes(data, "big") + start) % 0xFFFF
    return 0xFFFF ^ rest if rest else (0xFFFF if not (start or any(data)) else 0)


class Way:
    """One direction between two hosts: all that is the same in each of its packets is worked out once."""

    __slots__ = ("ethernet", "ip", "header_sum", "pseudo", "is_six", "identifier")

    def __init__(self, source, target):
        self.is_six = len(source.ip) == 16
        self.ethernet = target.mac + source.mac + (b"\x86\xdd" if self.is_six else b"\x08\x00")
        self.ip = source.ip + target.ip
        self.pseudo = int.from_bytes(self.ip, "big") % 0xFFFF
        self.identifier = self.pseudo

    def packet(self, protocol, payload, ttl=64, length=None):
        """A frame with that payload; `length` is what the payload had before it was cut."""
        size = len(payload) if length is None else length
        if self.is_six:
            return self.ethernet + struct.pack("!IHBB", 6 << 28, size & 0xFFFF, protocol, ttl) + self.ip + payload
        total = size + 20
        self.identifier = (self.identifier + 1) & 0xFFFF
        second = ttl << 8 | protocol
        rest = (0x4500 + total + self.identifier + 0x4000 + second + self.pseudo) % 0xFFFF
        header = struct.pack("!HHHHHH", 0x4500, total, self.identifier, 0x4000, second, (0xFFFF ^ rest) % 0xFFFF)
        return self.ethernet + header + self.ip + payload

    def tcp(self, ports, seq, ack, flags, payload=b"", length=None):
        """A segment; `ports` are both in one number. What `length` says beyond the payload is zeros that were cut."""
        size = len(payload) if length is None else length
        offset = 0x6000 if flags & SYN else 0x5000
        words = offset | flags
        rest = self.pseudo + TCP + size + 20 + (ports >> 16) + (ports & 0xFFFF) + words + 0xFAF0 + seq + ack
        options = b""
        if flags & SYN:
            options = b"\x02\x04\x05\xb4"
            rest += 4 + 0x0204 + 0x05B4
        if payload:
            rest += int.from_bytes(payload if not len(payload) & 1 else payload + b"\0", "big")
        header = struct.pack("!IIIHHHH", ports, seq, ack, words, 0xFAF0, (0xFFFF ^ rest % 0xFFFF) % 0xFFFF, 0)
        return self.packet(TCP, header + options + payload, length=size + 20 + len(options))

    def udp(self, source, target, payload):
        size = len(payload) + 8
        value = checksum(payload, self.pseudo + UDP + 2 * size + source + target) or 0xFFFF
        return self.packet(UDP, struct.pack("!HHHH", source, target, size, value) + payload)

    def echo(self, identifier, sequence, payload, reply=False):
        """A ping, or the answer to one."""
        kind = (129 if reply else 128) if self.is_six else (0 if reply else 8)
        head = struct.pack("!BBHHH", kind, 0, 0, identifier, sequence)
        start = self.pseudo + ICMP6 + len(head) + len(payload) if self.is_six else 0
        value = checksum(head + payload, start)
        return self.packet(
            ICMP6 if self.is_six else ICMP, head[:2] + struct.pack("!H", value) + head[4:] + payload
        )

    def message_six(self, body):
        """A message of ICMPv6 between neighbours, whose checksum is put in: RFC 4861 has them ask for hop limit 255."""
        value = checksum(body[:2] + bytes(2) + body[4:], self.pseudo + ICMP6 + len(body))
        return self.packet(ICMP6, body[:2] + struct.pack("!H", value) + body[4:], ttl=255)

    def unreachable(self, about, code=3, kind=3):
        """An ICMP error about a packet that came the other way: no such port (3) or host (1); of kind 11, it took too long."""
        quoted = about[14 : 14 + 28]
        head = struct.pack("!BBHI", kind, code, 0, 0)
        value = checksum(head + quoted)
        return self.packet(ICMP, head[:2] + struct.pack("!H", value) + head[4:] + quoted)


def arp(source, target_ip, target_mac=None):
    """A question who has an address, or with `target_mac` the answer that `source` gives to its owner."""
    place = target_mac or b"\xff" * 6
    words = struct.pack("!HHBBH", 1, 0x0800, 6, 4, 2 if target_mac else 1)
    return place + source.mac + b"\x08\x06" + words + source.mac + source.ip + (target_mac or bytes(6)) + target_ip


def group(address):
    """A multicast group, with the hardware address that stands for it. RFC 1112, 6.4, and RFC 2464, 7"""
    ip = ipaddress.ip_address(address).packed
    return Host(b"\x33\x33" + ip[12:] if len(ip) == 16 else b"\x01\x00\x5e" + bytes([ip[1] & 127]) + ip[2:], ip)


def solicited(address):
    """The group in which the holder of an IPv6 address is asked for. RFC 4291, 2.7.1"""
    return group(ipaddress.ip_address(bytes.fromhex("ff0200000000000000000001ff") + address[13:]))


def neighbour(way, kind, target_ip, mac=None, flags=0):
    """A neighbour solicitation (135) or advertisement (136), with the sender's hardware address where it says one. RFC 4861, 4.3"""
    option = (b"\x01" if kind == 135 else b"\x02") + b"\x01" + mac if mac else b""
    return way.message_six(struct.pack("!BBHI", kind, 0, 0, flags) + target_ip + option)


def vxlan(way, identifier, inner):
    """A frame in a tunnel, from a port that depends on what is in it."""
    port = 49152 + sum(inner[26:38]) % 16384
    return way.udp(port, 4789, struct.pack("!II", 8 << 24, identifier << 8) + inner)


def encoded_name(name):
    return b"".join(bytes([len(label)]) + label.encode() for label in name.split(".") if label) + b"\0"


def question(identifier, name, kind=1):
    """A DNS query that wants recursion."""
    return struct.pack("!HHHHHH", identifier, 0x0100, 1, 0, 0, 0) + encoded_name(name) + struct.pack("!HH", kind, 1)


def answer(query, records=(), code=0, lifetime=30):
    """What a resolver says to a query: records as (type, bytes), or a code such as 3, no such name."""
    head = query[:2] + struct.pack("!HHHHH", 0x8180 | code, 1, len(records), 0, 0)
    tail = b"".join(
        b"\xc0\x0c" + struct.pack("!HHIH", kind, 1, lifetime, len(data)) + data for kind, data in records
    )
    return head + query[12:] + tail


def client_hello(name, seed=b"\x5a"):
    """The first bytes of TLS, with the server's name in them."""
    text = name.encode()
    server = struct.pack("!HBH", len(text) + 3, 0, len(text)) + text
    extensions = struct.pack("!HH", 0, len(server)) + server + bytes.fromhex("002b0003020304")
    body = b"\x03\x03" + seed * 32 + b"\0" + bytes.fromhex("000213010100") + struct.pack("!H", len(extensions))
    body += extensions
    return struct.pack("!BHHBBH", 22, 0x0301, len(body) + 4, 1, 0, len(body)) + body


# What a server says to it, as far as anybody looks.
SERVER_HELLO = bytes.fromhex("160303002c020000280303") + bytes(32) + bytes.fromhex("00130100") + bytes(2)
