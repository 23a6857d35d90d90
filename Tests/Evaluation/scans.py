"""Scans, made by nmap in the lab: of each kind it has, at each pace, and in the ways that are said to hide one."""

import random
import shutil
import time

import label
import lab as laboratory
import pcapfile

SECOND = 1_000_000_000
OPEN = (22, 80, 443, 8080, 9090)
# Open at the host on which a scan hides among successes.
MANY = 400

# nmap waits so long from probe to probe, in nanoseconds; from -T3 on it does not.
PACES = {"T0": 300 * SECOND, "T1": 15 * SECOND, "T2": 400_000_000, "T3": None, "T4": None, "T5": None}
KINDS = {
    "sS": "SYN", "sT": "connect", "sU": "UDP", "sF": "FIN", "sN": "NULL", "sX": "Xmas", "sA": "ACK", "sY": "SCTP INIT",
}  # fmt: skip
NOISE = ("sweep.arp", "sweep.nd")


class Scans:
    def __init__(self, lab, quick=False, rounds=3):
        self.lab, self.quick, self.rounds = lab, quick, 1 if quick else rounds
        self.scanner = lab.container("scanner", 66)
        self.target = lab.container("target", 2)
        self.outside = lab.outside()
        lab.serve(self.target, "serve", *OPEN, *range(20_000, 20_000 + MANY))
        self.chance = random.Random(6)

    def made(self):
        """Makes all captures; yields their paths, and for what cannot be made (name, why)."""
        if not shutil.which("nmap"):
            yield "nmap", "nmap is not installed"
            return
        for number in range(self.rounds):
            yield from self.kinds(number)
            yield from self.wide(number)
            yield from self.paces(number)
            yield from self.hidden(number)

    def nmap(self, name, attack, rules, words, also=NOISE, interval=None, missed=None, action=None, hides=False):
        """One run, with the label it has."""
        start = time.time_ns()
        with self.lab.capture(name, 0.2 if self.quick else 1.2) as path:
            if action:
                action()
            else:
                known = [] if "-sn" in words else ["-Pn"]
                self.scanner.run("nmap", "-n", *known, "--max-retries", "1", "--privileged", *words)
        sources = laboratory.addresses(self.scanner)
        if interval:
            link, packets = pcapfile.read(path)
            pcapfile.write(path, pcapfile.retimed(link, packets, sources, interval), link)
        scanner = tuple(source.hex() for source in sorted(sources))
        label.Label(attack, rules, self.scanner.name, start, also, missed, scanner, hides).write(path)
        return path

    def ports(self, count):
        """Some ports, of which one is open, as of most containers. nmap tries those first that often are."""
        return ",".join(map(str, {self.chance.choice(OPEN), *self.chance.sample(range(1, 10_000), count)}))

    def kinds(self, number):
        for option, kind in KINDS.items():
            if self.quick and option in ("sN", "sX", "sY"):
                continue
            words = [f"-{option}", "-T4", "-p", self.ports(60), self.target.address]
            yield self.nmap(f"scan-{option}-{number}", f"nmap -{option} ({kind})", ("scan.vertical",), words)
        for option in ("sS",) if self.quick else ("sS", "sT", "sU", "sF", "sN", "sX", "sA"):
            words = ["-6", f"-{option}", "-T4", "-p", self.ports(60), self.target.six]
            attack = f"nmap -6 -{option} ({KINDS[option]}, IPv6)"
            yield self.nmap(f"scan6-{option}-{number}", attack, ("scan.vertical",), words)

    def wide(self, number):
        silent = f"198.51.100.{64 + 32 * (number % 4)}"
        rules = ("sweep.ping",)
        words = ["-sn", "-PE", "-T4", f"{silent}/27"]
        yield self.nmap(f"sweep-ping-{number}", "nmap -sn -PE (ping sweep)", rules, words)
        words = ["-sn", "-T4", f"10.88.{number + 1}.0/26"]
        yield self.nmap(f"sweep-arp-{number}", "nmap -sn (ARP sweep)", ("sweep.arp",), words, ())
        words = ["-6", "-sn", "-T4", f"fd88::{number + 1}:0/122"]
        yield self.nmap(f"sweep-nd-{number}", "nmap -6 -sn (neighbour sweep)", ("sweep.nd",), words, ("sweep.ping",))
        words = ["-sS", "-T4", "-p", str(self.chance.choice((22, 445, 2375, 3389, 6379))), f"{silent}/27"]
        yield self.nmap(f"scan-horizontal-{number}", "nmap -sS, a port of many hosts", ("scan.horizontal",), words)
        if self.quick:
            return
        words = ["-sS", "-T4", "-p", "22,23,80,443,3306,5432,6379,8080", f"{silent}/28"]
        rules = ("scan.block", "scan.vertical", "scan.horizontal")
        yield self.nmap(f"scan-block-{number}", "nmap -sS, ports of many hosts", rules, words)

    def paces(self, number):
        for pace, interval in PACES.items():
            if self.quick and pace not in ("T0", "T5"):
                continue
            # Those that wait are run without waiting, and their times written as if they had.
            speed = "-T4" if interval else f"-{pace}"
            words = ["-sS", speed, "-p", self.ports(40), self.target.address]
            yield self.nmap(f"scan-{pace}-{number}", f"nmap -{pace}", ("scan.vertical",), words, interval=interval)

    def hidden(self, number):
        vertical = ("scan.vertical",)
        words = ["-sS", "-T4", "-D", "10.88.3.1,10.88.3.2,10.88.3.3,ME", "-p", self.ports(40), self.target.address]
        also = (*NOISE, "spoofing.source")
        yield self.nmap(f"scan-decoys-{number}", "nmap -D (decoys)", vertical, words, also, hides=True)
        words = ["-sS", "-f", "-T4", "-p", self.ports(40), self.target.address]
        yield self.nmap(f"scan-fragments-{number}", "nmap -f (fragments)", vertical, words)
        if self.quick:
            return
        for minutes in (1, 10, 40):
            words = ["-sS", "-T4", "-p", self.ports(60), self.target.address]
            attack = f"a port every {minutes} min" if minutes > 1 else "a port a minute"
            interval = minutes * 60 * SECOND
            yield self.nmap(f"scan-slow-{minutes}-{number}", attack, vertical, words, interval=interval, hides=True)
        words = ["-sS", "-T4", "-p", self.ports(60), self.target.address]
        missed = "less than one failure an hour, and than 40 a day: the walk takes a step back each hour"
        yield self.nmap(
            f"scan-slow-90-{number}", "a port every 90 min", vertical, words, interval=5400 * SECOND, missed=missed, hides=True
        )
        words = ["-sU", "-T4", "-p", self.ports(40), self.target.address]
        interval = 600 * SECOND
        yield self.nmap(f"scan-slow-udp-{number}", "a UDP port every 10 min", vertical, words, interval=interval, hides=True)
        words = ["-6", "-sS", "-T4", "-p", self.ports(40), self.target.six]
        yield self.nmap(f"scan6-slow-{number}", "a port every 10 min, IPv6", vertical, words, interval=interval, hides=True)
        yield from self.interleaved(number)

    def interleaved(self, number):
        """Failures among successes, as Mell and Harang hid a scan from a sequential test (2013)."""
        for kind, opened, between, interval in (
            ("new", MANY, 1, None), ("new", MANY, 4, None), ("known", 1, 4, None), ("new", MANY, 4, 20 * SECOND),
            ("new", MANY, 4, 120 * SECOND),
        ):  # fmt: skip
            pace = f", one each {interval // SECOND} s" if interval else ""
            tries = 80 if interval else 60

            def mixed(opened=opened, between=between, tries=tries):
                self.scanner.agent("mix", self.target.address, 20_000, opened, tries, between)

            attack = f"{between} {kind} success{'es' if between > 1 else ''} before each failure{pace}"
            name = f"scan-mixed-{kind}-{between}-{(interval or 0) // SECOND}-{number}"
            yield self.nmap(name, attack, ("scan.vertical",), (), interval=interval, action=mixed, hides=True)
