"""Connections of the healthy day that stay: websockets, streams of gRPC, leases of leaders, a mesh's control; and HTTP/3."""

import struct

import packets
from cluster import BRIDGE, HOUR, SECOND, UPLINK
from conversation import HALF, MILLISECOND, Connection, whole

UPGRADE = b"GET /live HTTP/1.1\r\nHost: shop\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: x\r\n\r\n"
SWITCHED = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"
PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + bytes(3) + b"\x04" + bytes(5)
SETTINGS, PING, PONG = bytes(3) + b"\x04" + bytes(5), b"\0\0\x08\x06\0" + bytes(12), b"\0\0\x08\x06\x01" + bytes(12)
DATA = b"\0\0\x20\0\0\0\0\0\x01" + bytes(32)
RECORD = b"\x17\x03\x03\x00\xb0" + bytes(176)
PROBE = b"GET /healthz/ready HTTP/1.1\r\nHost: 10.244.0.1:15021\r\nUser-Agent: kube-probe/1.31\r\n\r\n"
FINE = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nserver: envoy\r\n\r\n"
API = packets.Host(BRIDGE.mac, UPLINK.ip)


class Streams:
    def __init__(self, everyday):
        self.day, self.cluster, self.line, self.chance = everyday, everyday.cluster, everyday.line, everyday.chance

    def activities(self):
        cluster, beginning, every = self.cluster, self.cluster.beginning, self.day.every
        for number in range(30):
            yield self.websocket(beginning + number * 29 * SECOND)
        for number in range(12):
            source, target = cluster.apps[100 + number].at(0), cluster.apps[112 + number % 8].at(0)
            hosts = (source.six, target.six) if number % 3 == 0 else (source.host, target.host)
            yield self.grpc(*hosts, 50_051, beginning + number * SECOND, 10)
        for number, pod in enumerate(cluster.controllers):
            # Of each two one leads and renews, the other looks whether it still does.
            yield self.lease(pod, beginning + number * 300 * MILLISECOND, 10 if number % 2 else 2)
        yield every(5, beginning + 3 * SECOND, self.old_client, None)
        for number, service in enumerate(cluster.apps[:30]):
            yield self.grpc(service.at(0).host, cluster.mesh.host, 15_012, beginning + number * 370 * MILLISECOND, 30, service)
            yield every(15, beginning + number * 510 * MILLISECOND, self.sidecar, service)
        for service in cluster.apps[:10]:
            yield every(30, beginning + 7 * SECOND, self.upstream_check, service)
        yield self.http3()

    def websocket(self, time):
        """A visitor who stays for hours; pings by the clock, news at random."""
        while time < self.cluster.end:
            client = packets.Host(BRIDGE.mac, self.day.outsider())
            web, until = self.chance.choice(self.cluster.webs), time + self.chance.randrange(HOUR // 2, 3 * HOUR)
            connection = Connection(self.line, client, web.host, self.day.next_port(), 8080, 250 * HALF)
            yield time
            connection.exchange(connection.begin(time), UPGRADE, SWITCHED)
            while time < min(until, self.cluster.end):
                time += 30 * SECOND
                yield time
                connection.exchange(time, b"\x89\x80\1\2\3\4", b"\x8a\0")
                if self.chance.random() < 0.3:
                    connection.exchange(time + self.chance.randrange(SECOND, 20 * SECOND), b"\x81\x85\1\2\3\4abcde", DATA, 200)
            connection.end(time + 25 * SECOND, self.chance.random() < 0.5)
            time += 40 * SECOND

    def grpc(self, source, target, port, time, seconds, service=None):
        """One connection all day, or as long as the pod is there that began it."""
        connection, pod = None, service and service.at(0)
        while time < self.cluster.end:
            yield time
            if service and service.at(time) is not pod:
                connection.end(pod.until - SECOND)
                pod, connection = service.at(time), None
                source = pod.host
            if connection is None:
                connection = Connection(self.line, source, target, self.day.next_port(), port)
                connection.exchange(connection.begin(time), PREFACE, SETTINGS)
            elif self.chance.random() < 0.8:
                connection.exchange(time, PING, PONG)
            else:
                connection.exchange(time, DATA, DATA, 600, 3 * MILLISECOND)
            time += seconds * SECOND

    def lease(self, pod, time, seconds):
        connection = Connection(self.line, pod.host, API, self.day.next_port(), 6443)
        yield time
        hello = packets.client_hello("kubernetes.default.svc")
        connection.exchange(connection.begin(time), hello, packets.SERVER_HELLO, 2000)
        while (time := time + seconds * SECOND + self.chance.randrange(20 * MILLISECOND)) < self.cluster.end:
            yield time
            connection.exchange(time, RECORD, RECORD, 300, 2 * MILLISECOND)

    def old_client(self, _, time):
        """An operator that does the same with a new connection each time."""
        source, hello = self.cluster.operator.host, packets.client_hello("kubernetes.default.svc")
        connection = Connection(self.line, source, API, self.day.next_port(), 6443)
        time = connection.exchange(connection.begin(time), hello, packets.SERVER_HELLO, 2000)
        connection.end(connection.exchange(time, RECORD, RECORD, 900))

    def sidecar(self, service, time):
        """The kubelet asks a pod's proxy, which is there some seconds after the pod."""
        pod = service.at(time)
        if not pod.is_there(time):
            return
        if pod.since > self.cluster.beginning and time - pod.since < 5 * SECOND:
            return Connection(self.line, BRIDGE, pod.host, self.day.next_port(), 15_021).refused(time)
        whole(self.line, BRIDGE, pod.host, (self.day.next_port(), 15_021), time, PROBE, FINE)

    def upstream_check(self, service, time):
        """A gateway's proxy asks each of its upstreams, by mutual TLS; it hears late of those that are gone."""
        pod, source = service.at(time - 10 * SECOND), self.cluster.balancer
        connection = Connection(self.line, source.host, pod.host, self.day.next_port(), 15_008)
        if not pod.is_there(time):
            return connection.unanswered(time, 1)
        hello = packets.client_hello("outbound_.8080_._.app.shop.svc.cluster.local")
        connection.end(connection.exchange(connection.begin(time), hello, packets.SERVER_HELLO, 1500))

    def http3(self):
        """Visitors who speak QUIC: a handshake, and then what only they can read; some stay and say something now and then."""
        noise, time = self.chance.randbytes, self.cluster.beginning + 2 * SECOND
        while time < self.cluster.end:
            yield time
            client, web = packets.Host(BRIDGE.mac, self.day.outsider()), self.chance.choice(self.cluster.webs).host
            ways, port = (packets.Way(client, web), packets.Way(web, client)), self.day.next_port()
            first, second = noise(8), noise(8)
            initial = b"\xc3\0\0\0\x01\x08" + first + b"\0\0\x44\xd0"
            self.line.add(time, ways[0].udp(port, 443, initial + bytes(1200 - len(initial))))
            reply = b"\xc1\0\0\0\x01\0\x08" + second + b"\0" + struct.pack("!H", 0x44D0)
            self.line.add(time + 30 * MILLISECOND, ways[1].udp(443, port, reply + bytes(1200 - len(reply))))
            at, wanted, given = time + 60 * MILLISECOND, b"\x4f" + second + bytes(30), b"\x5f" + bytes(1199)
            for _ in range(self.chance.choice((3, 8, 20, 100))):
                self.line.add(at, ways[0].udp(port, 443, wanted))
                for _ in range(self.chance.randrange(1, 5)):
                    frame = ways[1].udp(443, port, given)
                    self.line.add(at + 20 * MILLISECOND, frame[:96], len(frame))
                at += self.chance.randrange(50 * MILLISECOND)
            time += int(self.chance.expovariate(1 / 45) * SECOND)
