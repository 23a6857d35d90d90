"""Attacks that take hours, or many hosts: written packet by packet, with the same labels as those of the lab."""

import packets
from conversation import HALF, MILLISECOND, Connection, lookup
from label import Label
from scene import BEGINNING, SECOND, Scene, TunnelLine

TLS = b"\x17\x03\x03\x00\xb0" + bytes(176)


def beacon(scene, seed):
    """A call home every so often, a day long, with as much jitter as is said to hide it; and what the container does anyway."""
    interval, jitter = ((60, 0.2), (30, 0.1), (120, 0.2), (300, 0.2), (60, 0.0))[seed % 5]
    source, home = scene.pod("implant"), scene.outside(f"198.51.100.{60 + seed}")
    time = BEGINNING
    while time < BEGINNING + 86_400 * SECOND:
        scene.call(source, home, 443, time, packets.client_hello(f"cdn{seed}.evil.example"), TLS, 40)
        time += int(interval * SECOND * (1 + scene.chance.uniform(-jitter, jitter)))
    chatter(scene, source, 86_400)
    return Label(f"beacon, {interval} s ± {jitter:.0%}", ("beacon.periodic",), "implant")


def chatter(scene, source, seconds):
    """What a container does by the day: requests to the shop's hosts, at random."""
    time = BEGINNING + 3 * SECOND
    servers = [scene.pod(f"shop-{number}") for number in range(5)]
    while time < BEGINNING + seconds * SECOND:
        scene.call(source, scene.chance.choice(servers), 8080, time, b"GET / HTTP/1.1\r\n\r\n", b"HTTP/1.1 200 OK\r\n\r\n", 900)
        time += int(scene.chance.expovariate(1 / 90) * SECOND)


def inner_beacon(scene, seed):
    """The same from one container to another, east-west."""
    source, home = scene.pod("implant"), scene.pod("relay")
    time = BEGINNING
    while time < BEGINNING + 43_200 * SECOND:
        scene.call(source, home, 4444, time, b"\x01" * 48, b"\x02" * 32)
        time += int(60 * SECOND * (1 + scene.chance.uniform(-0.2, 0.2)))
    chatter(scene, source, 43_200)
    return Label("beacon, 60 s ± 20%, east-west", ("beacon.periodic",), "implant")


def job_beacon(scene, seed):
    """A call home each minute, each by another pod of the same cron job."""
    home = scene.outside(f"198.51.100.{80 + seed}")
    for number in range(120):
        time = BEGINNING + number * 60 * SECOND
        source = scene.pod(f"sync-{29_542_000 + number}-{number % 10}xk7q", since=time)
        time += 3 * SECOND + scene.chance.randrange(SECOND)
        scene.call(source, home, 443, time, packets.client_hello("cdn.evil.example"), TLS, 40)
    missed = "each call is another container's, and each of those calls once"
    return Label("a beacon by the pods of a cron job", ("beacon.periodic",), None, missed=missed)


def exfiltration(scene, seed):
    """A little goes out each hour for thirty hours, and then a gigabyte within minutes."""
    source, place = scene.pod("exporter"), scene.outside("198.51.100.90")
    for hour in range(30):
        time = BEGINNING + (hour * 3600 + scene.chance.randrange(1200)) * SECOND
        connection = Connection(scene.line, source, place, *scene.ports(443), 100 * HALF)
        time = connection.exchange(connection.begin(time), packets.client_hello("store.example.net"), TLS)
        connection.end(connection.send(time, 2_000_000 + scene.chance.randrange(2_000_000)))
    start = BEGINNING + (30 * 3600 + 900) * SECOND
    target = scene.outside(f"203.0.113.{70 + seed}")
    connection = Connection(scene.line, source, target, *scene.ports(443), 100 * HALF)
    time = connection.exchange(connection.begin(start), packets.client_hello("drop.example.org"), TLS)
    connection.end(connection.send(time, 1_200_000_000))
    # What goes out each hour is a beacon as well.
    return Label("1.2 GB sent out", ("exfiltration.volume",), "exporter", start, also=("beacon.periodic",))


