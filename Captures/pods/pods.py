#!/usr/bin/env python3
"""pods.py COUNT [DIRECTORY] : makes pods-COUNT.pcap and pods-COUNT.journal of a node with so many pods that talk to each other.

Pods are network namespaces, joined to the node by a veth each and a route, as the ptp plugin of CNI does it. What they are called,
which service each belongs to and which services call which is drawn by lot, the same every time: some call two others, few call many,
all ask the resolver, and one scrapes all. Every connection is a real one, of real sockets in those namespaces: a request of some
hundred bytes, and an answer of up to 60 kB. Runs in namespaces of its own, without a route out. Needs root, ip and tcpdump.
"""

import ctypes
import json
import os
import pathlib
import random
import selectors
import shutil
import socket
import subprocess
import sys
import tempfile
import time

CLONE_NEWNET, CLONE_NEWNS = 0x40000000, 0x00020000
GATEWAY, GATEWAY_MAC = "169.254.1.1", "ee:ee:ee:ee:ee:ee"
#: Addresses beyond the node, in a namespace of their own: who comes in, and who is asked.
VISITORS = [f"198.51.100.{host}" for host in range(10, 22)]
PARTNERS = {"psp.example": "203.0.113.10", "mail.example": "203.0.113.25", "s3.example": "203.0.113.80"}
#: What services are called, and whether many or few of them have a database of their own.
ROLES = ["cart", "catalog", "orders", "payment", "shipping", "search", "ads", "users", "stock", "review", "invoice", "price"]
libc = ctypes.CDLL(None, use_errno=True)


def check(result):
    if result != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def ip(*lines, namespace=None):
    """Runs lines of ip(8) in one go."""
    command = ["ip", *(["-n", namespace] if namespace else []), "-batch", "-"]
    subprocess.run(command, input="\n".join(lines) + "\n", text=True, check=True)


class Service:
    def __init__(self, namespace, name, port):
        self.namespace, self.name, self.port = namespace, name, port
        self.calls, self.pods = [], []


class Pod:
    def __init__(self, service, number, index):
        self.service, self.index = service, index
        tag = "".join(random.choice("bcdfghjklmnpqrstvwxz2456789") for _ in range(5))
        self.name = f"{service.name}-7c9d{service.port:x}-{tag}"
        self.address = f"10.42.{index // 250}.{index % 250 + 2}"
        self.identifier = "".join(random.choice("0123456789abcdef") for _ in range(12))
        self.namespace = f"pod-{index}"
        self.number = number

    def enter(self):
        check(libc.setns(self.file, CLONE_NEWNET))


