"""A host, its containers and what is outside, made of namespaces of the kernel, in which attacks are real.

Runs in a network, mount and process namespace of its own (`isolated`): nothing leads out of it, and all of it is gone when
the process ends. That namespace is the host. Containers stand on its bridge, 10.88.0.0/16 and fd88::/64; 198.51.100.0/24 is
outside, and nobody there answers but those who are asked to.
"""

import contextlib
import json
import os
import pathlib
import select
import shutil
import signal
import subprocess
import sys
import time

import journal
import pcapfile

AGENTS = pathlib.Path(__file__).with_name("agents.py")
NEEDED = ("ip", "tcpdump", "unshare", "nsenter", "sysctl")


def isolated(arguments):
    """The command that runs this Python with those arguments in namespaces of its own, and ends all when it ends."""
    return [
        "unshare", "--mount", "--net", "--pid", "--fork", "--kill-child", "--mount-proc", sys.executable, *arguments
    ]  # fmt: skip


def lacking(tools=NEEDED):
    """What is not there that a lab needs; None when nothing lacks."""
    if os.geteuid() != 0:
        return "root"
    return next((tool for tool in tools if not shutil.which(tool)), None)


def run(*command, **options):
    return subprocess.run([str(word) for word in command], check=True, capture_output=True, text=True, **options).stdout


class Place:
    """A namespace with an address. `name` is the container's, or the other host's."""

    def __init__(self, name, address, six):
        self.name, self.address, self.six = name, address, six
        self.inode = os.stat(f"/run/netns/{name}").st_ino

    def command(self, *words):
        return ["nsenter", f"--net=/run/netns/{self.name}", *map(str, words)]

    def run(self, *words, seconds=120, check=False):
        """Runs a command there to its end, or for so long; attack tools end with all kinds of codes."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            return subprocess.run(self.command(*words), check=check, capture_output=True, text=True, timeout=seconds)

    def mac(self):
        return json.loads(run("ip", "-n", self.name, "-j", "link", "show", "eth0"))[0]["address"]

    def port(self):
        """The number of the host's interface that leads there."""
        return json.loads(run("ip", "-n", self.name, "-j", "link", "show", "eth0"))[0]["link_index"]

    def agent(self, *words, seconds=60):
        return self.run(sys.executable, AGENTS, *words, seconds=seconds)


