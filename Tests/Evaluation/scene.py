"""A node and its pods, in which attacks are written packet by packet: on its bridge, or in an overlay on the wire."""

import ipaddress
import random

import journal
import packets
import pcapfile
from conversation import HALF, MILLISECOND, Connection, Line, whole

SECOND = 1_000_000_000
BEGINNING = 1_772_582_400 * SECOND
NODE = 4_026_531_840
BRIDGE = packets.host("02:10:00:00:00:01", "10.244.0.1")
NEAR, FAR = packets.host("02:30:00:00:00:01", "192.168.60.1"), packets.host("02:30:00:00:00:02", "192.168.60.2")


class TunnelLine(Line):
    """The same packets as they are seen on the wire between two nodes, in flannel's overlay."""

    ways = packets.Way(NEAR, FAR), packets.Way(FAR, NEAR)

    def add(self, time, frame, length=None):
        # What pods send has their addresses first.
        way = self.ways[frame[26:28] != b"\x0a\xf4"]
        super().add(time, packets.vxlan(way, 1, frame), None if length is None else length + 50)


class Scene:
    """A node and its pods, and what is said in it. Pods are there from an hour before on."""

    def __init__(self, seed, line=None):
        self.chance, self.line, self.port = random.Random(seed), line or Line(), 32_768
        self.book = journal.Journal("node-1", NODE, BEGINNING - 3600 * SECOND)
        self.book.interface(BEGINNING - 3600 * SECOND, NODE, 3, "cni0", kind="bridge", mac=BRIDGE.mac.hex(":"))
        self.book.address(BEGINNING - 3600 * SECOND, NODE, 3, "10.244.0.1", 24)
        time = BEGINNING - 3600 * SECOND
        mac = BRIDGE.mac.hex(":")
        self.book.interface(time, NODE, 2, "eth0", mac=NEAR.mac.hex(":"))
        self.book.address(time, NODE, 2, "192.168.60.1", 24)
        self.book.interface(time, NODE, 4, "flannel.1", kind="vxlan", mac=mac, vni=1, tunnel_port=4789)
        self.book.address(time, NODE, 4, "10.244.0.0", 32)
        self.book.remote(time, NODE, 4, "02:10:00:00:00:02", "192.168.60.2")
        self.count = 0

    def pod(self, name, image="example/app:1", since=BEGINNING - 3600 * SECOND, **keys):
        """A container in a pod of that name; `keys` are what else the journal says of it."""
        self.count += 1
        mac = bytes.fromhex("02100000") + (0x1000 + self.count).to_bytes(2, "big")
        host = packets.Host(mac, ipaddress.ip_address(f"10.244.0.{10 + self.count}").packed)
        time, space, index = since, 4_026_540_000 + self.count, 10 + self.count
        self.book.container(time, name, space, image, pod=name, namespace="shop", **keys)
        peer = {"ifindex": 2, "netns": space}
        self.book.interface(time, NODE, index, f"veth{self.count}", kind="veth", peer=peer, master=3)
        peer = {"ifindex": index, "netns": NODE}
        self.book.interface(time, space, 2, "eth0", kind="veth", mac=mac.hex(":"), peer=peer)
        self.book.address(time, space, 2, f"10.244.0.{10 + self.count}", 24)
        return host

    def namespace(self, host):
        """The network namespace of a pod."""
        return 4_026_540_000 + host.ip[3] - 10

    @staticmethod
    def outside(address):
        return packets.Host(BRIDGE.mac, ipaddress.ip_address(address).packed)

    def ports(self, port):
        self.port = self.port + 1 if self.port < 60_999 else 32_768
        return self.port, port

    def call(self, client, server, port, time, request, reply, size=0):
        whole(self.line, client, server, self.ports(port), time, request, reply, size, 100 * HALF, 3 * MILLISECOND)

    def write(self, path, label=None):
        path.write_bytes(pcapfile.header() + self.line.until(1 << 63))
        self.book.write(path.with_suffix(".jsonl"))
        if label:
            label.write(path)
