"""Overlays in which somebody speaks as another, and those into which nobody sees; written packet by packet.

The kernel at hand need not have WireGuard or IPsec, and but for their headers what they send is not to be told from random bytes:
RFC 4303, RFC 3948, and section 5.4 of WireGuard's paper.
"""

import struct

import packets
from conversation import MILLISECOND
from label import Label
from scene import BEGINNING, FAR, NEAR, NODE, SECOND, Scene

THIRD = packets.host("02:30:00:00:00:03", "192.168.60.3")
ESP = 50


def speak(scene, end, inner, pod, time):
    """One question of `inner`, that comes through the tunnel end `end`, and its answer."""
    port = scene.ports(0)[0]
    query, reply = packets.Way(inner, pod).udp(port, 7000, b"hello"), packets.Way(pod, inner).udp(7000, port, b"hello")
    scene.line.add(time, packets.vxlan(packets.Way(end, NEAR), 1, query))
    scene.line.add(time + MILLISECOND, packets.vxlan(packets.Way(NEAR, end), 1, reply))


def contested(scene, seed):
    """A container of one node, in whose name another node speaks, too: both are tunnel ends that are known."""
    pod = scene.pod("shop")
    scene.book.remote(BEGINNING - 3600 * SECOND, NODE, 4, "02:10:00:00:00:03", "192.168.60.3")
    inner = packets.host("02:10:00:00:02:05", "10.244.2.5")
    if seed % 3 == 2:
        pod = packets.Host(pod.mac, packets.host("00", "fd44::15").ip)
        inner = packets.host("02:10:00:00:02:05", "fd44:2::5")
    for number in range(12):
        speak(scene, FAR, inner, pod, BEGINNING + number * 10 * SECOND)
    start = BEGINNING + 200 * SECOND
    for number in range(3):
        speak(scene, THIRD, inner, pod, start + number * SECOND)
        speak(scene, FAR, inner, pod, start + 30 * SECOND + number * 10 * SECOND)
    word = ("", ", nothing known of the host", ", IPv6 inside")[seed % 3]
    return Label(f"VXLAN in the name of another node's container{word}", ("overlay.source",), "192.168.60.3", start)


def encrypted(scene, seed):
    """Half a minute of a tunnel between two nodes; one that a container begins is WireGuard's."""
    scene.pod("shop")
    noise, kind = scene.chance.randbytes, ("ESP", "WireGuard", "IPsec through NAT")[seed % 3]
    near, far = (scene.pod("vpn"), scene.outside("198.51.100.40")) if kind == "WireGuard" else (NEAR, FAR)
    ways = packets.Way(near, far), packets.Way(far, near)
    if kind == "WireGuard":
        hello, reply = struct.pack("<II", 1, 7) + noise(140), struct.pack("<III", 2, 9, 7) + noise(80)
        scene.line.add(BEGINNING, ways[0].udp(51_820, 51_820, hello))
        scene.line.add(BEGINNING + 20 * MILLISECOND, ways[1].udp(51_820, 51_820, reply))
    for number in range(60):
        time, way = BEGINNING + SECOND + number * 500 * MILLISECOND, ways[number % 2]
        sealed = struct.pack("!II", 0xC0FFEE00 + number % 2, number // 2 + 1) + noise(100 + 16 * scene.chance.randrange(20))
        if kind == "ESP":
            scene.line.add(time, way.packet(ESP, sealed))
        elif kind == "WireGuard":
            scene.line.add(time, way.udp(51_820, 51_820, struct.pack("<IIQ", 4, 7 + number % 2, number // 2) + sealed))
        else:
            scene.line.add(time, way.udp(4500, 4500, sealed))
    return Label(f"a tunnel nobody sees into: {kind}", ("blind_spot.overlay",), "vpn" if kind == "WireGuard" else "192.168.60.1")


KINDS = {"contested": contested, "encrypted": encrypted}


def write_all(folder, quick, rounds=3):
    for name, kind in KINDS.items():
        for seed in range(1 if quick else rounds):
            scene = Scene(seed)
            label, path = kind(scene, seed), folder / f"tunnel-{name}-{seed}.pcap"
            scene.write(path, label)
            if name == "contested" and seed % 3 == 1:
                path.with_suffix(".jsonl").unlink()