def services(count):
    """Services for so many pods, in namespaces of about forty that are nearly alike, and who calls whom."""
    shops = max(1, count // 40)
    # The first roles are asked by the front, and those that follow by those before them.
    roles, stores = random.sample(ROLES, 8), [("pg", 5432), ("redis", 6379), ("kafka", 9092)]
    calls = {}
    for place, role in enumerate(roles):
        later = roles[place + 1 :]
        calls[role] = random.sample(later, min(len(later), random.choice([0, 1, 1, 2, 3])))
        calls[role] += [name for name, _ in random.sample(stores, random.choice([1, 1, 2]))]
    platform = [Service("platform", "auth", 8443), Service("platform", "billing", 8444)] if shops > 1 else []
    made = [*platform]
    for shop in range(shops):
        namespace = f"shop-{shop}" if shops > 1 else "shop"
        own = {role: Service(namespace, role, 7000 + ROLES.index(role)) for role in roles}
        own |= {name: Service(namespace, name, port) for name, port in stores}
        front = Service(namespace, "web", 8080)
        front.calls = [own[role] for role in roles[:5]] + platform[:1]
        for role in roles:
            own[role].calls = [own[name] for name in calls[role] if shops == 1 or random.random() < 0.9]
        own[roles[2]].calls += platform[1:]
        made += [front, *own.values()]
    system = [Service("kube-system", "coredns", 53), Service("monitoring", "prometheus", 9090)]
    for service in made:
        service.calls.append(system[0])
    return made, system


def populate(made, system, count):
    """Pods for services: most have two or three, stores one, until there are as many as wanted."""
    pods, index = [], 0
    order = [*system, *made]
    weights = {"pg": 0.2, "redis": 0.2, "kafka": 0.6, "web": 1.5}
    while index < count:
        if index < len(order):
            service = order[index]
        else:
            service = random.choices(made, [weights.get(service.name, 1) for service in made])[0]
        pod = Pod(service, len(service.pods), index)
        service.pods.append(pod)
        pods.append(pod)
        index += 1
    return pods


class Wan:
    """All that is outside."""

    namespace, index, address = "wan", "wan", "192.0.2.2"

    def enter(self):
        check(libc.setns(self.file, CLONE_NEWNET))


def join(place, mac, routes):
    """A veth between the node and a namespace, with addresses that never need to be asked for."""
    device = f"veth{place.index}"
    ip(
        f"link add {device} address {GATEWAY_MAC} type veth peer name eth0 address {mac} netns {place.namespace}",
        f"link set {device} up",
        f"neighbour add {place.address} lladdr {mac} dev {device} nud permanent",
        f"route add {place.address}/32 dev {device}",
        *(f"route add {route} via {place.address} dev {device} onlink" for route in routes),
    )
    ip(
        "link set lo up",
        "link set eth0 up",
        f"address add {place.address}/32 dev eth0",
        f"route add {GATEWAY} dev eth0 scope link",
        f"neighbour add {GATEWAY} lladdr {GATEWAY_MAC} dev eth0 nud permanent",
        f"route add default via {GATEWAY} dev eth0 src {place.address}",
        namespace=place.namespace,
    )
    place.file = os.open(f"/run/netns/{place.namespace}", os.O_RDONLY)
    place.inode = os.fstat(place.file).st_ino
    place.node_end = socket.if_nametoindex(device)


def build(pods, wan):
    """The node's own namespace, a namespace for each pod, one for all that is outside, and nothing beyond."""
    check(libc.unshare(CLONE_NEWNET | CLONE_NEWNS))
    subprocess.run(["mount", "--make-rprivate", "/"], check=True)
    pathlib.Path("/run/netns").mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "none", "/run/netns"], check=True)
    for name in ("all", "default"):
        pathlib.Path(f"/proc/sys/net/ipv6/conf/{name}/disable_ipv6").write_text("1")
    pathlib.Path("/proc/sys/net/ipv4/ip_forward").write_text("1")
    ip("link set lo up", *(f"netns add {place.namespace}" for place in [wan, *pods]))
    for pod in pods:
        join(pod, f"0a:58:0a:2a:{pod.index >> 8:02x}:{pod.index & 255:02x}", [])
    outside = [*VISITORS, *PARTNERS.values()]
    join(wan, "0a:58:c0:00:02:02", outside)
    ip(*(f"address add {host}/32 dev eth0" for host in outside), namespace=wan.namespace)
    return os.stat("/proc/self/ns/net").st_ino


class Traffic:
    """All sockets of all pods, in one thread: a socket stays in the namespace that it was made in."""

    #: Connections under way at a time.
    WIDTH = 200

    def __init__(self):
        self.selector, self.left = selectors.DefaultSelector(), 0

    def listen(self, enter, address, port):
        enter()
        server = socket.create_server((address, port), backlog=512)
        server.setblocking(False)
        self.selector.register(server, selectors.EVENT_READ, self.accept)

    def accept(self, server):
        try:
            link, _ = server.accept()
        except BlockingIOError:
            return
        link.setblocking(False)
        self.selector.register(link, selectors.EVENT_READ, self.answer)

    def answer(self, link):
        size = int(link.recv(4096).split()[1])
        self.selector.unregister(link)
        link.setblocking(True)
        link.sendall(b"x" * size)
        link.shutdown(socket.SHUT_WR)
        link.close()

    def ask(self, enter, source, address, port, size):
        enter()
        link = socket.socket()
        link.bind((source, 0))
        link.setblocking(False)
        link.connect_ex((address, port))
        self.left += 1
        self.selector.register(link, selectors.EVENT_WRITE, lambda link: self.request(link, size))

    def request(self, link, size):
        link.send(f"GET {size} ".encode() + b"h" * 200)
        self.selector.modify(link, selectors.EVENT_READ, self.read)

    def read(self, link):
        if not link.recv(1 << 16):
            self.selector.unregister(link)
            link.close()
            self.left -= 1

    def turn(self, until):
        """Goes on until there are no more connections than that; a minute without one is an error."""
        deadline = time.monotonic() + 60
        while self.left > until:
            for key, _ in self.selector.select(1):
                key.data(key.fileobj)
            if time.monotonic() > deadline:
                raise SystemExit(f"{self.left} connections do not end")