class Lab:
    """The host in whose namespaces this process runs."""

    def __init__(self, folder):
        if len(json.loads(run("ip", "-j", "link"))) != 1:
            sys.exit("This is somebody's network, and not a namespace made for a lab.")
        run("mount", "-t", "tmpfs", "lab", "/run")
        self.folder, self.places, self.serving = folder, {}, []
        self.inode = os.stat("/proc/self/ns/net").st_ino
        # More than one interface may be the same bridge's; answers to forged addresses may go astray.
        run("sysctl", "-qw", "net.ipv4.ip_forward=1", "net.ipv6.conf.all.forwarding=1", "net.ipv4.conf.all.rp_filter=0",
            "net.ipv4.conf.default.rp_filter=0", "net.ipv4.icmp_ratelimit=0", "net.ipv6.icmp.ratelimit=0")  # fmt: skip
        run("ip", "link", "set", "lo", "up")
        self.bridge("pods", "10.88.0.1/16", "fd88::1/64")

    def bridge(self, name, *addresses):
        run("ip", "link", "add", name, "type", "bridge")
        run("ip", "link", "set", name, "up")
        for address in addresses:
            run("ip", "addr", "add", address, "dev", name, *(["nodad"] if ":" in address else []))

    def _namespace(self, name, bridge, addresses):
        run("ip", "netns", "add", name)
        port = f"v{len(self.places)}-{name}"[:15]
        run("ip", "link", "add", port, "type", "veth", "peer", "name", "eth0", "netns", name)
        run("ip", "link", "set", port, "up", *(["master", bridge] if bridge else []))
        run("ip", "-n", name, "link", "set", "lo", "up")
        run("ip", "-n", name, "link", "set", "eth0", "up")
        for address in addresses:
            run("ip", "-n", name, "addr", "add", address, "dev", "eth0", *(["nodad"] if ":" in address else []))
        run("ip", "netns", "exec", name, "sysctl", "-qw", "net.ipv4.icmp_ratelimit=0", "net.ipv6.icmp.ratelimit=0")
        return port

    def container(self, name, number, bridge="pods", network="10.88.0", six="fd88:"):
        """A container with the address that ends so; on the host's bridge it has ways out."""
        addresses = [f"{network}.{number}/16", f"{six}:{number}/64"]
        self._namespace(name, bridge, addresses)
        if bridge == "pods":
            run("ip", "-n", name, "route", "add", "default", "via", "10.88.0.1")
            run("ip", "-n", name, "route", "add", "default", "via", "fd88::1")
        place = Place(name, f"{network}.{number}", f"{six}:{number}")
        place.is_container = True
        self.places[name] = place
        return place

    def outside(self, name="outside", number=1):
        """A host that is reached by 203.0.113.0/24, and by which all of 198.51.100.0/24 is."""
        port = self._namespace(name, None, [f"203.0.113.{number}/24", "198.51.100.53/32"])
        run("ip", "addr", "add", "203.0.113.254/24", "dev", port)
        run("ip", "route", "add", "198.51.100.0/24", "via", f"203.0.113.{number}")
        run("ip", "-n", name, "route", "add", "10.88.0.0/16", "via", "203.0.113.254")
        run("ip", "-n", name, "route", "add", "blackhole", "198.51.100.0/24")
        place = Place(name, f"203.0.113.{number}", None)
        place.is_container = False
        self.places[name] = place
        return place

    def overlay(self):
        """A second node on a wire, VNI 7 between it and this host, and a stranger on the wire: (container, node, stranger).

        What is in the overlay has addresses in 10.99.0.0/16; of the other node it is the node itself that answers.
        """
        self.bridge("wire", "192.168.60.1/24")
        self.bridge("ov0")
        ends = []
        for name, number in (("node-2", 2), ("stranger", 9)):
            self._namespace(name, "wire", [f"192.168.60.{number}/24"])
            place = Place(name, f"192.168.60.{number}", None)
            place.is_container = False
            self.places[name] = place
            ends.append(place)
        tunnel = ["type", "vxlan", "id", "7", "dstport", "4789", "nolearning"]
        run("ip", "link", "add", "vxlan7", *tunnel, "local", "192.168.60.1", "remote", "192.168.60.2")
        run("ip", "link", "set", "vxlan7", "master", "ov0", "up")
        far = ["ip", "-n", "node-2"]
        run(*far, "link", "add", "vxlan7", *tunnel, "local", "192.168.60.2", "remote", "192.168.60.1")
        run(*far, "link", "set", "vxlan7", "address", "02:99:00:00:00:02", "up")
        run(*far, "addr", "add", "10.99.0.2/16", "dev", "vxlan7")
        run("bridge", "fdb", "replace", "02:99:00:00:00:02", "dev", "vxlan7", "dst", "192.168.60.2")
        container = self.container("tenant", 66, "ov0", "10.99.0", "fd99:")
        return container, *ends

    def serve(self, place, *words):
        """Starts an agent that answers there, and waits until it does."""
        process = subprocess.Popen(place.command(sys.executable, AGENTS, *words), stdout=subprocess.PIPE, text=True)
        self.serving.append(process)
        if not process.stdout.readline():
            sys.exit(f"nobody answers in {place.name}: {' '.join(map(str, words))}")
        return process

    @contextlib.contextmanager
    def capture(self, name, settle=0.2, size=256):
        """What all interfaces of the host see, in `name`.pcap, with the journal beside it; goes on for `settle` seconds."""
        path = self.folder / f"{name}.pcap"
        process = subprocess.Popen(
            ["tcpdump", "-i", "any", "-y", "LINUX_SLL2", "-n", "-s", str(size), "-B", "16384", "-w", path,
             "--time-stamp-precision=nano", "--immediate-mode", "-Z", "root"],
            stderr=subprocess.PIPE,
        )  # fmt: skip
        said = b""
        while b"listening" not in said:
            piece = os.read(process.stderr.fileno(), 4096) if select.select([process.stderr], [], [], 30)[0] else b""
            if not piece:
                sys.exit(f"tcpdump does not begin: {said.decode(errors='replace')}")
            said += piece
        try:
            yield path
            time.sleep(settle)
        finally:
            process.send_signal(signal.SIGINT)
            process.communicate()
        self.journal(path)

    def journal(self, path):
        """Writes who was who, from a minute before the capture on."""
        packets = pcapfile.read(path)[1]
        began = (packets[0][0] if packets else time.time_ns()) - 60_000_000_000
        book = journal.Journal("node-1", self.inode, began)
        spaces = {None: self.inode} | {place.name: place.inode for place in self.places.values() if place.is_container}
        numbers = {}
        links = {name: json.loads(run("ip", *(["-n", name] if name else []), "-j", "-d", "addr")) for name in spaces}
        for name, all_links in links.items():
            for link in all_links:
                numbers[name, link["ifname"]] = link["ifindex"]
        # The number that a namespace has for another one is looked up by the veth that leads there.
        owners = {port: name for name in spaces if name for port in numbers if port[0] is None and _leads(port[1], name)}
        for (_, port), name in owners.items():
            numbers[None, port, "peer"] = {"ifindex": numbers[name, "eth0"], "netns": spaces[name]}
            numbers[name, "eth0", "peer"] = {"ifindex": numbers[None, port], "netns": self.inode}
        for place in self.places.values():
            if place.is_container:
                book.container(began, place.name, place.inode)
        for name, all_links in links.items():
            for link in all_links:
                self._describe(book, began, spaces[name], name, link, numbers)
        for entry in json.loads(run("bridge", "-j", "fdb")):
            if "dst" in entry and entry["mac"] != "00:00:00:00:00:00":
                book.remote(began, self.inode, numbers[None, entry["ifname"]], entry["mac"], entry["dst"])
        book.write(path.with_suffix(".jsonl"))

    def _describe(self, book, time, inode, name, link, numbers):
        detail = link.get("linkinfo", {})
        data = detail.get("info_data", {})
        is_vxlan = detail.get("info_kind") == "vxlan"
        book.interface(
            time, inode, link["ifindex"], link["ifname"], kind=detail.get("info_kind"), mac=link.get("address"),
            peer=numbers.get((name, link["ifname"], "peer")), master=numbers.get((name, link.get("master"))),
            vni=data.get("id") if is_vxlan else None, tunnel_port=data.get("port") if is_vxlan else None,
        )  # fmt: skip
        for address in link.get("addr_info", []):
            book.address(time, inode, link["ifindex"], address["local"], address["prefixlen"])


def _leads(port, name):
    return port.startswith("v") and port.partition("-")[2] == name[: len(port.partition("-")[2])] and "-" in port


def addresses(*places):
    """As they stand in packets."""
    import ipaddress

    texts = [text for place in places for text in (place.address, place.six) if text]
    return {ipaddress.ip_address(text).packed for text in texts}
