"""The healthy day by IPv6: neighbours, names from a resolver's second address, calls, visitors, clocks."""

import struct

import packets
from cluster import BRIDGE, BRIDGE_SIX, ROUTER, SECOND, UPLINK_SIX
from conversation import HALF, MILLISECOND, Connection, lookup, whole

NOBODY, ALL, ROUTERS, LISTENERS = "::", "ff02::1", "ff02::2", "ff02::16"
GREETING = packets.client_hello("shop.example.com")
PAGE = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
GET = b"GET /ready HTTP/1.1\r\nHost: app\r\n\r\n"
RECORD = b"\x17\x03\x03\x00\xb0" + bytes(176)


class DualStack:
    def __init__(self, everyday):
        self.day, self.cluster, self.line, self.chance = everyday, everyday.cluster, everyday.line, everyday.chance

    def activities(self):
        cluster, beginning, every = self.cluster, self.cluster.beginning, self.day.every
        yield self.arrivals()
        yield every(300, beginning + 17 * SECOND, self.neighbours, None)
        yield every(200, beginning + 5 * SECOND, self.advertised, None)
        for number, service in enumerate(cluster.apps[60:100]):
            yield every(240, beginning + number * 5 * SECOND, self.names, service)
        for number, service in enumerate(cluster.apps[40:70]):
            yield every(60, beginning + number * 1900 * MILLISECOND, self.check, service)
        for number in range(4):
            yield every(64 << number, beginning + number * 11 * SECOND, self.clock, number)
        yield self.visitors()

    def beyond(self, address):
        return packets.Host(BRIDGE.mac, packets.host("00", address).ip)

    def arrivals(self):
        """Who begins looks whether its address is free, says which groups it is in, and asks for a router. RFC 4862"""
        for pod in sorted(self.cluster.pods, key=lambda pod: pod.since):
            if pod.since < self.cluster.beginning:
                continue
            time = pod.since + 40 * MILLISECOND
            yield time
            mac, six = pod.six
            near = packets.Host(mac, packets.host("00", "fe80::").ip[:8] + b"\x00\x10\x00\xff\xfe" + mac[3:])
            nobody = packets.Host(mac, packets.host("00", NOBODY).ip)
            for address in (six, near.ip):
                self.line.add(time, packets.neighbour(packets.Way(nobody, packets.solicited(address)), 135, address))
            joined = struct.pack("!BBHHHBBH", 143, 0, 0, 0, 1, 4, 0, 0) + packets.solicited(six).ip
            self.line.add(time + 300 * MILLISECOND, packets.Way(near, packets.group(LISTENERS)).message_six(joined))
            asked = struct.pack("!BBHI", 133, 0, 0, 0) + b"\x01\x01" + mac
            self.line.add(time + 1200 * MILLISECOND, packets.Way(near, packets.group(ROUTERS)).message_six(asked))

    def resolve(self, asker, target, time, is_known=False):
        to = target if is_known else packets.solicited(target.ip)
        self.line.add(time, packets.neighbour(packets.Way(asker, to), 135, target.ip, asker.mac))
        answer = packets.neighbour(packets.Way(target, asker), 136, target.ip, target.mac, 0x60000000)
        self.line.add(time + 20_000, answer)
        return time + 60_000

    def neighbours(self, _, time):
        for pod in self.cluster.pods:
            if pod.is_there(time):
                time = self.resolve(BRIDGE_SIX, pod.six, time, self.chance.random() < 0.7)

    def advertised(self, _, time):
        """The router of the network outside says that it is there, as it should."""
        router = packets.Host(ROUTER, packets.host("00", "fe80::20ff:fe00:fe").ip)
        body = struct.pack("!BBHBBHII", 134, 0, 0, 64, 0, 1800, 0, 0) + b"\x01\x01" + ROUTER
        self.line.add(time, packets.Way(router, packets.group(ALL)).message_six(body))

    def names(self, service, time):
        """Names asked of the second addresses of the resolvers, which ask theirs outside."""
        pod = service.at(time)
        if not pod.is_there(time):
            return
        server, port = self.chance.choice(self.cluster.resolvers).six, self.day.next_port
        time = self.resolve(pod.six, server, time)
        found = [(28, packets.host("00", "fd00:10:96::20").ip)]
        time = lookup(self.line, pod.six, server, port(), "store.shop.svc.cluster.local", time, found, kind=28)
        outer = self.chance.choice(("api.example.com", "cdn.example.net", "login.example.org"))
        for suffix in (".shop.svc.cluster.local", ".svc.cluster.local", ".cluster.local"):
            time = lookup(self.line, pod.six, server, port(), outer + suffix, time, code=3, kind=28)
        answer = [(28, packets.host("00", "2001:db8:99::80").ip)]
        lookup(self.line, server, self.beyond("2001:db8:50::53"), port(), outer, time + HALF, answer, kind=28, half=20 * HALF)
        lookup(self.line, pod.six, server, port(), outer, time, answer, kind=28, half=22 * HALF)

    def check(self, service, time):
        """A web server asks an application, and where it has just gone it gets no answer."""
        pod, web = service.at(time - 5 * SECOND), self.chance.choice(self.cluster.webs).six
        if pod.is_there(time):
            whole(self.line, web, pod.six, (self.day.next_port(), 8080), time, GET, PAGE, 1200)
        else:
            Connection(self.line, web, pod.six, self.day.next_port(), 8080).unanswered(time, 2)

    def clock(self, number, time):
        server = packets.Host(ROUTER, packets.host("00", f"2001:db8:77::{123 + number}").ip)
        self.line.add(time, packets.Way(UPLINK_SIX, server).udp(123, 123, b"\x23" + bytes(47)))
        self.line.add(time + 12 * MILLISECOND, packets.Way(server, UPLINK_SIX).udp(123, 123, b"\x24\x02" + bytes(46)))

    def visitors(self):
        time = self.cluster.beginning + SECOND
        while time < self.cluster.end:
            yield time
            client = self.beyond(f"2001:db8:{self.chance.randrange(0x1000, 0x1100):x}::{self.chance.randrange(1, 9):x}")
            web = self.chance.choice(self.cluster.webs).six
            connection = Connection(self.line, client, web, self.day.next_port(), 443, 250 * HALF)
            at = connection.exchange(connection.begin(time), GREETING, packets.SERVER_HELLO, 3000, 2 * MILLISECOND)
            for _ in range(self.chance.randrange(1, 4)):
                at = connection.exchange(at + self.chance.randrange(2 * SECOND), RECORD, RECORD, 8000)
            connection.end(at)
            time += int(self.chance.expovariate(1 / 40) * SECOND)
