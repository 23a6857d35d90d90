#!/usr/bin/env python3
"""healthy.py [--hours N] [--seed N] [--interfaces] [--journal] [--scan] : a healthy day of a cluster, written to standard output.

Prometheus and 200 targets, probes, balancer checks, names, three updates of 100 containers, an outage, backups, visitors.
The same options give the same bytes. With --journal the identity journal of that day; with --scan `app-107` also tries
one port every ten minutes; with --interfaces each packet is there as often as interfaces of the node see it.
"""

import argparse
import heapq
import sys

import pcapfile
from cluster import SECOND, Cluster
from conversation import Connection, Line
from everyday import Everyday
from interfaces import Interfaces

SCANNER = "app-107"
# What it tries: ports that nobody listens at, of pods here and on other nodes.
TRIED = (21, 22, 23, 25, 110, 139, 445, 1433, 2375, 2379, 3306, 3389, 5432, 5900, 5985, 6379, 8500, 9200, 11211, 27017)


def slow_scan(cluster, everyday):
    """One new host and port every ten minutes."""
    source = cluster.apps[107].at(0).host
    time, number = cluster.beginning + 137 * SECOND, 0
    while time < cluster.end:
        yield time
        target = cluster.apps[100 + number % 7].at(time).host if number % 3 else cluster.remote[number % 80]
        attempt = Connection(everyday.line, source, target, everyday.next_port(), TRIED[number % len(TRIED)])
        if number % 3:
            attempt.refused(time)
        else:
            attempt.unanswered(time, 1)
        time, number = time + 600 * SECOND, number + 1


def play(cluster, activities, line, output):
    """Runs all activities in packet time, and writes what is due every half minute."""
    heap = []
    for number, activity in enumerate(activities):
        time = next(activity, None)
        if time is not None:
            heapq.heappush(heap, (time, number, activity))
    written = cluster.beginning
    while heap:
        time, number, activity = heap[0]
        if time - written >= 30 * SECOND:
            output.write(line.until(time))
            written = time
        following = next(activity, None)
        if following is None:
            heapq.heappop(heap)
        else:
            heapq.heapreplace(heap, (max(following, time), number, activity))
    output.write(line.until(1 << 63))


def main():
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--hours", type=int, default=24)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--interfaces", action="store_true")
    words.add_argument("--journal", action="store_true")
    words.add_argument("--scan", action="store_true")
    options = words.parse_args()
    cluster = Cluster(options.seed, options.hours)
    if options.journal:
        sys.stdout.writelines(cluster.journal().lines())
        return
    line = Interfaces(cluster) if options.interfaces else Line()
    everyday = Everyday(cluster, line)
    activities = list(everyday.activities())
    if options.scan:
        activities.append(slow_scan(cluster, everyday))
    output = sys.stdout.buffer
    output.write(pcapfile.header(pcapfile.COOKED if options.interfaces else pcapfile.ETHERNET))
    try:
        play(cluster, activities, line, output)
        output.flush()
    except BrokenPipeError:
        sys.stderr.close()


if __name__ == "__main__":
    main()
