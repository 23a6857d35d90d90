"""Addresses that are another's: of packets, of neighbours, of a scan that hides behind somebody idle; made in the lab."""

import shutil

import label
import pcapfile
from group import NOISE, Group


class Forged(Group):
    def __init__(self, lab, quick=False, rounds=3):
        super().__init__(lab, quick, rounds)
        self.forger, self.neighbour = lab.container("forger", 99), lab.container("neighbour", 4)
        self.scanner, self.target = lab.places["scanner"], lab.places["target"]
        self.printer = lab.container("printer", 5)

    def made(self):
        for number in range(self.rounds):
            yield from self.sources(number)
            yield from self.neighbours(number)
            yield from self.idle(number)

    def sources(self, number):
        """Few packets to an open port, so that nothing else is to be found in them."""
        kinds = {
            "a neighbour's": ("hping3", "-q", "-n", "-S", "-p", "443", "-a", self.neighbour.address, "-i", "u100000", "-c", "8"),
            "somebody's who is not there": ("hping3", "-q", "-n", "-2", "-p", "53", "-a", "10.88.77.7", "-i", "u100000", "-c", "8"),
            "a group's": ("hping3", "-q", "-n", "-S", "-p", "80", "-a", "232.70.95.207", "-i", "u100000", "-c", "8"),
        }  # fmt: skip
        for word, (whose, command) in enumerate(kinds.items()):
            if not shutil.which("hping3") or self.quick and word:
                continue
            attack = f"packets with an address that is {whose}"
            what = label.Label(attack, ("spoofing.source",), "forger", None, NOISE, journal=True)
            yield self.seen(f"forged-source-{word}-{number}", what, self.forger.run, *command, self.target.address)
        if self.quick:
            return
        what = label.Label("packets with addresses of others, IPv6", ("spoofing.source",), "forger", None, NOISE, journal=True)
        words = ("forge-six", "fd88::", self.target.six, self.target.mac(), 8)
        yield self.seen(f"forged-source-six-{number}", what, self.forger.agent, *words)

    def neighbours(self, number):
        if self.quick:
            return
        for way, words in {"answer": "in an answer", "news": "to all", "question": "in a question"}.items():
            what = label.Label(f"ND: the gateway's address claimed {words}", ("spoofing.nd",), "forger", None, NOISE)
            agent = ("claim-six", "fd88::1", self.neighbour.six, self.neighbour.mac(), way, 4)
            yield self.seen(f"spoofing-nd-{way}-{number}", what, self.forger.agent, *agent)

    def idle(self, number):
        """Of the zombie our own answers count: its kernel must not answer, and has no way to. Also as others see it."""
        if self.quick or not shutil.which("nmap"):
            return
        ports = f"22,{100 + number * 40}-{130 + number * 40}"
        self.printer.run("ip", "route", "flush", "table", "main")
        rules, also = ("scan.vertical",), (*NOISE, "spoofing.source")
        what = label.Label("nmap -sI (idle, by a zombie)", rules, "scanner", None, also, hides=True)
        with self.serving(self.printer, "be-idle", self.printer.address):
            words = ["nmap", "-n", "-Pn", "-sI", f"{self.printer.address}:80", "-T4", "-p", ports, self.target.address]
            yield self.seen(f"scan-idle-{number}", what, self.scanner.run, *words)
        path, link = self.lab.folder / f"scan-idle-{number}.pcap", pcapfile.COOKED
        packets = pcapfile.read(path)[1]
        attack = "nmap -sI, seen by a capture of its target alone: it tells of the zombie"
        near = self.beside(path, "target", attack, self.printer.address, what.start)
        pcapfile.write(near, [packet for packet in packets if pcapfile.interface(packet[1]) == self.target.port()], link)
        yield near
        missed = "whose the interface is that it came by nobody knows, and what answers the zombie passes another one"
        far = self.beside(path, "bare", "nmap -sI, without a journal", self.scanner.address, what.start, missed)
        pcapfile.write(far, packets, link)
        yield far

    def beside(self, path, word, attack, source, start, missed=None):
        """Another capture of the same, without a journal, and its label."""
        path = path.with_stem(f"{path.stem}-{word}")
        label.Label(attack, ("scan.vertical",), source, start, NOISE, missed, hides=True).write(path)
        return path
