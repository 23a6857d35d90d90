"""The healthy cluster: a node, its pods and when they come and go, other nodes, and the world outside.

Everything follows from the seed. Pods stand on cni0, 10.244.0.0/22 and fd00:10:244::/64; those of other nodes are in
10.244.8.0/21 and are reached by the node. An update replaces a pod by one with other addresses, as a rolling update does.
Those of cron jobs take turns with a quarter of the addresses.
"""

import dataclasses
import ipaddress
import random

import journal
import packets

SECOND = 1_000_000_000
HOUR = 3600 * SECOND
# 3 March 2026, 00:00 UTC.
BEGINNING = 1_772_496_000 * SECOND

NODE_NAMESPACE = 4_026_531_840
BRIDGE = packets.host("02:10:00:00:00:01", "10.244.0.1")
BRIDGE_SIX = packets.host("02:10:00:00:00:01", "fd00:10:244::1")
UPLINK = packets.host("02:20:00:00:00:0b", "203.0.113.10")
UPLINK_SIX = packets.host("02:20:00:00:00:0b", "2001:db8:50::10")
ROUTER = bytes.fromhex("0220000000fe")

# How many of each there are. The first `UPDATED` of the apps are replaced in each update.
APPS, REMOTE, UPDATED = 120, 80, 100
CACHES = 6
# How long a cron job's pod is there.
JOB = 25 * SECOND


@dataclasses.dataclass
class Pod:
    name: str
    image: str
    host: packets.Host
    # Of the same interface, by IPv6.
    six: packets.Host
    namespace: int
    since: int
    until: int | None = None

    @property
    def addresses(self):
        return str(ipaddress.ip_address(self.host.ip)), str(ipaddress.ip_address(self.six.ip))

    def is_there(self, time):
        return self.since <= time and (self.until is None or time < self.until)


class Service:
    """What keeps its name while its pods are replaced; `pods` in the order of time."""

    def __init__(self, pod):
        self.pods = [pod]

    def at(self, time):
        """The pod that a controller names at that time: the newest that is there."""
        return next((pod for pod in reversed(self.pods) if pod.since <= time), self.pods[0])


