"""What comes all at once in the healthy day: a cron job each minute, each in a new pod, and a load test."""

import packets
from cluster import HOUR, SECOND
from conversation import HALF, MILLISECOND, Connection, lookup, whole

SQL, YES = b"\0\0\0\x08\x04\xd2\x16\x2f", b"N"
PUSH = b"POST /metrics/job/sync HTTP/1.1\r\nHost: push\r\nContent-Length: 2\r\n\r\nx\n"
DONE = b"HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n"
GET, PAGE = b"GET /cart HTTP/1.1\r\nHost: shop\r\nUser-Agent: k6/0.52\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\n"
# Connections a second in each of the load test's seconds, at most.
HEIGHT, LENGTH = 600, 60


class Bursts:
    def __init__(self, everyday):
        self.day, self.cluster, self.line, self.chance = everyday, everyday.cluster, everyday.line, everyday.chance

    def activities(self):
        yield self.jobs()
        yield self.load_test(self.cluster.beginning + 2 * HOUR + 2700 * SECOND)

    def jobs(self):
        """Looks up its database, works with it, and says how it went."""
        store, push, names = self.cluster.store, self.cluster.prometheus, self.cluster.resolvers
        for job in self.cluster.jobs:
            time = job.since + 2 * SECOND + self.chance.randrange(3 * SECOND)
            yield time
            server = self.chance.choice(names).host
            time = self.day.resolve(job.host, server, time)
            name, found = "store.shop.svc.cluster.local", [(1, store.host.ip)]
            time = lookup(self.line, job.host, server, self.day.next_port(), name, time, found)
            time = self.day.resolve(job.host, store.host, time)
            connection = Connection(self.line, job.host, store.host, self.day.next_port(), 5432)
            time = connection.exchange(connection.begin(time), SQL, YES)
            for _ in range(self.chance.randrange(2, 12)):
                time = connection.exchange(time + self.chance.randrange(400 * MILLISECOND), b"Q" + bytes(60), b"T" + bytes(90), 900)
            connection.end(time)
            whole(self.line, job.host, push.host, (self.day.next_port(), 9091), time + 100 * MILLISECOND, PUSH, DONE)

    def load_test(self, time):
        """More connections than there are ports to begin them from within a minute; some have to try twice, some are refused."""
        source, web = self.cluster.loader.host, self.cluster.webs[0].host
        ways = packets.Way(source, web), packets.Way(web, source)
        for second in range(LENGTH if time + HOUR < self.cluster.end else 0):
            yield time
            count = min(HEIGHT, 60 * (second + 1))
            for number in range(count):
                at = time + number * SECOND // count
                connection = Connection(self.line, source, web, self.day.next_port(), 8080, 4 * HALF, ways)
                fate = self.chance.random()
                if fate < 0.02:
                    connection.refused(at)
                    continue
                if fate < 0.06:
                    # The queue of the server was full.
                    connection.unanswered(at, 1)
                    at += SECOND
                connection.end(connection.exchange(connection.begin(at), GET, PAGE, 400, 5 * MILLISECOND))
            time += SECOND
