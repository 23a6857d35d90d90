"""What is known to be taken for an attack and is none, as the pages of the detectors say; each with the exception that ends it."""

import packets
from conversation import HALF, Connection, lookup
from label import Label
from made import TLS
from residents import traffic
from scene import BEGINNING, SECOND, Scene

EXCEPTION = 'exceptions:\n  - {rule: "%s", source: {name: "%s"}, reason: known, until: 2026-12-31}\n'


def poll(scene, seed):
    """A pod that asks one service outside by the clock, all alone: that is a beacon by all that is to be seen."""
    place, names, pod = scene.outside("198.51.100.150"), scene.pod("coredns"), scene.pod("sync")
    interval = (60, 30, 300)[seed % 3]
    for number in range(60):
        time = BEGINNING + number * interval * SECOND + scene.chance.randrange(SECOND)
        time = lookup(scene.line, pod, names, scene.ports(53)[0], "api.example.com", time, [(1, place.ip)])
        scene.call(pod, place, 443, time, packets.client_hello("api.example.com"), TLS, 900)
    return Label("one service outside asked by the clock", ("beacon.periodic",), "sync", mistaken="nobody else calls there"), "sync"


def not_yet_up(scene, seed):
    """Six replicas that a name gives, before any of them is up: nobody ever got an answer there."""
    client = scene.pod("client")
    for number in range(6):
        replica = scene.pod(f"replica-{number}")
        attempt = Connection(scene.line, client, replica, *scene.ports((9042, 5432, 6379)[seed % 3]))
        time = BEGINNING + number * 3 * SECOND
        attempt.refused(time) if seed % 2 else attempt.unanswered(time, 1)
    why = "six first contacts fail, and nobody reached the service before"
    return Label("a service of which no replica is up yet", ("scan.horizontal",), "client", mistaken=why), "client"


def crawler(scene, seed):
    """Hundreds of new places before the first of them answers; all do."""
    client = scene.pod("crawler")
    for number in range(900):
        place = scene.outside(f"198.{51 + seed}.{number // 250}.{1 + number % 250}")
        connection = Connection(scene.line, client, place, *scene.ports(443), 6000 * HALF)
        connection.end(connection.begin(BEGINNING + number * SECOND // 2500) + SECOND)
    why = "more than 512 connections to new places are under way before any is answered"
    return Label("a crawler in a hurry", ("scan.horizontal", "scan.block"), "crawler", mistaken=why), "crawler"


def git_server(scene, seed):
    host = scene.pod("forge", "example/forge:1")
    port, process = ((22, "sshd"), (2222, "sshd"), (22, "dropbear"))[seed % 3]
    scene.book.listener(BEGINNING, scene.namespace(host), 6, "0.0.0.0", port, process)
    traffic(scene)
    return Label("a container that is meant to have ssh", ("listener.ssh",), "forge", mistaken="ssh is ssh"), "forge"


KINDS = {"poll": poll, "not-yet-up": not_yet_up, "crawler": crawler, "git-server": git_server}


def write_all(folder, quick, rounds=3):
    for name, kind in KINDS.items():
        for seed in range(0 if quick else rounds):
            scene = Scene(seed)
            label, who = kind(scene, seed)
            path = folder / f"mistaken-{name}-{seed}.pcap"
            scene.write(path, label)
            text = "".join(EXCEPTION % (rule, who) for rule in label.rules[:1])
            if len(label.rules) > 1:
                text = EXCEPTION % ("scan.*", who)
            path.with_suffix(".exception.yaml").write_text(text)
