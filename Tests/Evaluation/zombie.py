"""A host that sends nothing of its own and counts its packets: behind such a one an idle scan hides.

Linux gives each conversation numbers of its own, and its resets none at all, so that nmap finds no Linux fit for it. Old
printers and embedded systems count all they send.
"""

import socket
import struct

import packets

HEADERS = 54


def be_idle(address):
    """Answers in place of the kernel, which must have no way to do so: resets, each with the next number."""
    wire = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(0x0800))
    wire.bind(("eth0", 0))
    own, number = socket.inet_aton(address), 1000
    print("ready", flush=True)
    while True:
        frame, place = wire.recvfrom(2048)
        if place[2] == socket.PACKET_OUTGOING or frame[30:34] != own or frame[23] != packets.TCP or len(frame) < HEADERS:
            continue
        reply = reset(frame, number)
        if reply:
            wire.send(reply)
            number = (number + 1) & 0xFFFF


def reset(frame, number):
    """What RFC 9293, 3.10.7.1, has a closed port say to a segment without options of IP; None to a reset."""
    source, target, seq, ack = struct.unpack_from("!HHII", frame, 34)
    flags = frame[47]
    if flags & packets.RST:
        return None
    way = packets.Way(packets.Host(frame[:6], frame[30:34]), packets.Host(frame[6:12], frame[26:30]))
    # The way gives each of its packets the number after its last.
    way.identifier = number - 1
    ports = target << 16 | source
    if flags & packets.ACK:
        return way.tcp(ports, ack, 0, packets.RST)
    return way.tcp(ports, 0, seq + 1 & 0xFFFFFFFF, packets.RST | packets.ACK)
