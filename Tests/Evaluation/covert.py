"""Data carried where none belongs, addresses and roles that are another's, and the same inside VXLAN; made in the lab."""

import shutil
import time

import label
import lab as laboratory

NOISE = ("sweep.arp", "sweep.nd")
# Who asks a name server outside is also seen to do that.
NAMES = (*NOISE, "dns.resolver", "dns.encrypted")


class Covert:
    def __init__(self, lab, quick=False, rounds=5):
        self.lab, self.quick, self.rounds = lab, quick, 1 if quick else rounds
        self.tunneler = lab.container("tunneler", 88)
        self.victim = lab.container("victim", 3)
        self.target, self.outside = lab.places["target"], lab.places["outside"]
        self.tenant, self.node, self.stranger = lab.overlay()

    def made(self):
        for number in range(self.rounds):
            yield from self.names(number)
            yield from self.pings(number)
            if not self.quick:
                yield from self.network(number)
            yield from self.overlay(number)

    def attack(self, name, attack, rules, action, by=None, also=NOISE, source="", scanner=()):
        start = time.time_ns()
        with self.lab.capture(name, settle=0.2 if self.quick else 1.2, size=2048) as path:
            action()
        source = (by or self.tunneler).name if source == "" else source
        label.Label(attack, rules, source, start, also, None, scanner).write(path)
        return path

    def names(self, number):
        server = self.lab.serve(self.outside, "answer-names", "198.51.100.53", "tunnel")
        for kind in ("TXT",) if self.quick else ("NULL", "TXT", "CNAME", "MX", "A"):
            count = 150 if self.quick else 400
            words = ("ask", "198.51.100.53", "tunnel", kind, count, number)
            attack = f"DNS tunnel, {kind} records"
            action = lambda words=words: self.tunneler.agent(*words)  # noqa: E731
            yield self.attack(f"dns-tunnel-{kind}-{number}", attack, ("dns.tunnel",), action, also=NAMES)
        server.terminate()
        server.wait()
        server = self.lab.serve(self.outside, "answer-names", "198.51.100.53", "none")
        words = ("ask", "198.51.100.53", "domains", "A", 120, number)
        attack = "names made up by malware (DGA)"
        action = lambda: self.tunneler.agent(*words)  # noqa: E731
        yield self.attack(f"dns-nxdomain-{number}", attack, ("dns.nxdomain",), action, also=NAMES)
        server.terminate()
        server.wait()

    def pings(self, number):
        self.outside.run("sysctl", "-qw", "net.ipv4.icmp_echo_ignore_all=1")
        server = self.lab.serve(self.outside, "answer-pings", "198.51.100.53")
        action = lambda: self.tunneler.agent("ping", "198.51.100.53", 80, number)  # noqa: E731
        yield self.attack(f"icmp-tunnel-{number}", "ICMP tunnel", ("tunnel.icmp",), action)
        server.terminate()
        server.wait()
        self.outside.run("sysctl", "-qw", "net.ipv4.icmp_echo_ignore_all=0")

    def network(self, number):
        mac = self.victim.mac()
        action = lambda: self.tunneler.agent("claim", "10.88.0.1", self.victim.address, mac, 4)  # noqa: E731
        yield self.attack(f"spoofing-arp-{number}", "ARP: the gateway's address claimed", ("spoofing.arp",), action)
        action = lambda: self.tunneler.agent("advertise", 3)  # noqa: E731
        yield self.attack(f"rogue-router-{number}", "a rogue router's advertisement", ("rogue.router",), action)
        action = lambda: self.tunneler.agent("lease", 3)  # noqa: E731
        yield self.attack(f"rogue-dhcp-{number}", "a rogue DHCP server's offer", ("rogue.dhcp",), action)

    def overlay(self, number):
        vertical = ("scan.vertical",)
        scanner = tuple(source.hex() for source in sorted(laboratory.addresses(self.tenant)))
        if shutil.which("nmap"):
            for option in ("sS",) if self.quick else ("sS", "sU", "sF"):
                words = ["nmap", "-n", "-Pn", f"-{option}", "-T4", "--max-retries", "1", "--privileged",
                         "-p", f"{100 + number}-{150 + number}", "10.99.0.2"]  # fmt: skip
                action = lambda words=words: self.tenant.run(*words)  # noqa: E731
                name, attack = f"vxlan-{option}-{number}", f"nmap -{option} in VXLAN"
                yield self.attack(name, attack, vertical, action, self.tenant, scanner=scanner)
        if self.quick:
            return
        if shutil.which("hping3"):
            words = ["hping3", "-q", "-n", "-S", "-p", "8080", "-i", "u300", "-c", "3000", "10.99.0.2"]
            action = lambda words=words: self.tenant.run(*words, seconds=15)  # noqa: E731
            # A port that is closed refuses, and is no flood; so the other node takes them and says nothing.
            self.node.run("ip", "route", "add", "blackhole", "10.99.0.66/32")
            yield self.attack(f"vxlan-flood-{number}", "SYN flood in VXLAN", ("flood.syn",), action, self.tenant)
            self.node.run("ip", "route", "del", "blackhole", "10.99.0.66/32")

        # The other node is heard of first, as it would be.
        def injected():
            self.tenant.run("ping", "-c", "3", "-i", "0.2", "10.99.0.2")
            self.stranger.agent("inject", "192.168.60.1", 7, 30, "10.99.0.2", "10.99.0.66")

        rules = ("overlay.sender", "overlay.source")
        yield self.attack(f"overlay-injected-{number}", "VXLAN from a stranger", rules, injected, source=None)
