"""What the healthy day says to groups: mDNS, SSDP and LLMNR, of a pod that plays and of devices on the network outside."""

import struct

import packets
from cluster import BRIDGE, SECOND, UPLINK
from conversation import MILLISECOND

MDNS, SSDP, LLMNR = ("224.0.0.251", "ff02::fb"), "239.255.255.250", ("224.0.0.252", "ff02::1:3")
SEARCH = (
    b'M-SEARCH * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\nMAN: "ssdp:discover"\r\nMX: 2\r\nST: ssdp:all\r\n\r\n'
)
THERE = (
    b"HTTP/1.1 200 OK\r\nCACHE-CONTROL: max-age=1800\r\nST: upnp:rootdevice\r\nUSN: uuid:%d\r\n"
    b"LOCATION: http://203.0.113.%d:80/\r\n\r\n"
)
NOTICE = b"NOTIFY * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\nNTS: ssdp:alive\r\nNT: urn:%d\r\nUSN: uuid:%d\r\n\r\n"
SERVICES = ("_ipp._tcp.local", "_googlecast._tcp.local", "_airplay._tcp.local", "_smb._tcp.local")


class Groups:
    def __init__(self, everyday):
        self.day, self.cluster, self.line, self.chance = everyday, everyday.cluster, everyday.line, everyday.chance
        self.devices = []
        for number in range(20, 28):
            mac = f"02:20:00:00:00:{number:02x}"
            self.devices.append((packets.host(mac, f"203.0.113.{number}"), packets.host(mac, f"fe80::20ff:fe00:{number:x}")))

    def activities(self):
        beginning, every = self.cluster.beginning, self.day.every
        for number, device in enumerate(self.devices):
            yield every(120 + 60 * number, beginning + number * 9 * SECOND, self.announce, device)
            yield every(900, beginning + number * 41 * SECOND, self.notify, device)
            if number < 3:
                yield every(310 + 70 * number, beginning + number * 23 * SECOND, self.ask_a_name, device)
        yield every(120, beginning + 31 * SECOND, self.search, UPLINK)
        yield every(180, beginning + 37 * SECOND, self.play, None)

    def announce(self, device, time):
        """A question for services by both families, and the answer of one who has some."""
        for host, group in zip(device, MDNS):
            query = struct.pack("!HHHHHH", 0, 0, len(SERVICES), 0, 0, 0)
            query += b"".join(packets.encoded_name(name) + b"\0\x0c\0\x01" for name in SERVICES)
            self.line.add(time, packets.Way(host, packets.group(group)).udp(5353, 5353, query))
        for host, group in zip(self.chance.choice(self.devices), MDNS):
            name = packets.encoded_name("printer.local")
            reply = struct.pack("!HHHHHH", 0, 0x8400, 0, 1, 0, 0) + name + struct.pack("!HHIH", 1, 0x8001, 120, 4) + host.ip[-4:]
            self.line.add(time + 20 * MILLISECOND, packets.Way(host, packets.group(group)).udp(5353, 5353, reply))

    def notify(self, device, time):
        """All that a device is, twice over."""
        way = packets.Way(device[0], packets.group(SSDP))
        for number in range(24):
            self.line.add(time + number * 5 * MILLISECOND, way.udp(1900, 1900, NOTICE % (number % 12, device[0].ip[3])))

    def search(self, asker, time):
        """Three questions to all, and what each of them answers: answers to a port that nobody was asked from by name."""
        port, group = self.day.next_port(), packets.group(SSDP)
        for repeat in range(3):
            at = time + repeat * 300 * MILLISECOND
            self.line.add(at, packets.Way(asker, group).udp(port, 1900, SEARCH))
            for device, _ in self.devices:
                for number in range(6):
                    wait = self.chance.randrange(2000) * MILLISECOND
                    there = THERE % (number, device.ip[3])
                    self.line.add(at + wait, packets.Way(device, asker).udp(1900, port, there))

    def ask_a_name(self, device, time):
        """Names that nobody has, as Windows asks for them: by both families, both kinds, twice."""
        name, port = self.chance.choice(("wpad", "isatap", "fileserver")), self.day.next_port()
        for host, group in zip(device, LLMNR):
            for repeat in range(2):
                for kind in (1, 28):
                    query = packets.question(self.chance.randrange(65536), name, kind)
                    query = query[:2] + b"\0\0" + query[4:]
                    at = time + repeat * 410 * MILLISECOND
                    self.line.add(at, packets.Way(host, packets.group(group)).udp(port, 5355, query))

    def play(self, _, time):
        """A pod that looks for screens to play on; the bridge floods it, and nobody answers but the host, by mDNS."""
        player = self.cluster.player
        for number in range(3):
            self.line.add(time + number * SECOND, packets.Way(player.host, packets.group(SSDP)).udp(50_000, 1900, SEARCH))
        for host, group in zip((player.host, player.six), MDNS):
            query = packets.question(0, SERVICES[1], 12)
            self.line.add(time, packets.Way(host, packets.group(group)).udp(5353, 5353, query))
        reply = packets.answer(packets.question(0, SERVICES[1], 12), [(12, packets.encoded_name("screen.local"))])
        self.line.add(time + 3 * MILLISECOND, packets.Way(BRIDGE, packets.group(MDNS[0])).udp(5353, 5353, reply))
