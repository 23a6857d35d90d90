"""What hosts say to each other, packet by packet, for the healthy day and for attacks that take hours."""

import packets
import pcapfile
from packets import ACK, FIN, PSH, RST, SYN

MILLISECOND = 1_000_000
HALF = 60_000  # Half a round trip inside a host, in nanoseconds.


class Line:
    """Packets that are to be written, as (time, record)."""

    def __init__(self):
        self.waiting = []

    def add(self, time, frame, length=None):
        self.waiting.append((time, pcapfile.record(time, frame, length)))

    def until(self, time):
        """Takes out all that is due before a time, in order."""
        self.waiting.sort()
        place = len(self.waiting)
        while place and self.waiting[place - 1][0] >= time:
            place -= 1
        due, self.waiting = self.waiting[:place], self.waiting[place:]
        return b"".join(record for _, record in due)


class Connection:
    """A TCP connection. Times are those of the first packet of what is done; `half` is half a round trip."""

    def __init__(self, line, client, server, port, server_port, half=HALF, ways=None):
        self.line, self.half = line, half
        self.up, self.down = ways or (packets.Way(client, server), packets.Way(server, client))
        self.ports, self.back = port << 16 | server_port, server_port << 16 | port
        self.sent, self.got = (port * 65_537 + server_port) & 0x7FFFFFFF, (port * 40_503) & 0x7FFFFFFF

    def begin(self, time):
        """Three packets; returns when they are through."""
        half = self.half
        self.line.add(time, self.up.tcp(self.ports, self.sent, 0, SYN))
        self.sent += 1
        self.line.add(time + half, self.down.tcp(self.back, self.got, self.sent, SYN | ACK))
        self.got += 1
        self.line.add(time + 2 * half, self.up.tcp(self.ports, self.sent, self.got, ACK))
        return time + 2 * half + 20_000

    def exchange(self, time, request, reply, size=0, pause=MILLISECOND):
        """A question and its answer, which is followed by `size` zeros that the capture cut off."""
        self.line.add(time, self.up.tcp(self.ports, self.sent, self.got, PSH | ACK, request))
        self.sent = (self.sent + len(request)) & 0xFFFFFFFF
        time += self.half + pause
        length = len(reply) + size
        frame = self.down.tcp(self.back, self.got, self.sent, PSH | ACK, reply, length)
        self.line.add(time, frame, len(frame) + size)
        self.got = (self.got + length) & 0xFFFFFFFF
        time += self.half
        self.line.add(time, self.up.tcp(self.ports, self.sent, self.got, ACK))
        return time + 20_000

    def send(self, time, size, each=64_000):
        """Much data from the client, in frames as large as the kernel hands over; cut in the capture to their headers."""
        while size > 0:
            part = min(each, size)
            frame = self.up.tcp(self.ports, self.sent, self.got, PSH | ACK, b"\x17\x03\x03", part)
            self.line.add(time, frame, len(frame) + part - 3)
            self.sent = (self.sent + part) & 0xFFFFFFFF
            self.line.add(time + self.half, self.down.tcp(self.back, self.got, self.sent, ACK))
            size -= part
            time += 2 * self.half + 50_000
        return time

    def end(self, time, by_server=False):
        first, second = (self.down, self.up) if by_server else (self.up, self.down)
        ports, back = (self.back, self.ports) if by_server else (self.ports, self.back)
        sent, got = (self.got, self.sent) if by_server else (self.sent, self.got)
        self.line.add(time, first.tcp(ports, sent, got, FIN | ACK))
        self.line.add(time + self.half, second.tcp(back, got, sent + 1, FIN | ACK))
        self.line.add(time + 2 * self.half, first.tcp(ports, sent + 1, got + 1, ACK))
        return time + 2 * self.half

    def refused(self, time):
        self.line.add(time, self.up.tcp(self.ports, self.sent, 0, SYN))
        self.line.add(time + self.half, self.down.tcp(self.back, 0, self.sent + 1, RST | ACK))

    def unanswered(self, time, tries=3):
        """SYNs that nobody takes, each after twice the time."""
        for number in range(tries):
            self.line.add(time + (2**number - 1) * 1000 * MILLISECOND, self.up.tcp(self.ports, self.sent, 0, SYN))


def whole(line, client, server, ports, time, request, reply, size=0, half=HALF, pause=MILLISECOND, ways=None):
    """A connection for one question: nine packets."""
    connection = Connection(line, client, server, *ports, half, ways)
    time = connection.begin(time)
    time = connection.exchange(time, request, reply, size, pause)
    return connection.end(time)


def lookup(line, client, server, port, name, time, records=(), code=0, kind=1, half=HALF):
    """A name that is looked up: two packets."""
    query = packets.question((port * 31 + time // 1000) & 0xFFFF, name, kind)
    line.add(time, packets.Way(client, server).udp(port, 53, query))
    line.add(time + 2 * half, packets.Way(server, client).udp(53, port, packets.answer(query, records, code)))
    return time + 3 * half
