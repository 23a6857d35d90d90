"""flows.py [--vni] CAPTURE : the flows of a capture as tshark sees them, which our own decoding is held against.

One line a flow, tab separated, sorted: protocol, address A, port A, address B, port B, packets, bytes. A is the lower
of the two ends. A packet belongs to the innermost IP header it carries; one quoted in an ICMP error is not carried, and
a tunnel packet without IP inside (ARP) counts for the tunnel. Bytes are IP total lengths. A later fragment counts for
its datagram. `--vni` adds the VXLAN network, and keeps flows of different networks apart.
"""

import ipaddress
import subprocess
import sys

FIELDS = [
    "frame.protocols", "ip.src", "ip.dst", "ip.len", "ip.id", "ip.frag_offset", "ipv6.src", "ipv6.dst", "ipv6.plen",
    "tcp.srcport", "tcp.dstport", "udp.srcport", "udp.dstport", "ip.proto", "vxlan.vni",
]  # fmt: skip
NAMES = {"1": "icmp", "6": "tcp", "17": "udp"}


def packets(capture):
    """Each packet's layers, outermost first, and each field's values in the same order."""
    command = ["tshark", "-n", "-r", capture, "-T", "fields", "-E", "occurrence=a", "-E", "aggregator=,"]
    command += ["-d", "udp.port==8472,vxlan", "-o", "ip.defragment:FALSE", "-o", "tcp.desegment_tcp_streams:FALSE"]
    command += [word for field in FIELDS for word in ("-e", field)]
    lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    for line in lines:
        values = dict(zip(FIELDS, line.split("\t")))
        layers = values.pop("frame.protocols").split(":")
        yield layers, {field: value.split(",") for field, value in values.items()}


def carried(layers):
    """Up to the first ICMP header: what follows it is a quotation."""
    for place, layer in enumerate(layers):
        if layer in ("icmp", "icmpv6"):
            return layers[: place + 1]
    return layers


def order(end):
    return ipaddress.ip_address(end[0]), end[1]


def main(capture, by_network):
    flows, datagrams = {}, {}
    for layers, values in packets(capture):
        layers = carried(layers)
        headers = [place for place, layer in enumerate(layers) if layer in ("ip", "ipv6")]
        if not headers:
            continue
        family = layers[headers[-1]]
        nth = layers.count(family) - 1
        source, destination = values[f"{family}.src"][nth], values[f"{family}.dst"][nth]
        length = int(values["ip.len"][nth]) if family == "ip" else 40 + int(values["ipv6.plen"][nth])
        above = [layer for layer in layers[headers[-1] + 1 :] if not layer.startswith("ipv6.")]
        transport, ports = above[0] if above else "", (0, 0)
        if transport in ("tcp", "udp"):
            last = layers[: headers[-1] + 1].count(transport)
            ports = int(values[f"{transport}.srcport"][last]), int(values[f"{transport}.dstport"][last])
        if family == "ip":
            transport = NAMES.get(values["ip.proto"][nth], values["ip.proto"][nth])
            datagram = source, destination, transport, values["ip.id"][nth]
            if int(values["ip.frag_offset"][nth]) == 0:
                datagrams[datagram] = ports
            else:
                ports = datagrams.get(datagram, (0, 0))
        ends = sorted([(source, ports[0]), (destination, ports[1])], key=order)
        network = values["vxlan.vni"][-1] if by_network else None
        count = flows.setdefault((transport, *ends[0], *ends[1], network), [0, 0])
        count[0] += 1
        count[1] += length
    rows = [[*key[:5], *count, *key[5:]] if by_network else [*key[:5], *count] for key, count in flows.items()]
    print("\n".join(sorted("\t".join(map(str, row)) for row in rows)))


if __name__ == "__main__":
    main(sys.argv[-1], "--vni" in sys.argv[1:-1])
