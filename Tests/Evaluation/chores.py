"""What probers, mail and the members of a database do in the healthy day: pings, traces, block lists, names looked up backwards."""

import ipaddress

import packets
from cluster import BRIDGE, HOUR, ROUTER, SECOND, UPLINK
from conversation import HALF, MILLISECOND, Connection, lookup, whole

LIST = "zen.blocklist.example"
GREETING, HELO = b"220 mail.shop.example ESMTP\r\n", b"EHLO mx.sender.example\r\n"


class Chores:
    def __init__(self, everyday):
        self.day, self.cluster, self.line, self.chance = everyday, everyday.cluster, everyday.line, everyday.chance

    def activities(self):
        cluster, beginning, every = self.cluster, self.cluster.beginning, self.day.every
        for number in range(30):
            yield every(60, beginning + number * 1300 * MILLISECOND, self.ping, number)
        yield every(600, beginning + 91 * SECOND, self.trace, None)
        yield self.mail()
        yield self.backwards()
        for number in range(12):
            yield every(5, beginning + number * 400 * MILLISECOND, self.gossip, number)
        for number in range(12):
            yield every(60, beginning + number * 4 * SECOND, self.compare, number)

    def ping(self, number, time):
        """A prober pings pods here, and hosts outside of which one is down for an hour."""
        cluster, source = self.cluster, self.cluster.prometheus.host
        target = cluster.apps[100 + number].at(0).host if number < 20 else cluster.beyond(f"192.0.2.{number}")
        there, sequence = packets.Way(source, target), (time - cluster.beginning) // (60 * SECOND) & 0xFFFF
        self.line.add(time, there.echo(100 + number, sequence, bytes(24)))
        if number == 29 and HOUR < time - cluster.beginning < 2 * HOUR:
            return
        self.line.add(time + MILLISECOND, packets.Way(target, source).echo(100 + number, sequence, bytes(24), reply=True))

    def trace(self, _, time):
        """The way to somebody outside, by datagrams whose time to live is too short."""
        goal = packets.Host(ROUTER, packets.host("00", "192.0.2.80").ip)
        for hop in range(1, 12):
            for probe in range(3):
                at = time + (3 * hop + probe) * 30 * MILLISECOND
                frame = packets.Way(UPLINK, goal).udp(40_000 + probe, 33_434 + 3 * hop + probe, bytes(32))
                self.line.add(at, frame)
                router = packets.Host(ROUTER, packets.host("00", f"198.18.0.{hop}").ip) if hop < 11 else goal
                kind = (11, 0) if hop < 11 else (3, 3)
                self.line.add(at + hop * MILLISECOND, packets.Way(router, UPLINK).unreachable(frame, kind[1], kind[0]))

    def ask(self, pod, name, time, records=(), kind=1):
        """By a resolver here, and its own outside; nobody is there where there are no records."""
        server, upstream = self.chance.choice(self.cluster.resolvers).host, self.cluster.beyond("192.168.50.1")
        code = 0 if records else 3
        lookup(self.line, server, upstream, self.day.next_port(), name, time + HALF, records, code, kind, 20 * HALF)
        return lookup(self.line, pod.host, server, self.day.next_port(), name, time, records, code, kind, 22 * HALF)

    def mail(self):
        """Each sender is looked up in a list of bad ones, in which few are: names that are not there, all different."""
        time, mail = self.cluster.beginning + 20 * SECOND, self.cluster.mail
        while time < self.cluster.end:
            yield time
            client = packets.Host(BRIDGE.mac, self.day.outsider())
            connection = Connection(self.line, client, mail.host, self.day.next_port(), 25, 250 * HALF)
            at = connection.exchange(connection.begin(time), HELO, GREETING)
            backwards = ".".join(reversed(str(ipaddress.ip_address(client.ip)).split(".")))
            listed = [(1, bytes((127, 0, 0, 2)))] if self.chance.random() < 0.1 else ()
            for name in (f"{backwards}.{LIST}", f"{backwards}.bl.spam.example"):
                at = self.ask(mail, name, at, listed)
            at = self.ask(mail, f"sender{self.chance.randrange(400)}.example", at, [(16, b"\x0fv=spf1 mx -all ")], 16)
            connection.end(connection.exchange(at, b"QUIT\r\n", b"221 bye\r\n"))
            time += int(self.chance.expovariate(1 / 25) * SECOND)

    def backwards(self):
        """The names of visitors, for a log: of most there is none."""
        time = self.cluster.beginning + 40 * SECOND
        while time < self.cluster.end:
            yield time
            name = ".".join(map(str, reversed(self.day.outsider()))) + ".in-addr.arpa"
            found = [(12, packets.encoded_name("host.isp.example"))] if self.chance.random() < 0.4 else ()
            self.ask(self.cluster.webs[0], name, time, found, 12)
            time += int(self.chance.expovariate(1 / 20) * SECOND)

    def gossip(self, number, time):
        """Members of a database's cluster ask each other whether they are there; one is not for twenty minutes."""
        source, other = (self.cluster.apps[100 + one].at(0).host for one in (number, self.chance.randrange(12)))
        is_away = 2 * HOUR < time - self.cluster.beginning < 2 * HOUR + 1200 * SECOND
        gone = self.cluster.apps[105].at(0).host
        if source is other or is_away and source is gone:
            return
        self.line.add(time, packets.Way(source, other).udp(7946, 7946, b"\x00\x82" + self.chance.randbytes(30)))
        if not is_away or other is not gone:
            self.line.add(time + MILLISECOND, packets.Way(other, source).udp(7946, 7946, b"\x02\x81" + self.chance.randbytes(20)))

    def compare(self, number, time):
        """All that they know, by TCP."""
        source, other = (self.cluster.apps[100 + one].at(0).host for one in (number, (number + 1 + self.chance.randrange(11)) % 12))
        whole(self.line, source, other, (self.day.next_port(), 7946), time, b"\x06" + bytes(80), b"\x06" + bytes(80), 4000)