def talk(traffic, wan, pods, made, system):
    for pod in pods:
        traffic.listen(pod.enter, pod.address, pod.service.port)
    for address in PARTNERS.values():
        traffic.listen(wan.enter, address, 443)
    orders = []
    for service in made:
        for pod in service.pods:
            for called in service.calls:
                # A client keeps to one or two of a service's replicas.
                for target in random.sample(called.pods, min(len(called.pods), random.choice([1, 1, 2]))):
                    orders += [(pod.enter, pod.address, target.address, called.port, size()) for _ in range(random.choice([1, 2, 5]))]
            if service.name in ("payment", "users", "invoice"):
                partner = random.choice(list(PARTNERS.values()))
                orders.append((pod.enter, pod.address, partner, 443, size()))
            if service.name == "web":
                orders += [(wan.enter, visitor, pod.address, 8080, size()) for visitor in random.sample(VISITORS, 3)]
    scraper = system[1].pods[0]
    orders += [(scraper.enter, scraper.address, pod.address, pod.service.port, 4000) for pod in pods if pod is not scraper]
    random.shuffle(orders)
    for order in orders:
        traffic.ask(*order)
        traffic.turn(Traffic.WIDTH)
    traffic.turn(0)
    return len(orders)


def size():
    return random.choice([200, 900, 900, 4000, 15_000, 60_000])


def journal(node, pods, path):
    """Who had which address, as `portolan observe --journal` writes it."""
    now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - 60))
    with path.open("w") as file:

        def tell(change, **fields):
            event = {"kind": "state", "action": "identity_changed"}
            record = {"@timestamp": now, "event": event, "portolan": {"change": change}, **fields}
            file.write(json.dumps(record) + "\n")

        tell("host", host={"name": "node-1", "netns": node})
        for pod in pods:
            image = {"name": f"registry.example/{pod.service.name}:4"}
            labels = {"app": pod.service.name}
            tell(
                "container",
                container={
                    "id": pod.identifier, "generation": 1, "netns": pod.inode, "runtime": "containerd", "name": pod.service.name,
                    "image": image, "labels": labels, "pod": pod.name, "namespace": pod.service.namespace,
                    "creator": f"deployment/{pod.service.name}",
                },
            )
            inner = {"ifindex": 2, "netns": pod.inode}
            outer = {"ifindex": pod.node_end, "netns": node}
            tell("interface", interface={**outer, "name": f"veth{pod.index}", "kind": "veth", "peer": inner})
            tell("interface", interface={**inner, "name": "eth0", "kind": "veth", "peer": outer})
            tell("address", interface={**inner, "ip": pod.address, "prefix_length": 32})


def main():
    count = int(sys.argv[1])
    directory = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else ".").resolve()
    random.seed(count)
    made, system = services(count)
    pods = populate(made, system, count)
    wan = Wan()
    node = build(pods, wan)
    work = pathlib.Path(tempfile.mkdtemp())
    capture = work / "pods.pcap"
    # Each packet once: where the node takes it from a veth.
    words = ["tcpdump", "-i", "any", "-y", "LINUX_SLL2", "-Q", "in", "-s", "120", "-B", "65536", "-U", "-w", str(capture)]
    recorder = subprocess.Popen([*words, "tcp"], stderr=subprocess.DEVNULL)
    try:
        while not capture.exists() or capture.stat().st_size == 0:
            time.sleep(0.05)
        journal(node, pods, directory / f"pods-{count}.journal")
        orders = talk(Traffic(), wan, pods, made, system)
        time.sleep(1)
    finally:
        recorder.terminate()
        recorder.wait()
    shutil.move(capture, directory / f"pods-{count}.pcap")
    work.rmdir()
    print(f"{len(pods)} pods of {len(made) + len(system)} services, {orders} connections")


if __name__ == "__main__":
    main()
