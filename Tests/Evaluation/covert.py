"""Data carried where none belongs, addresses and roles that are another's, and the same inside VXLAN; made in the lab."""

import shutil

import label
import lab as laboratory
from group import NOISE, Group

# Who asks a name server outside is also seen to do that.
NAMES = (*NOISE, "dns.resolver", "dns.encrypted")
SERVER = "198.51.100.53"


class Covert(Group):
    def __init__(self, lab, quick=False, rounds=3):
        super().__init__(lab, quick, rounds)
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

    def attack(self, name, attack, rules, *words, also=NOISE):
        """What an agent in the container `tunneler` does."""
        return self.seen(name, label.Label(attack, rules, self.tunneler.name, None, also), self.tunneler.agent, *words)

    def names(self, number):
        with self.serving(self.outside, "answer-names", SERVER, "tunnel"):
            for kind in ("TXT",) if self.quick else ("NULL", "TXT", "CNAME", "MX", "A"):
                words = ("ask", SERVER, "tunnel", kind, 150 if self.quick else 400, number)
                name, attack = f"dns-tunnel-{kind}-{number}", f"DNS tunnel, {kind} records"
                yield self.attack(name, attack, ("dns.tunnel",), *words, also=NAMES)
        with self.serving(self.outside, "answer-names", SERVER, "none"):
            words = ("ask", SERVER, "domains", "A", 120, number)
            attack = "names made up by malware (DGA)"
            yield self.attack(f"dns-nxdomain-{number}", attack, ("dns.nxdomain",), *words, also=NAMES)

    def pings(self, number):
        self.outside.run("sysctl", "-qw", "net.ipv4.icmp_echo_ignore_all=1")
        with self.serving(self.outside, "answer-pings", SERVER):
            yield self.attack(f"icmp-tunnel-{number}", "ICMP tunnel", ("tunnel.icmp",), "ping", SERVER, 80, number)
        self.outside.run("sysctl", "-qw", "net.ipv4.icmp_echo_ignore_all=0")

    def network(self, number):
        words = ("claim", "10.88.0.1", self.victim.address, self.victim.mac(), 4)
        yield self.attack(f"spoofing-arp-{number}", "ARP: the gateway's address claimed", ("spoofing.arp",), *words)
        attack = "a rogue router's advertisement"
        yield self.attack(f"rogue-router-{number}", attack, ("rogue.router",), "advertise", 3)
        yield self.attack(f"rogue-dhcp-{number}", "a rogue DHCP server's offer", ("rogue.dhcp",), "lease", 3)

    def overlay(self, number):
        scanner = tuple(source.hex() for source in sorted(laboratory.addresses(self.tenant)))
        if shutil.which("nmap"):
            for option in ("sS",) if self.quick else ("sS", "sU", "sF"):
                words = ["nmap", "-n", "-Pn", f"-{option}", "-T4", "--max-retries", "1", "--privileged",
                         "-p", f"{100 + number}-{150 + number}", "10.99.0.2"]  # fmt: skip
                what = label.Label(f"nmap -{option} in VXLAN", ("scan.vertical",), "tenant", None, NOISE, None, scanner)
                yield self.seen(f"vxlan-{option}-{number}", what, self.tenant.run, *words)
        if self.quick:
            return
        if shutil.which("hping3"):
            # The other node drops them: a port that is closed refuses, and that is no flood.
            self.node.run("ip", "route", "add", "blackhole", "10.99.0.66/32")
            words = ["hping3", "-q", "-n", "-S", "-p", "8080", "-i", "u300", "-c", "3000", "10.99.0.2"]
            what = label.Label("SYN flood in VXLAN", ("flood.syn",), "tenant", None, NOISE)
            yield self.seen(f"vxlan-flood-{number}", what, self.tenant.run, *words)
            self.node.run("ip", "route", "del", "blackhole", "10.99.0.66/32")
        rules = ("overlay.sender", "overlay.source")
        what = label.Label("VXLAN from a stranger", rules, None, None, NOISE)
        yield self.seen(f"overlay-injected-{number}", what, self.injected)

        attack = "VXLAN in the name of a container here, by another node"
        what = label.Label(attack, ("overlay.source",), self.node.address, None, NOISE)
        yield self.seen(f"overlay-impostor-{number}", what, self.impostor)

    def impostor(self):
        """For longer than an entry of the journal may be late; eight conversations are told of."""
        self.tenant.run("ping", "-c", "3", "-i", "0.2", "10.99.0.2")
        self.node.agent("inject", "192.168.60.1", 7, 14, self.tenant.address, "10.99.0.67", 0.9)

    def injected(self):
        """The other node is heard of first, as it would be."""
        self.tenant.run("ping", "-c", "3", "-i", "0.2", "10.99.0.2")
        self.stranger.agent("inject", "192.168.60.1", 7, 30, "10.99.0.2", "10.99.0.66")
