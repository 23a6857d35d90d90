"""The healthy day as each interface of the node sees it: a packet between two pods passes two of them."""

import struct

import cluster
import pcapfile
from conversation import Line

UPLINK, BRIDGE, FIRST = 2, 3, 10
TO_US, TO_ALL, TO_OTHERS, FROM_US = 0, 1, 3, 4
ETHERNET = 1
# From one interface to the next.
PASSAGE = 1_000


class Interfaces(Line):
    """Packets as LINUX_SLL2 has them, with the numbers that the cluster's journal has."""

    def __init__(self, day):
        super().__init__()
        self.numbers = {pod.host.mac: FIRST + number for number, pod in enumerate(day.pods)}
        self.numbers |= {cluster.BRIDGE.mac: BRIDGE, cluster.UPLINK.mac: UPLINK}

    def add(self, time, frame, length=None):
        length = (length or len(frame)) + 6
        for number, (interface, way) in enumerate(self.passed(frame[6:12], frame[:6])):
            head = frame[12:14] + struct.pack("!HIHBB", 0, interface, ETHERNET, way, 6) + frame[6:12] + bytes(2)
            at = time + number * PASSAGE
            self.waiting.append((at, pcapfile.record(at, head + frame[14:], length)))

    def passed(self, source, target):
        """The interfaces, in order, and which way the packet goes there; what comes from outside comes by the uplink."""
        here, there = self.numbers.get(source, UPLINK), self.numbers.get(target)
        if source in self.numbers and here < FIRST:
            yield here, FROM_US
        else:
            yield here, TO_OTHERS if there and there >= FIRST else TO_ALL if target[0] & 1 else TO_US
        if there == BRIDGE and here != BRIDGE:
            yield BRIDGE, TO_US
        elif there and there >= FIRST:
            yield there, FROM_US
