"""What only the journal tells: who waits for callers in a container, and what shares a host."""

from conversation import whole
from declared import GET, PAGE
from label import Label
from scene import BEGINNING, NODE, SECOND, Scene

LEVELS = """\
sensitivity:
  levels: [public, internal, restricted]
  rules:
    - {level: public, name: edge}
    - {level: restricted, image: "*/postgres:*"}
"""


def traffic(scene):
    """Something goes on for twenty minutes, so that it is known what time it is."""
    client, server = scene.pod("client"), scene.pod("server")
    for number in range(40):
        whole(scene.line, client, server, scene.ports(8080), BEGINNING + number * 30 * SECOND, GET, PAGE)


def late_listener(scene, seed):
    """A port opened long after a container settled: TCP, UDP, and TCP by IPv6."""
    host, start = scene.pod("opened"), BEGINNING + 600 * SECOND
    protocol, address, port = ((6, "0.0.0.0", 4444), (17, "0.0.0.0", 1194), (6, "::", 31337))[seed % 3]
    scene.book.listener(BEGINNING - 3599 * SECOND, scene.namespace(host), 6, "0.0.0.0", 8080)
    scene.book.listener(start, scene.namespace(host), protocol, address, port)
    traffic(scene)
    return Label("a port that opens late", ("listener.new",), "opened", start, journal=True), None


def shell(scene, seed):
    """A program that hands out shells, on another port than ssh's."""
    host, start = scene.pod("opened"), BEGINNING + 600 * SECOND
    scene.book.listener(start, scene.namespace(host), 6, "0.0.0.0", 2222 + seed, ("dropbear", "ncat", "socat")[seed % 3])
    traffic(scene)
    return Label("a remote shell on another port", ("listener.ssh",), "opened", start, ("listener.new",), journal=True), None


def levels(scene, seed):
    """Two levels on one host: by what the policy says of names and images, and by a label that asks for more."""
    start = BEGINNING + 300 * SECOND
    scene.pod("edge")
    keys = {"labels": {"portolan.sensitivity": "internal"}} if seed % 2 else {}
    scene.pod("joined", "example/app:1" if seed % 2 else "example/postgres:16", start, **keys)
    traffic(scene)
    return Label("levels that share a host", ("audit.levels",), "joined", start, journal=True), LEVELS


def workloads(scene, seed):
    """The host runs something of its own, beside what a host of containers needs."""
    start = BEGINNING + 300 * SECOND
    scene.book.listener(BEGINNING, NODE, 6, "0.0.0.0", 22, "sshd")
    scene.book.listener(BEGINNING, NODE, 6, "0.0.0.0", 10_250, "kubelet")
    process, protocol, port = (("mysqld", 6, 3306), ("python3", 6, 8000), ("openvpn", 17, 1194))[seed % 3]
    scene.book.listener(start, NODE, protocol, "0.0.0.0", port, process)
    traffic(scene)
    return Label("a workload beside containers", ("audit.workloads",), None, start, journal=True), None


KINDS = {"late-listener": late_listener, "shell-program": shell, "levels": levels, "workloads": workloads}


def write_all(folder, quick, rounds=3):
    for name, kind in KINDS.items():
        for seed in range(1 if quick else rounds):
            scene = Scene(seed)
            label, policy = kind(scene, seed)
            path = folder / f"resident-{name}-{seed}.pcap"
            scene.write(path, label)
            if policy:
                path.with_suffix(".yaml").write_text(policy)
