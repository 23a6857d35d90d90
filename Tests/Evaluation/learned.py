"""What a container does that its workload did not while a baseline was learned: learned by the program, of an hour before.

The baseline is beside the policy that names it, in `learned/`, with the capture it was learned of. With the shipped policy,
which names none, the same captures must be quiet; and so must another hour like the first, with it.
"""

import ipaddress
import subprocess

import packets
from conversation import lookup
from declared import GET, PAGE
from label import Label
from made import TLS
from scene import BEGINNING, SECOND, Scene

REPLICAS, HOUR = 30, 3600 * SECOND
# What the attack adds to the second hour begins here.
START = BEGINNING + 7200 * SECOND + 1500 * SECOND
SQL, YES = b"\0\0\0\x08\x04\xd2\x16\x2f", b"N"


class Shop:
    """A few workloads, and an hour of what they do."""

    def __init__(self, seed):
        self.scene = Scene(seed)
        pod = self.scene.pod
        self.edge, self.shop, self.store = pod("edge"), pod("shop"), pod("store", "example/store:16")
        self.names = pod("coredns")
        self.caches = [pod(f"cache-{number}", "example/cache:7") for number in range(REPLICAS)]
        self.stranger = pod("stranger")
        self.payments = self.scene.outside("198.51.100.7")

    def look_up(self, name, time, address="198.51.100.7"):
        answers = [(1, ipaddress.ip_address(address).packed)] if address else []
        lookup(self.scene.line, self.shop, self.names, self.scene.ports(53)[0], name, time, answers)

    def hour(self, time):
        """A minute like the other, but for the caches that are asked, and for who pays: by the clock that would be a beacon."""
        call, chance = self.scene.call, self.scene.chance
        for minute in range(60):
            at = time + minute * 60 * SECOND + chance.randrange(SECOND)
            call(self.edge, self.shop, 8080, at, GET, PAGE)
            call(self.shop, self.store, 5432, at + SECOND, SQL, YES)
            if chance.random() < 0.4:
                pays = at + chance.randrange(50 * SECOND)
                self.look_up("pay.example.com", pays)
                call(self.shop, self.payments, 443, pays + SECOND, packets.client_hello("pay.example.com"), TLS)
            for number, cache in enumerate(chance.sample(self.caches, 4)):
                call(self.shop, cache, 6379, at + (4 + number) * SECOND, b"PING\r\n", b"+PONG\r\n")


def nothing(shop, seed):
    return Label("another hour of the same, watched by its baseline")


def destination(shop, seed):
    """Somebody else is called: inside, outside by a name, outside by an address."""
    call, far = shop.scene.call, shop.scene.outside("203.0.113.9")
    if seed % 3 == 0:
        call(shop.shop, shop.stranger, 9000, START, GET, PAGE)
    else:
        call(shop.shop, far, 443, START, packets.client_hello("drop.example.org") if seed % 3 == 1 else b"\1\2", TLS)
    who = ("another workload", "a name outside", "an address outside")[seed % 3]
    return Label(f"a call that the profile has not, to {who}", ("baseline.destination",), "shop", START)


def service(shop, seed):
    port = (22, 8086, 3306)[seed % 3]
    shop.scene.call(shop.shop, shop.store, port, START, b"\1\2\3\4", b"\5\6")
    # Its answer is a listener that the profile of the one who answers has not.
    return Label(
        "a service that the profile has not, of somebody it has", ("baseline.service",), "shop", START, ("baseline.listener",)
    )  # fmt: skip


def name(shop, seed):
    shop.look_up(("c2.example.org", "paste.example.net", "pool.example.io")[seed % 3], START, "203.0.113.50")
    return Label("a name looked up that the profile has not", ("baseline.name",), "shop", START)


def fan_out(shop, seed):
    """All of them within a minute, each answering: so no scan."""
    for number, cache in enumerate(shop.caches):
        shop.scene.call(shop.shop, cache, 6379, START + number * SECOND, b"PING\r\n", b"+PONG\r\n")
    return Label("more peers in a minute than the profile has", ("baseline.fanout",), "shop", START)


def listener(shop, seed):
    """A port that answers; one that waits, which the journal tells; one on UDP that answers."""
    scene = shop.scene
    if seed % 3 == 0:
        scene.call(shop.edge, shop.store, 4444, START, b"id\n", b"uid=0\n")
    elif seed % 3 == 1:
        scene.book.listener(START, scene.namespace(shop.store), 6, "0.0.0.0", 4444)
    else:
        ways = packets.Way(shop.edge, shop.store), packets.Way(shop.store, shop.edge)
        for number, way in enumerate(ways):
            ports = (40_000, 5353) if number == 0 else (5353, 40_000)
            scene.line.add(START + number * SECOND // 1000, way.udp(*ports, b"\1\2\3\4"))
    what = ("answers", "waits", "answers by UDP")[seed % 3]
    also = ("baseline.destination", "listener.new")
    return Label(f"a service that {what} and that the profile has not", ("baseline.listener",), "store", START, also)


KINDS = {
    "nothing": nothing, "destination": destination, "service": service, "name": name, "fanout": fan_out, "listener": listener,
}  # fmt: skip


def learn(program, folder, seed):
    """The baseline of the first hour, as `portolan policy learn` writes it."""
    folder.mkdir(exist_ok=True)
    path = folder / f"shop-{seed}.pcap"
    shop = Shop(seed)
    shop.hour(BEGINNING)
    shop.scene.write(path)
    words = [program, "policy", "learn", "-r", path, "--identity", path.with_suffix(".jsonl")]
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"{words[0]} learns nothing: exit code {done.returncode}\n{done.stderr[-2000:]}")
    baseline = path.with_suffix(".baseline.yaml")
    baseline.write_text(done.stdout)
    return baseline


def write_all(program, folder, quick, rounds=3):
    for seed in range(1 if quick else rounds):
        baseline = learn(program, folder / "learned", seed)
        for word, kind in KINDS.items():
            shop = Shop(seed)
            shop.hour(BEGINNING + 7200 * SECOND)
            label = kind(shop, seed)
            path = folder / f"learned-{word}-{seed}.pcap"
            shop.scene.write(path, label)
            path.with_suffix(".yaml").write_text(f"baseline: {baseline.resolve()}\n")
