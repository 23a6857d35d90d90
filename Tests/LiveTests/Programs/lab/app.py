"""What runs in a pod: a server that answers on its ports, and a client that does as it is told. One message, one answer, over a
socket to the lab. Traffic and sockets are thus those of a process in the pod's own control group."""

import collections
import json
import os
import socket
import struct
import threading
import time

PATIENCE = 5.0

# What reached the servers here: how often, by protocol, port and sender.
heard = collections.Counter()


def serve(control, ports, greeting):
    """Never returns. `control` is a SOCK_SEQPACKET socket; every port is listened on over TCP and UDP, IPv4 and IPv6.

    `greeting` is what came of talking to somebody before all else, or None."""
    for port in ports:
        listener = socket.create_server(("::", port), family=socket.AF_INET6, backlog=1024, dualstack_ipv6=True)
        start(answer_connections, listener)
        datagrams = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
        datagrams.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        datagrams.bind(("::", port))
        start(answer_datagrams, datagrams)
    control.send(json.dumps({"ok": greeting}).encode())
    while request := control.recv(1 << 18):
        try:
            order = json.loads(request)
            answer = {"ok": ORDERS[order.pop("do")](**order)}
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        control.send(json.dumps(answer).encode())
    os._exit(0)


def start(body, *arguments):
    threading.Thread(target=body, args=arguments, daemon=True).start()


def answer_connections(listener):
    while True:
        connection, peer = listener.accept()
        note("tcp", listener, peer)
        start(answer_connection, connection)


def answer_connection(connection):
    """Sends back what comes, until the other end is done."""
    with connection:
        connection.settimeout(60)
        try:
            while data := connection.recv(65536):
                connection.sendall(data)
        except OSError:
            pass


def answer_datagrams(datagrams):
    while True:
        try:
            data, peer = datagrams.recvfrom(65536)
            note("udp", datagrams, peer)
            datagrams.sendto(data, peer)
        except OSError:
            pass


def note(protocol, server, peer):
    heard[protocol, server.getsockname()[1], peer[0].removeprefix("::ffff:")] += 1


def tell_heard():
    """All that reached the servers here since the pod began."""
    return [dict(protocol=protocol, port=port, source=source, count=count)
            for (protocol, port, source), count in heard.copy().items()]


def shout(to, seconds):
    """Sends to each [address, port, protocol] for a time, whether anybody answers or not; returns at once.

    UDP: a datagram every 5 ms, the first ones at once. TCP: one connection, which the kernel tries again by itself."""
    def body():
        end = time.monotonic() + seconds
        datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        datagrams.setblocking(False)
        links = []
        for address, port, protocol in to:
            if protocol == "tcp":
                link = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
                link.setblocking(False)
                link.connect_ex((address, port))
                links.append(link)
        while time.monotonic() < end:
            for address, port, protocol in to:
                if protocol == "udp":
                    try:
                        datagrams.sendto(b"here", (address, port))
                    except OSError:
                        pass
            time.sleep(0.005)
        for link in links + [datagrams]:
            link.close()
    start(body)


def talk(to, size, protocol="tcp"):
    """Sends `size` bytes to each [address, port] and takes them back, one after the other; says how each went."""
    return [exchange(address, port, size, protocol) for address, port in to]


def exchange(address, port, size, protocol):
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    kind = socket.SOCK_STREAM if protocol == "tcp" else socket.SOCK_DGRAM
    result = {"address": address, "port": port, "protocol": protocol, "time": time.time_ns()}
    received = 0
    began = time.monotonic()
    with socket.socket(family, kind) as link:
        link.settimeout(PATIENCE)
        try:
            link.connect((address, port))
            result["sourceAddress"], result["sourcePort"] = link.getsockname()[:2]
            link.sendall(bytes(size))
            while received < size and (data := link.recv(65536)):
                received += len(data)
            if protocol == "tcp":
                link.shutdown(socket.SHUT_WR)
                # The other end closes when it has read ours: so both sides of the connection end in order.
                link.recv(1)
        except OSError as error:
            result["failure"] = str(error)
    result["received"] = received
    result["took"] = time.monotonic() - began
    return result


def forge(source, address, port, count, size):
    """Sends UDP datagrams under another's IPv4 address. raw(7), IP_HDRINCL."""
    payload = bytes(size)
    # No checksum, which IPv4 permits: RFC 768. The kernel fills in length, identifier and checksum of the IP header.
    datagram = struct.pack("!HHHH", 40000, port, 8 + size, 0) + payload
    header = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 0, 0, 0, 64, 17, 0, socket.inet_aton(source), socket.inet_aton(address))
    with socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW) as raw:
        for _ in range(count):
            raw.sendto(header + datagram, (address, 0))
    return count


ORDERS = {"talk": talk, "forge": forge, "shout": shout, "heard": tell_heard}
