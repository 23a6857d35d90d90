"""Looks around the way an intruder does, bounded in count and in time: forty ports of one pod, then one port on twenty
addresses, by plain TCP connects that send nothing and end as soon as they are made.
"""

import errno
import selectors
import socket

CATALOG = "10.244.2.20"


def look(targets, first_port, seconds):
    """Connects to all of `targets` at once, and gives how many answered, yes or no, within `seconds`."""
    waiting = selectors.DefaultSelector()
    for offset, target in enumerate(targets):
        attempt = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        attempt.setblocking(False)
        attempt.bind(("", first_port + offset))
        assert attempt.connect_ex(target) == errno.EINPROGRESS
        waiting.register(attempt, selectors.EVENT_WRITE)
    answered = 0
    while waiting.get_map():
        ready = waiting.select(seconds)
        if not ready:
            break
        for key, _ in ready:
            answered += 1
            waiting.unregister(key.fileobj)
            key.fileobj.close()
    for key in list(waiting.get_map().values()):
        key.fileobj.close()
    return answered


ports = [*range(20, 30), 53, 80, 110, 111, 135, 139, 143, 389, 443, 445, 993, 995, 1433, 1521]
ports += [2049, 2375, 2379, 3000, 3306, 3389, 5000, 5432, 5601, 6379, 6443, 8080, 8443, 9090, 9200, 10250]
assert len(ports) == 40
assert look([(CATALOG, port) for port in ports], 50001, 2) == 40

# Four pods are there to refuse; nobody is at the other sixteen.
assert look([(f"10.244.2.{host}", 6379) for host in range(10, 30)], 51001, 1.5) == 4
