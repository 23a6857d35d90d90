"""What goes on all day in the healthy cluster. Each activity is a generator that yields when it wants to go on."""

import ipaddress

import packets
from bursts import Bursts
from chores import Chores
from cluster import BRIDGE, HOUR, ROUTER, SECOND, UPLINK
from conversation import HALF, MILLISECOND, Connection, lookup, whole
from dualstack import DualStack
from groups import Groups
from streams import Streams

SCRAPE = b"GET /metrics HTTP/1.1\r\nHost: target:9100\r\nUser-Agent: Prometheus/2.53.0\r\nAccept: text/plain\r\n\r\n"
METRICS = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain; version=0.0.4\r\nContent-Length: 1300\r\n\r\n"
PROBE = b"GET /healthz HTTP/1.1\r\nHost: 10.244.0.1\r\nUser-Agent: kube-probe/1.31\r\nConnection: close\r\n\r\n"
CHECK = b"GET /ready HTTP/1.0\r\n\r\n"
FINE = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"
HELLO = packets.client_hello("shop.example.com")
BACKUP = packets.client_hello("backup.example.net")

RECORD = b"\x17\x03\x03\x00\xb0" + bytes(176)


class Everyday:
    def __init__(self, cluster, line):
        self.cluster, self.line, self.chance, self.port = cluster, line, cluster.chance, 32_768

    def next_port(self):
        self.port = self.port + 1 if self.port < 60_999 else 32_768
        return self.port

    def activities(self):
        """All of them, each with the time of its beginning."""
        cluster, beginning = self.cluster, self.cluster.beginning
        for number, service in enumerate(cluster.apps):
            yield self.scrapes(service, beginning + number * 150 * MILLISECOND)
        for number, host in enumerate(cluster.remote):
            yield self.far_scrapes(host, beginning + (120 + number) * 150 * MILLISECOND)
        for number, service in enumerate(cluster.apps[:45]):
            yield self.every(60, beginning + number * SECOND, self.kubelet_probe, service)
        for number, service in enumerate(cluster.apps[:40]):
            yield self.every(60, beginning + number * 700 * MILLISECOND, self.balancer_check, service)
        for number, service in enumerate(cluster.apps[:60]):
            yield self.every(240, beginning + number * 3 * SECOND, self.discovery, service)
        for number in range(4):
            yield self.every(1024, beginning + number * 7 * SECOND, self.clock, number)
        yield self.visitors()
        yield self.strangers()
        yield self.cached()
        yield self.backups()
        yield self.every(300, beginning + 13 * SECOND, self.neighbours, None)
        for part in (DualStack, Groups, Streams, Bursts, Chores):
            yield from part(self).activities()

    def every(self, seconds, time, action, what):
        """The same, by the clock, with a little that the scheduler adds."""
        while time < self.cluster.end:
            yield time
            action(what, time + self.chance.randrange(3 * MILLISECOND))
            time += seconds * SECOND

    def resolve(self, asker, target, time):
        """A host asks for another one's hardware address, and gets it where the other one is there."""
        self.line.add(time, packets.arp(asker, target.ip))
        self.line.add(time + 20_000, packets.arp(target, asker.ip, asker.mac))
        return time + 60_000

    # Prometheus scrapes over connections that it keeps; it learns of a new pod within half a minute.

    def scrapes(self, service, time):
        source = self.cluster.prometheus.host
        pod, connection = service.at(0), None
        while time < self.cluster.end:
            yield time
            if connection is None:
                begun = self.resolve(source, pod.host, time)
                connection = Connection(self.line, source, pod.host, self.next_port(), 9100)
                begun = connection.begin(begun)
            else:
                begun = time
            connection.exchange(begun, SCRAPE, METRICS, 1300, 4 * MILLISECOND)
            time += 30 * SECOND
            if pod.until is None or time <= pod.until:
                continue
            # It ends, and with it the connection; the next scrape is of what is no longer there.
            connection.end(pod.until, by_server=True)
            yield time
            fate = self.chance.random()
            lost = Connection(self.line, source, pod.host, self.next_port(), 9100)
            if fate < 0.3:
                lost.refused(time)
            elif fate < 0.6:
                lost.unanswered(time)
            elif fate < 0.8:
                for second in range(3):
                    self.line.add(time + second * SECOND, packets.arp(source, pod.host.ip))
            pod, connection = service.at(time), None
            time += 30 * SECOND

    def far_scrapes(self, host, time):
        source = self.cluster.prometheus.host
        connection = Connection(self.line, source, host, self.next_port(), 9100, 5 * HALF)
        yield time
        begun = connection.begin(time)
        while time < self.cluster.end:
            connection.exchange(begun, SCRAPE, METRICS, 1300, 4 * MILLISECOND)
            time += 30 * SECOND
            yield time
            begun = time

    # The kubelet and the balancer open a connection for each question.

    def kubelet_probe(self, service, time):
        pod = service.at(time)
        if not pod.is_there(time):
            return
        # A container that has just begun does not listen yet.
        if pod.since > self.cluster.beginning and time - pod.since < 15 * SECOND:
            return Connection(self.line, BRIDGE, pod.host, self.next_port(), 8080).refused(time)
        whole(self.line, BRIDGE, pod.host, (self.next_port(), 8080), time, PROBE, FINE)

    def balancer_check(self, service, time):
        # It learns late: for some seconds it asks the old one.
        pod = service.at(time - 20 * SECOND)
        source = self.cluster.balancer.host
        if pod.is_there(time):
            whole(self.line, source, pod.host, (self.next_port(), 8080), time, CHECK, FINE)
        else:
            Connection(self.line, source, pod.host, self.next_port(), 8080).unanswered(time, 2)

    def discovery(self, service, time):
        """Names within the cluster, and one outside, which is first looked for under each search domain."""
        pod = service.at(time)
        if not pod.is_there(time):
            return
        server = self.chance.choice(self.cluster.resolvers).host
        found = [(1, packets.host("00:00:00:00:00:00", "10.96.0.20").ip)]
        for name in ("store.shop.svc.cluster.local", "cache.shop.svc.cluster.local"):
            time = lookup(self.line, pod.host, server, self.next_port(), name, time, found)
            time = lookup(self.line, pod.host, server, self.next_port(), name, time, kind=28)
        outer = self.chance.choice(("api.example.com", "cdn.example.net", "login.example.org", "hooks.example.io"))
        for suffix in (".shop.svc.cluster.local", ".svc.cluster.local", ".cluster.local"):
            for kind in (1, 28):
                time = lookup(self.line, pod.host, server, self.next_port(), outer + suffix, time, code=3, kind=kind)
        upstream = self.cluster.beyond("192.168.50.1")
        answer = [(1, ipaddress.ip_address("198.51.100.80").packed)]
        lookup(self.line, server, upstream, self.next_port(), outer, time + HALF, answer, half=20 * HALF)
        lookup(self.line, pod.host, server, self.next_port(), outer, time, answer, half=22 * HALF)

    def clock(self, number, time):
        """NTP, from the node to four servers outside."""
        server = packets.Host(ROUTER, ipaddress.ip_address(f"192.0.2.{123 + number}").packed)
        self.line.add(time, packets.Way(UPLINK, server).udp(123, 123, b"\x23" + bytes(47)))
        self.line.add(time + 12 * MILLISECOND, packets.Way(server, UPLINK).udp(123, 123, b"\x24\x02" + bytes(46)))

    def neighbours(self, _, time):
        """The node and its pods look whether the other one is still there."""
        for pod in self.cluster.pods:
            if pod.is_there(time):
                time = self.resolve(BRIDGE, pod.host, time)

    # From outside: visitors of the shop, and strangers that try what they find, as they do everywhere.

    def outsider(self):
        value = self.chance.choice((0x2D000000, 0x50000000, 0x97000000)) + self.chance.randrange(400) * 40_503
        return value.to_bytes(4, "big")

    def visitors(self):
        time = self.cluster.beginning
        while time < self.cluster.end:
            yield time
            client = packets.Host(BRIDGE.mac, self.outsider())
            web = self.chance.choice(self.cluster.webs).host
            connection = Connection(self.line, client, web, self.next_port(), 443, 250 * HALF)
            at = connection.exchange(connection.begin(time), HELLO, packets.SERVER_HELLO, 3000, 2 * MILLISECOND)
            for _ in range(self.chance.randrange(1, 4)):
                at = connection.exchange(at + self.chance.randrange(2 * SECOND), RECORD, RECORD, 8000)
            connection.end(at)
            inner = self.chance.choice(self.cluster.apps).at(time)
            if inner.is_there(time + SECOND):
                whole(self.line, web, inner.host, (self.next_port(), 8080), time + SECOND, CHECK, FINE, 2000)
            time += int(self.chance.expovariate(1 / 12) * SECOND)

    def strangers(self):
        time = self.cluster.beginning + 100 * SECOND
        while time < self.cluster.end:
            yield time
            stranger = packets.Host(ROUTER, self.chance.randrange(0x2E000000, 0x5F000000).to_bytes(4, "big"))
            ports = (22, 23, 80, 443, 445, 2375, 3389, 5900, 6379, 8080, 8443)
            for port in self.chance.sample(ports, self.chance.choice((1, 1, 1, 2, 8))):
                probe = Connection(self.line, stranger, UPLINK, self.next_port(), port, 300 * HALF)
                if self.chance.random() < 0.5:
                    probe.refused(time)
                else:
                    probe.unanswered(time, 1)
                time += self.chance.randrange(2 * SECOND)
            time += int(self.chance.expovariate(1 / 900) * SECOND)

    # A client of the caches asks for each by turns, also while all of them are stopped; and a backup goes out at night.

    def cached(self):
        source, time = self.cluster.worker.host, self.cluster.beginning + 5 * SECOND
        while time < self.cluster.end:
            yield time
            for service in self.cluster.caches:
                pod, time = service.at(time), time + 200 * MILLISECOND
                if pod.is_there(time):
                    whole(self.line, source, pod.host, (self.next_port(), 6379), time, b"PING\r\n", b"+PONG\r\n")
                elif self.chance.random() < 0.3:
                    self.line.add(time, packets.arp(source, pod.host.ip))
                else:
                    Connection(self.line, source, pod.host, self.next_port(), 6379).unanswered(time, 2)
            time += 30 * SECOND

    def backups(self):
        """The store's log goes out each hour, and all of it at half past one."""
        source = self.cluster.backup.host
        for hour in range(24):
            for minute, size in ((10, 8_000_000), (30, 600_000_000 if hour == 1 else 0)):
                time = self.cluster.beginning + hour * HOUR + minute * 60 * SECOND
                if not size or time >= self.cluster.end:
                    continue
                yield time
                outside = self.cluster.beyond("198.51.100.200")
                connection = Connection(self.line, source, outside, self.next_port(), 443, 150 * HALF)
                time = connection.exchange(connection.begin(time), BACKUP, packets.SERVER_HELLO, 2500)
                connection.end(connection.send(time, size))
