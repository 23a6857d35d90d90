"""Captures as "any" sees them: the same frames with an SLL2 header, each seen at one place or, over a bridge, at three."""

import json
import struct

#: What `Wire.add_bridge` makes a frame pass: interface index, and sll_pkttype of packet(7): to another host, or outgoing.
DEVICE = (3, 3)
BRIDGE = [(3, 3), (5, 4), (6, 3)]

#: LINKTYPE_LINUX_SLL2, tcpdump.org/linktypes.html
SLL2 = 276


def write(source, target, packets, loops, places=(DEVICE,), gap=5):
    """The first packets of an Ethernet capture, over and over as blast sends them, `gap` microseconds apart."""
    bodies = []
    with open(source, "rb") as file:
        file.seek(24)
        while len(bodies) < packets * len(places) and (record := file.read(16)):
            _, _, captured, wire = struct.unpack("<4I", record)
            frame = file.read(captured)
            for index, way in places:
                header = frame[12:14] + struct.pack("!HIHBB8s", 0, index, 1, way, 6, frame[6:12])
                lengths = struct.pack("<2I", captured + 6, wire + 6)
                bodies.append(lengths + header + frame[14:])
    with open(target, "wb") as file:
        file.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 262144, SLL2))
        time = 1_700_000_000_000_000
        for _ in range(loops):
            for number, body in enumerate(bodies):
                if number % len(places) == 0:
                    time += gap
                file.write(struct.pack("<2I", *divmod(time, 1_000_000)) + body)
    return len(bodies) * loops


def addresses():
    """Those of the generator's 4,096 clients and 512 servers."""
    clients = [f"10.244.{number // 250}.{number % 250 + 2}" for number in range(4096)]
    return clients + [f"10.244.{128 + number // 250}.{number % 250 + 2}" for number in range(512)]


def write_identity(target, links, home=1, began="2023-11-14T22:13:10Z"):
    """A journal of a host on which each of the generator's clients and servers is a container on one bridge, since `began`.

    `links` are the host's interfaces besides, each a name and an index. None of them leads to the containers, so that it is
    by their addresses that these are known.
    """
    lines = []

    def tell(change, **keys):
        lines.append({"@timestamp": began, "event": {"kind": "state"}, "portolan": {"change": change}, **keys})

    tell("host", host={"name": "bench", "netns": home})
    for name, index in links:
        tell("interface", interface={"ifindex": index, "netns": home, "name": name})
    bridge = {"ifindex": 9999, "netns": home}
    tell("interface", interface={**bridge, "name": "docker0", "kind": "bridge"})
    tell("address", interface={**bridge, "ip": "10.244.0.1", "prefix_length": 16})
    for number, address in enumerate(addresses()):
        inner = {"ifindex": 2, "netns": 1 << 32 | number}
        outer = {"ifindex": 10_000 + number, "netns": home}
        octets = [0x02, 0x42, *map(int, address.split("."))]
        hardware = ":".join(f"{octet:02x}" for octet in octets)
        names = {"name": f"veth{number}", "kind": "veth", "master": bridge["ifindex"]}
        tell("interface", interface={**outer, **names, "peer": inner})
        tell("interface", interface={**inner, "name": "eth0", "kind": "veth", "mac": hardware, "peer": outer})
        tell("address", interface={**inner, "ip": address, "prefix_length": 16})
        container = {"id": f"{number:064x}", "generation": 1, "netns": inner["netns"], "name": f"c{number}"}
        tell("container", container={**container, "runtime": "docker", "image": {"name": "bench/server:1"}})
    with open(target, "w", encoding="utf-8") as file:
        file.writelines(json.dumps(line) + "\n" for line in lines)
