"""Floods, made by hping3 in the lab: by a container and against one."""

import shutil
import time

import label

NOISE = ("sweep.arp", "sweep.nd")


class Floods:
    def __init__(self, lab, quick=False, rounds=3):
        self.lab, self.quick, self.rounds = lab, quick, 1 if quick else rounds
        self.flooder = lab.container("flooder", 77)
        self.target = lab.places["target"]
        self.outside = lab.places["outside"]

    def made(self):
        if not shutil.which("hping3"):
            yield "hping3", "hping3 is not installed"
            return
        for number in range(self.rounds):
            yield from self.round(number)

    def flood(self, name, attack, rules, words, by=None, also=()):
        by = by or self.flooder
        start = time.time_ns()
        with self.lab.capture(name, size=128) as path:
            by.run("hping3", "-q", "-n", *words, seconds=15)
        source = by.name if by.is_container else by.address
        label.Label(attack, rules, source, start, (*NOISE, *also)).write(path)
        return path

    def round(self, number):
        target = self.target.address
        port = str((443, 8080, 80, 9090, 22)[number % 5])
        closed = str(7001 + number)
        yield self.flood(
            f"flood-syn-{number}", "SYN flood", ("flood.syn",), ["-S", "-p", port, "-i", "u300", "-c", "3000", target]
        )
        yield self.flood(
            f"flood-udp-{number}", "UDP flood", ("flood.udp",),
            ["-2", "-p", closed, "-d", "200", "-i", "u250", "-c", "6000", target],
        )  # fmt: skip
        if self.quick:
            return
        yield self.flood(
            f"flood-syn-forged-{number}", "SYN flood, forged senders", ("flood.syn",),
            ["-S", "-p", port, "--rand-source", "-i", "u300", "-c", "3000", target], also=("spoofing.source",),
        )  # fmt: skip
        yield self.flood(
            f"flood-icmp-{number}", "ICMP flood", ("flood.icmp",), ["-1", "-i", "u300", "-c", "4000", target]
        )
        yield self.flood(
            f"flood-ack-{number}", "ACK flood", ("flood.tcp",), ["-A", "-p", closed, "-i", "u300", "-c", "4000", target]
        )
        yield self.flood(
            f"flood-fin-{number}", "FIN flood", ("flood.tcp",), ["-F", "-p", closed, "-i", "u300", "-c", "4000", target]
        )
        yield self.flood(
            f"flood-land-{number}", "LAND", ("flood.land",),
            ["-S", "-a", target, "-s", port, "-k", "-p", port, "-i", "u10000", "-c", "50", target],
            also=("spoofing.source",),
        )  # fmt: skip
        yield self.flood(
            f"flood-outside-{number}", "SYN flood from outside", ("flood.syn",),
            ["-S", "-p", port, "-i", "u300", "-c", "3000", target], by=self.outside,
        )  # fmt: skip