class Cluster:
    def __init__(self, seed, hours):
        self.chance = random.Random(seed)
        self.beginning, self.end = BEGINNING, BEGINNING + hours * HOUR
        self.numbers = iter(range(10, 760))
        self.pods = []
        self.apps = [Service(self._pod(f"app-{number}", "example/app:1")) for number in range(APPS)]
        self.remote = [self.beyond(f"10.244.{8 + number // 40}.{10 + number % 40}") for number in range(REMOTE)]
        self.prometheus = self._pod("prometheus", "example/prometheus:2")
        self.resolvers = [self._pod(f"coredns-{number}", "example/coredns:1") for number in range(2)]
        self.webs = [self._pod(f"web-{number}", "example/web:1") for number in range(2)]
        self.balancer = self._pod("balancer", "example/balancer:1")
        self.store = self._pod("store", "example/store:16")
        self.backup = self._pod("backup", "example/backup:1")
        self.worker = self._pod("worker", "example/worker:1")
        self.caches = [Service(self._pod(f"cache-{number}", "example/cache:7")) for number in range(CACHES)]
        self.controllers = [self._pod(f"controller-{number}", "example/controller:1") for number in range(6)]
        self.operator = self._pod("operator", "example/operator:1")
        self.mesh = self._pod("mesh", "example/mesh:1")
        self.player = self._pod("player", "example/player:1")
        self.loader = self._pod("loader", "example/loader:1")
        self.mail = self._pod("mail", "example/mail:3")
        self._update()
        self._pause()
        self.jobs = [self._job(minute) for minute in range(60 * hours)]

    def _pod(self, name, image, since=None, number=None):
        number = number or next(self.numbers)
        four, six = (int(ipaddress.ip_address(net)) + number % 1023 for net in ("10.244.0.0", "fd00:10:244::"))
        mac = bytes.fromhex("0210") + (0x1000 + number).to_bytes(4, "big")
        hosts = [packets.Host(mac, ipaddress.ip_address(value).packed) for value in (four, six)]
        pod = Pod(name, image, *hosts, 4_026_540_000 + number, since or BEGINNING - HOUR)
        self.pods.append(pod)
        return pod

    def _job(self, minute):
        """A cron job's pod: its address was another one's three hours ago."""
        begun = BEGINNING + minute * 60 * SECOND + 2 * SECOND + self.chance.randrange(SECOND)
        number = 1023 * (1 + minute // 190) + 800 + minute % 190
        pod = self._pod(f"sync-{29_541_600 + minute}-{self.suffix()}", "example/sync:1", begun, number)
        pod.until = begun + JOB
        return pod

    def suffix(self):
        return "".join(self.chance.choices("bcdfghjklmnpqrstvwxz2456789", k=5))

    @staticmethod
    def beyond(address):
        """Something that pods reach by the node."""
        return packets.Host(BRIDGE.mac, ipaddress.ip_address(address).packed)

    def _replace(self, service, time, gap):
        """The old pod ends, and a new one is there `gap` before (or, below 0, after) that."""
        old = service.pods[-1]
        old.until = time
        service.pods.append(self._pod(old.name, old.image, time - gap))

    def _update(self):
        """Each 4 hours from the second on all of the first apps are replaced, five at a time within a quarter of an hour."""
        for hour in range(2, 24, 4):
            begin = BEGINNING + hour * HOUR
            if begin + HOUR > self.end:
                break
            if hour not in (2, 10, 18):
                continue
            for number, service in enumerate(self.apps[:UPDATED]):
                begun = begin + (number // 5) * 45 * SECOND + self.chance.randrange(4 * SECOND)
                self._replace(service, begun, 12 * SECOND)

    def _pause(self):
        """All caches stop at once in the fourth hour, and come back after twenty minutes with other addresses."""
        if self.end < BEGINNING + 5 * HOUR:
            return
        for service in self.caches:
            begun = BEGINNING + 3 * HOUR + 600 * SECOND + self.chance.randrange(2 * SECOND)
            self._replace(service, begun, -1200 * SECOND)

    def journal(self):
        """What the node's journal says of it."""
        begin = BEGINNING - HOUR
        book = journal.Journal("node-1", NODE_NAMESPACE, begin)
        macs = {1: bytes(6), 2: UPLINK.mac, 3: BRIDGE.mac}
        for index, (name, kind) in {1: ("lo", None), 2: ("eth0", None), 3: ("cni0", "bridge")}.items():
            book.interface(begin, NODE_NAMESPACE, index, name, kind=kind, mac=macs[index].hex(":"))
        for index, address, length in (
            (2, "203.0.113.10", 24), (2, "2001:db8:50::10", 64), (3, "10.244.0.1", 22), (3, "fd00:10:244::1", 64),
        ):  # fmt: skip
            book.address(begin, NODE_NAMESPACE, index, address, length)
        for number, pod in enumerate(self.pods):
            index = 10 + number
            book.container(
                pod.since, pod.name if pod.until is None and pod.since == begin else f"{pod.name}-{number}",
                pod.namespace, pod.image, pod=pod.name, namespace="shop",
            )  # fmt: skip
            peer = {"ifindex": 2, "netns": pod.namespace}
            book.interface(pod.since, NODE_NAMESPACE, index, f"veth{number}", kind="veth", peer=peer, master=3)
            peer = {"ifindex": index, "netns": NODE_NAMESPACE}
            book.interface(pod.since, pod.namespace, 2, "eth0", kind="veth", mac=pod.host.mac.hex(":"), peer=peer)
            for address, length in zip(pod.addresses, (22, 64)):
                book.address(pod.since, pod.namespace, 2, address, length)
            if pod.until is not None:
                book.ended(pod.until, f"{pod.name}-{number}", pod.namespace)
        return book
