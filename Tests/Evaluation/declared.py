"""Attacks that only a declaration tells from what is meant: levels, ways out, feeds, images, resolvers, tunnel ends.

Each has its policy beside it, in `NAME.yaml`. The same captures with the shipped policy, which declares nothing, must be quiet.
"""

import ipaddress

import packets
from conversation import HALF, lookup
from label import Label
from made import TLS
from scene import BEGINNING, SECOND, Scene

PAGE = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
GET = b"GET / HTTP/1.1\r\nHost: service\r\n\r\n"


def crossing(scene, seed, folder):
    """What is public calls the database, past the interface by which the shop may."""
    edge, shop, store = scene.pod("edge"), scene.pod("shop"), scene.pod("store", "example/postgres:16")
    for number in range(10):
        time = BEGINNING + number * 20 * SECOND
        scene.call(edge, shop, 8080, time, GET, PAGE)
        scene.call(shop, store, 5432, time + SECOND, b"\0\0\0\x08\x04\xd2\x16\x2f", b"N")
    start = BEGINNING + 300 * SECOND
    scene.call(edge, store, 5432, start, b"\0\0\0\x08\x04\xd2\x16\x2f", b"N")
    policy = """\
sensitivity:
  levels: [public, internal, restricted]
  rules:
    - {level: public, name: edge}
    - {level: internal, name: shop}
    - {level: restricted, image: "*/postgres:*"}
interfaces:
  - {from: public, to: internal, protocol: tcp, ports: 8080}
  - {from: internal, to: restricted, protocol: tcp, ports: 5432}
"""
    return Label("levels crossed", ("crossing.undeclared",), "edge", start), policy


def egress(scene, seed, folder):
    """One container may go out to one place; another one does, and to another one."""
    backup, other = scene.pod("backup"), scene.pod("web")
    for number in range(5):
        time = BEGINNING + number * 60 * SECOND
        scene.call(backup, scene.outside("192.0.2.10"), 443, time, packets.client_hello("backup.example.net"), TLS)
    start = BEGINNING + 400 * SECOND
    scene.call(other, scene.outside(f"198.51.100.{20 + seed}"), 443, start, packets.client_hello("paste.example.org"), TLS)
    policy = "egress:\n  - {source: {name: backup}, to: [192.0.2.0/24], protocol: tcp, ports: 443}\n"
    return Label("a way outside that is not declared", ("egress.undeclared",), "web", start), policy


def listed(scene, seed, folder):
    """A destination on a feed: by its address, by the name it was looked up by, by the name in the greeting."""
    source, resolver, quiet = scene.pod("infected"), scene.pod("coredns"), scene.outside("192.0.2.44")
    scene.call(source, quiet, 443, BEGINNING, packets.client_hello("good.example.com"), TLS)
    start = BEGINNING + 60 * SECOND
    address = ("203.0.113.66", "198.51.100.33", "198.51.100.34")[seed % 3]
    greeting = ("www.example.com", "www.example.com", "c2.bad.example")[seed % 3]
    if seed % 3 == 1:
        record = [(1, ipaddress.ip_address(address).packed)]
        lookup(scene.line, source, resolver, 40_001, "c2.bad.example", start, record)
    scene.call(source, scene.outside(address), 443, start + SECOND, packets.client_hello(greeting), TLS)
    feeds = {"addresses": "203.0.113.64/28\n", "domains": "bad.example\n"}
    lines = ["feeds:\n"]
    for kind, text in feeds.items():
        file = folder / f"listed-{seed}.{kind}.txt"
        file.write_text(text)
        lines.append(f"  - {{name: {kind}, file: {file}, format: {kind}}}\n")
    by = ("its address", "a name that was looked up", "the name in its greeting")[seed % 3]
    return Label(f"a listed destination, by {by}", ("destination.listed",), "infected", start), "".join(lines)


def image(scene, seed, folder):
    good, bad = scene.pod("shop"), scene.pod("stranger", "docker.io/evil/tool:latest")
    scene.call(good, bad, 8080, BEGINNING, GET, PAGE)
    return Label("an image that is not approved", ("rogue.image",), "stranger"), "approved_images: [example/*]\n"


def resolver(scene, seed, folder):
    """Names asked of others than the resolver that is declared."""
    source, known, foreign = scene.pod("asker"), scene.pod("coredns"), scene.outside(("8.8.8.8", "9.9.9.9")[seed % 2])
    record = [(1, ipaddress.ip_address("198.51.100.7").packed)]
    for number in range(5):
        lookup(scene.line, source, known, 40_000 + number, "api.example.com", BEGINNING + number * SECOND, record)
    start = BEGINNING + 60 * SECOND
    for number in range(5):
        time = start + number * SECOND
        lookup(scene.line, source, foreign, 41_000 + number, "api.example.com", time, record, half=50 * HALF)
    policy = f"resolvers: [{ipaddress.ip_address(known.ip)}]\n"
    return Label("a resolver that is not declared", ("dns.resolver",), "asker", start), policy


def plaintext(scene, seed, folder):
    """Levels may meet, and what they say is in the clear."""
    edge, shop = scene.pod("edge"), scene.pod("shop")
    request, reply = ((GET, PAGE), (b"PING\r\n", b"+PONG\r\n"), (b"get session\r\n", b"END\r\n"))[seed % 3]
    port = (8080, 6379, 11211)[seed % 3]
    scene.call(edge, shop, port, BEGINNING, request, reply)
    policy = """\
sensitivity:
  rules: [{level: public, name: edge}, {level: internal, name: shop}]
interfaces: [{from: public, to: internal, protocol: tcp, ports: [8080, 6379, 11211]}]
"""
    name = ("HTTP", "Redis", "memcached")[seed % 3]
    return Label(f"{name} in the clear, between levels", ("plaintext.crossing",), "edge"), policy


KINDS = {
    "crossing": crossing, "egress": egress, "listed": listed, "image": image, "resolver": resolver, "plaintext": plaintext,
}  # fmt: skip


def write_all(folder, quick, rounds=3):
    for name, kind in KINDS.items():
        for seed in range(1 if quick else rounds):
            scene = Scene(seed)
            label, policy = kind(scene, seed, folder)
            path = folder / f"declared-{name}-{seed}.pcap"
            scene.write(path, label)
            path.with_suffix(".yaml").write_text(policy)