def shared_scan(scene, seed, sources, each):
    """Many containers of one deployment, each trying a few ports of one host."""
    target, time = scene.pod("target"), BEGINNING
    for number in range(sources):
        source = scene.pod(f"part-{number}")
        for port in scene.chance.sample(range(1, 10_000), each):
            time += scene.chance.randrange(5 * SECOND)
            Connection(scene.line, source, target, *scene.ports(port)).refused(time)
    rules = ("scan.vertical", "scan.block")
    missed = "each source has fewer than five failures" if each < 5 else None
    return Label(f"a scan by {sources} sources, {each} contacts each", rules, None, missed=missed)


def wide_scan(scene, seed):
    """As zmap and masscan do it: all hosts of a network in no order, one port or several; a few answer."""
    source, ports = scene.pod("sprayer"), (443,) if seed % 2 == 0 else (22, 23, 80, 443, 2375, 3389, 6379, 8080)
    probes = [(host, port) for host in range(1, 255) for port in ports]
    scene.chance.shuffle(probes)
    for number, (host, port) in enumerate(probes[:400]):
        time = BEGINNING + number * 2 * MILLISECOND
        target = scene.outside(f"198.51.100.{host}")
        attempt = Connection(scene.line, source, target, 61_000, port, 200 * HALF)
        if scene.chance.random() < 0.05:
            attempt.begin(time)
        else:
            attempt.unanswered(time, 1)
    if len(ports) == 1:
        return Label("zmap's pattern: a port of all hosts", ("scan.horizontal",), "sprayer")
    rules = ("scan.block", "scan.horizontal", "scan.vertical")
    return Label("masscan's pattern: ports of all hosts", rules, "sprayer")


def amplified(scene, seed):
    """Answers that nobody asked for, from many servers at once: a container is the victim."""
    victim = scene.pod("victim")
    port, size = ((53, 1200), (123, 440), (11211, 1300), (389, 1400), (1900, 320))[seed % 5]
    for number in range(60):
        server = scene.outside(f"198.51.100.{100 + number}")
        way = packets.Way(server, victim)
        body = packets.answer(packets.question(7, "any.example", 255), [(16, bytes(size - 60))]) if port == 53 else bytes(size)
        for repeat in range(120):
            scene.line.add(BEGINNING + number * 40_000 + repeat * 60 * MILLISECOND, way.udp(port, 40_000 + seed, body))
    return Label(f"answers of port {port} that nobody asked for", ("amplification.answers",), None)


def amplifier(scene, seed):
    """A container answers small questions, whose sender is forged, with large answers."""
    server, victim = scene.pod("open-resolver"), scene.outside(f"198.51.100.{200 + seed}")
    up, down = packets.Way(victim, server), packets.Way(server, victim)
    for number in range(3000):
        time = BEGINNING + number * 3 * MILLISECOND
        query = packets.question(number, "example.org", 255)
        scene.line.add(time, up.udp(1024 + number % 60_000, 53, query))
        reply = packets.answer(query, [(16, bytes(1300))])
        scene.line.add(time + MILLISECOND, down.udp(53, 1024 + number % 60_000, reply))
    return Label("a container's resolver used as amplifier", ("amplification.answers",), None)


def reflected(scene, seed):
    """SYN-ACKs from many servers to a container that asked none of them."""
    victim = scene.pod("victim")
    for number in range(3000):
        server = scene.outside(f"198.51.{100 + number % 100}.{1 + number % 250}")
        ports = 443 << 16 | 1024 + number
        time = BEGINNING + number * MILLISECOND
        scene.line.add(time, packets.Way(server, victim).tcp(ports, number, 77, packets.SYN | packets.ACK))
        back = (1024 + number) << 16 | 443
        scene.line.add(time + HALF, packets.Way(victim, server).tcp(back, 77, 0, packets.RST))
    return Label("SYN-ACK reflection", ("flood.reflection",), None)


