#!/usr/bin/python3
"""Who answers whom, over TCP, UDP and ICMP.

reach.py serve PORT...                       sends back what comes to these ports over TCP and UDP, IPv4 and IPv6; says "ready".
reach.py try SECONDS KIND/ADDRESS/PORT...    asks all at once; prints for each, in their order, "yes" or "no" (silence).
reach.py count SECONDS ADDRESS PORT PAUSE    one datagram after the other, PAUSE seconds apart; prints a line for each: the time
                                             at which it was sent, in seconds since 1970, and whether an answer came (1 or 0).
reach.py hold PAUSE KIND/ADDRESS/PORT...      a conversation with each, that goes on: a question and its answer every PAUSE seconds. Says
                                             "begun" when each was answered once; ended by SIGTERM, it prints for each how many questions
                                             there were, how many answers, and how many seconds ago the last answer came.

KIND is tcp, udp or icmp. Whoever is refused is no silence, and an error.
"""
import errno
import os
import signal
import socket
import struct
import sys
import threading
import time

# What a sender is told when its own host drops what it sends.
DROPPED = {errno.EPERM, errno.ENOBUFS, errno.EAGAIN, errno.EHOSTUNREACH}


def serve(ports):
    for port in ports:
        door = socket.create_server(("::", port), family=socket.AF_INET6, backlog=256, dualstack_ipv6=True)
        threading.Thread(target=connections, args=(door,), daemon=True).start()
        datagrams = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
        datagrams.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        datagrams.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_RECVPKTINFO, 1)
        datagrams.bind(("::", port))
        threading.Thread(target=echoes, args=(datagrams,), daemon=True).start()
    print("ready", flush=True)
    threading.Event().wait()


def connections(door):
    while True:
        link, _ = door.accept()
        threading.Thread(target=connection, args=(link,), daemon=True).start()


def connection(link):
    try:
        while data := link.recv(65536):
            link.sendall(data)
    except OSError:
        pass
    link.close()


def echoes(datagrams):
    """From the address that was asked, as a host has several. ipv6(7), IPV6_PKTINFO."""
    while True:
        try:
            data, about, _, peer = datagrams.recvmsg(65536, 64)
            # Which device it came on does not say which one leads back.
            own = [(level, kind, info[:16] + bytes(4)) for level, kind, info in about]
            datagrams.sendmsg([data], own, 0, peer)
        except OSError:
            pass


def exchange(kind, address, port, seconds):
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    if kind == "icmp":
        return ping(family, address, seconds)
    with socket.socket(family, socket.SOCK_STREAM if kind == "tcp" else socket.SOCK_DGRAM) as link:
        link.settimeout(seconds)
        link.connect((address, port))
        link.sendall(b"here")
        return link.recv(4) == b"here"


def ping(family, address, seconds):
    """One echo request."""
    with echo_socket(family) as link:
        link.connect((address, 0))
        return echo(link, family, os.urandom(2), 1, seconds)


def echo_socket(family):
    protocol = socket.IPPROTO_ICMPV6 if family == socket.AF_INET6 else socket.IPPROTO_ICMP
    return socket.socket(family, socket.SOCK_RAW, protocol)


def echo(link, family, identifier, sequence, seconds):
    """An echo request, and whether it is answered. RFC 792, RFC 4443; of ICMPv6 the kernel fills in the checksum. raw(7)."""
    is_v6 = family == socket.AF_INET6
    request = struct.pack("!BBH2sH", 128 if is_v6 else 8, 0, 0, identifier, sequence) + b"here"
    if not is_v6:
        total = sum(struct.unpack("!6H", request))
        total = (total & 0xffff) + (total >> 16)
        request = request[:2] + struct.pack("!H", ~total & 0xffff) + request[4:]
    link.send(request)
    deadline = time.monotonic() + seconds
    while (left := deadline - time.monotonic()) > 0:
        link.settimeout(left)
        answer = link.recv(2048)
        if not is_v6:
            answer = answer[(answer[0] & 15) * 4:]
        if answer[0] == (129 if is_v6 else 0) and answer[4:8] == request[4:8]:
            return True
    return False