def metadata(scene, seed):
    source, service = scene.pod("curious"), scene.outside("169.254.169.254")
    request = b"GET /latest/meta-data/iam/security-credentials/ HTTP/1.1\r\nHost: 169.254.169.254\r\n\r\n"
    scene.call(source, service, 80, BEGINNING, request, b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nrole")
    return Label("a cloud's metadata service asked", ("destination.metadata",), "curious")


def mining(scene, seed):
    source, pool = scene.pod("miner"), scene.outside(f"198.51.100.{30 + seed}")
    connection = Connection(scene.line, source, pool, *scene.ports((3333, 4444, 14444, 5555, 7777)[seed % 5]), 100 * HALF)
    request = b'{"id":1,"method":"mining.subscribe","params":["miner/1.0"]}\n'
    reply = b'{"id":1,"result":[[["mining.notify","ae6812eb"]],"08000002",4],"error":null}\n'
    time = connection.exchange(connection.begin(BEGINNING), request, reply)
    for number in range(20):
        share = b'{"id":%d,"method":"mining.submit","params":["w","bf","00000001","504e86ed","b2957c02"]}\n' % (number + 4)
        time = connection.exchange(time + 30 * SECOND, share, b'{"id":4,"result":true,"error":null}\n')
    connection.end(time)
    return Label("a mining pool's protocol", ("destination.mining",), "miner", also=("beacon.periodic",))


def management(scene, seed):
    source, target = scene.pod("climber"), scene.outside("10.0.0.20")
    port, path = ((2375, "/containers/json"), (10255, "/pods"), (2379, "/v2/keys"))[seed % 3]
    request = f"GET {path} HTTP/1.1\r\nHost: 10.0.0.20\r\n\r\n".encode()
    scene.call(source, target, port, BEGINNING, request, b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]", 900)
    return Label(f"management in the clear, port {port}", ("plaintext.management",), "climber")


def encrypted_names(scene, seed):
    source, server = scene.pod("hidden"), scene.outside(("9.9.9.9", "1.1.1.1", "8.8.8.8")[seed % 3])
    name = ("dns.quad9.net", "cloudflare-dns.com", "dns.google")[seed % 3]
    port = (853, 443)[seed % 2]
    for number in range(5):
        scene.call(source, server, port, BEGINNING + number * SECOND, packets.client_hello(name), TLS, 200)
    lookup(scene.line, source, server, 40_000, "example.com", BEGINNING)
    return Label(f"a public resolver, encrypted, port {port}", ("dns.encrypted",), "hidden", also=("dns.resolver",))


def shell(scene, seed):
    """A listener at port 22 in a container, ten minutes after it began."""
    scene.pod("opened")
    time = BEGINNING + 600 * SECOND
    scene.book.listener(time, 4_026_540_001, 6, "0.0.0.0", 22)
    source, target = scene.pod("client"), scene.pod("server")
    for number in range(20):
        scene.call(source, target, 8080, BEGINNING + number * 60 * SECOND, b"GET / HTTP/1.1\r\n\r\n", b"HTTP/1.1 200 OK\r\n\r\n")
    return Label("ssh listens in a container", ("listener.ssh",), "opened", also=("listener.new",))


KINDS = {
    "beacon": beacon, "beacon-inner": inner_beacon, "beacon-job": job_beacon,
    "exfiltration": exfiltration, "amplified": amplified,
    "amplifier": amplifier, "reflected": reflected, "metadata": metadata, "mining": mining, "management": management,
    "encrypted-names": encrypted_names, "shell": shell, "wide": wide_scan,
    "shared-20x4": lambda scene, seed: shared_scan(scene, seed, 20, 4),
    "shared-10x8": lambda scene, seed: shared_scan(scene, seed, 10, 8),
}  # fmt: skip
# Those of which each seed is another one.
VARIED = ("beacon", "amplified", "wide", "mining")
# Those that are seen in an overlay as well.
TUNNELLED = ("beacon", "reflected", "amplified", "shared-10x8", "wide", "metadata")


def write_all(folder, quick, rounds=3):
    """All kinds, each with several seeds."""
    for name, kind in KINDS.items():
        for seed in range(1 if quick else 5 if name in VARIED else rounds):
            scene = Scene(seed)
            label = kind(scene, seed)
            scene.write(folder / f"{name}-{seed}.pcap", label)
    for name in () if quick else TUNNELLED:
        for seed in range(rounds):
            scene = Scene(seed, TunnelLine())
            label = KINDS[name](scene, seed)
            label.attack += ", in VXLAN"
            scene.write(folder / f"vxlan-{name}-{seed}.pcap", label)