def attempt(results, index, kind, address, port, seconds):
    try:
        results[index] = "yes" if exchange(kind, address, port, seconds) else "no"
    except socket.timeout:
        results[index] = "no"
    except OSError as error:
        results[index] = "no" if error.errno in DROPPED else str(error)


def attempts(seconds, targets):
    results = [""] * len(targets)
    threads = []
    for index, target in enumerate(targets):
        kind, address, port = target.split("/")
        arguments = (results, index, kind, address, int(port), seconds)
        threads.append(threading.Thread(target=attempt, args=arguments))
        threads[-1].start()
    for thread in threads:
        thread.join()
    print("\n".join(results))


def count(seconds, address, port, pause):
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    sent = []
    came = set()
    link = socket.socket(family, socket.SOCK_DGRAM)
    link.connect((address, port))
    link.settimeout(0.3)
    is_over = False

    def receive():
        while True:
            try:
                came.add(int(link.recv(64)))
            except socket.timeout:
                if is_over:
                    return
            except OSError:
                pass

    receiver = threading.Thread(target=receive)
    receiver.start()
    deadline = time.monotonic() + seconds
    print("begun", flush=True)
    while time.monotonic() < deadline:
        try:
            sent.append(time.time())
            link.send(b"%d" % (len(sent) - 1))
        except OSError:
            pass
        time.sleep(pause)
    is_over = True
    receiver.join()
    for index, moment in enumerate(sent):
        print(f"{moment:.6f} {int(index in came)}")


class Conversation:
    """Questions over one connection, or from one port, or under one identifier."""

    def __init__(self, target, pause):
        self.kind, self.address, port = target.split("/")
        self.family = socket.AF_INET6 if ":" in self.address else socket.AF_INET
        self.pause, self.asked, self.answered, self.last = pause, 0, 0, 0
        self.identifier = os.urandom(2)
        if self.kind == "icmp":
            self.link = echo_socket(self.family)
        else:
            self.link = socket.socket(self.family, socket.SOCK_STREAM if self.kind == "tcp" else socket.SOCK_DGRAM)
        self.link.settimeout(5)
        self.link.connect((self.address, int(port)))

    def ask(self, seconds):
        self.asked += 1
        if self.kind == "icmp":
            return echo(self.link, self.family, self.identifier, self.asked & 0xffff, seconds)
        question = b"%08d" % self.asked
        deadline = time.monotonic() + seconds
        self.link.send(question)
        while (left := deadline - time.monotonic()) > 0:
            self.link.settimeout(left)
            if self.link.recv(8) == question:
                return True
        return False

    def step(self, seconds=1):
        """Late answers are for questions that nobody waits for any more."""
        try:
            if self.ask(seconds):
                self.answered += 1
                self.last = time.monotonic()
        except OSError:
            pass

    def go_on(self, is_over):
        while not is_over.wait(self.pause):
            self.step()


def hold(pause, targets):
    is_over = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: is_over.set())
    conversations = [Conversation(target, pause) for target in targets]
    for conversation in conversations:
        while not conversation.answered and conversation.asked < 5:
            conversation.step(2)
    threads = [threading.Thread(target=each.go_on, args=(is_over,)) for each in conversations]
    for thread in threads:
        thread.start()
    print("begun", flush=True)
    is_over.wait()
    for thread in threads:
        thread.join()
    now = time.monotonic()
    for each in conversations:
        print(each.asked, each.answered, f"{now - each.last:.2f}")


if sys.argv[1] == "serve":
    serve([int(port) for port in sys.argv[2:]])
elif sys.argv[1] == "try":
    attempts(float(sys.argv[2]), sys.argv[3:])
elif sys.argv[1] == "hold":
    hold(float(sys.argv[2]), sys.argv[3:])
else:
    count(float(sys.argv[2]), sys.argv[3], int(sys.argv[4]), float(sys.argv[5]))
