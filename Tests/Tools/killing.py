#!/usr/bin/env python3
"""killing.py [--rounds N] [--seed S] BINARY : kills an agent under load, N times, and looks at what it remembers.

A few hundred connections a second come and go, and containers with them, while the agent is killed with SIGKILL between 0.1 s
and 3 s after it is ready. Each time its database must be sound; each connection that was over a second before must be in
it, for good; and the next start must say that it was killed, from at most about a second before on. Needs root.
"""

import argparse
import dataclasses
import os
import pathlib
import random
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

import apart

#: Seconds before its death of which an agent may forget.
ALLOWED = 1.0
#: How much earlier than that the gap may begin that is told of it: 0.5 s, as it is written when something happens.
SLACK = 0.5
PORT = 7000


class Load:
    """Connections over the loopback, each from an address that no other one has: 127.1.0.0 and up."""

    def __init__(self, pause):
        self.pause = pause
        #: packed source address and when it was over, in order
        self.over = []
        #: packed source addresses by their number
        self.number = (127 << 24) + (1 << 16)
        self.ending = threading.Event()
        listener = socket.create_server(("127.0.0.1", PORT), backlog=512)
        self.threads = [threading.Thread(target=self.serve, args=[listener]), threading.Thread(target=self.ask)]
        for thread in self.threads:
            thread.daemon = True
            thread.start()

    def serve(self, listener):
        while not self.ending.is_set():
            link, _ = listener.accept()
            with link:
                link.sendall(link.recv(64))

    def ask(self):
        while not self.ending.is_set():
            self.number += 1
            address = self.number.to_bytes(4, "big")
            with socket.socket() as link:
                link.settimeout(10)
                link.bind((socket.inet_ntoa(address), 0))
                link.connect(("127.0.0.1", PORT))
                link.sendall(b"hello")
                while link.recv(64):
                    pass
            self.over.append((address, time.time()))
            time.sleep(self.pause)


@dataclasses.dataclass
class Round:
    #: seconds since 1970
    killed: float
    #: addresses of connections that were over in time
    due: set
    #: of all connections of this round, how long before its death the earliest was over that is not remembered
    forgotten: float
    #: how long before its death the gap begins that the next start told of it
    early: float = 0.0


def copy(database, folder):
    """As the agent left it: opening the original would mend it."""
    place = folder / "copy.db"
    for suffix in ("", "-wal"):
        target = place.with_name(place.name + suffix)
        source = database.with_name(database.name + suffix)
        target.unlink(missing_ok=True)
        if source.exists():
            shutil.copy(source, target)
    return place


def look(database):
    """Soundness, addresses that have a flow, and times at which gaps of killed agents begin."""
    with sqlite3.connect(database) as link:
        sound = link.execute("PRAGMA integrity_check").fetchall()
        flows = link.execute("SELECT source_ip FROM flows UNION ALL SELECT source_ip FROM open_flows").fetchall()
        gaps = link.execute("SELECT since FROM gaps WHERE reason = 'killed' ORDER BY id").fetchall()
    link.close()
    return sound, {address for (address,) in flows}, [since for (since,) in gaps]


class Killing:
    """One agent that starts and dies, over and over, and what it is found to remember."""

    def __init__(self, binary, folder, chance):
        self.binary = binary
        self.agent = apart.Agent(binary, folder)
        self.chance = chance
        self.load = Load(pause=0.002)
        self.rounds = []
        self.remembered = set()
        self.failures = 0
        self.churn = apart.Churn(pause=0.3, limit=1)

    def fail(self, what):
        self.failures += 1
        print(f"round {len(self.rounds)}: {what}", flush=True)

    def turn(self):
        """A start, a death, and a look at what is left."""
        self.agent.start()
        # From here on it must see everything; the connection that is under way may have begun before.
        first = len(self.load.over) + 1
        time.sleep(self.chance.uniform(0.1, 3))
        killed = time.time()
        self.agent.kill()
        over = [(address, end) for address, end in self.load.over[first:] if end < killed]
        known = self.look()
        missing = [end for address, end in over if address not in known]
        due = {address for address, end in over if end < killed - ALLOWED}
        self.rounds.append(Round(killed, due, killed - min(missing, default=killed)))
        if due - known:
            self.fail(f"{len(due - known)} of {len(due)} connections are missing")
        if self.remembered - known:
            self.fail(f"{len(self.remembered - known)} connections were remembered once and are no more")
        self.remembered |= known

    def look(self):
        """Addresses that have a flow. Each death but the one just now has a gap."""
        database = copy(self.agent.database, self.agent.folder)
        sound, known, gaps = look(database)
        verified = subprocess.run(
            [self.binary, "report", "verify", "--database", database], stdout=subprocess.PIPE, text=True, timeout=60
        )
        if verified.returncode != 0:
            self.fail(f"it is not as it was written: {verified.stdout[:300]}")
        if sound != [("ok",)]:
            self.fail(f"the database is damaged: {sound[:3]}")
        if len(gaps) != len(self.rounds):
            self.fail(f"{len(gaps)} gaps of {len(self.rounds)} deaths")
        elif gaps:
            last = self.rounds[-1]
            last.early = last.killed - gaps[-1] / 1e9
            if not -0.05 < last.early < ALLOWED + SLACK:
                self.fail(f"the gap begins {last.early:.3f} s before the agent's death")
        return known

    def end(self):
        """A last start, which tells of the last death."""
        self.churn.end()
        self.agent.start()
        if self.agent.stop() != 0:
            self.fail("it does not end in order")
        self.look()
        print(
            f"{len(self.rounds)} deaths, {len(self.load.over)} connections, {len(self.remembered)} of them remembered; "
            f"what was missing was over at most {max(turn.forgotten for turn in self.rounds):.3f} s before a death; "
            f"gaps begin at most {max(turn.early for turn in self.rounds):.3f} s before it; {self.failures} failures"
        )
        if self.failures:
            print(self.agent.said())


def main():
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("binary", type=pathlib.Path)
    words.add_argument("--rounds", type=int, default=200)
    words.add_argument("--seed", type=int, default=random.randrange(1 << 32))
    options = words.parse_args()
    apart.enter()
    chance = random.Random(options.seed)
    print(f"{options.rounds} rounds, seed {options.seed}", flush=True)
    with tempfile.TemporaryDirectory(prefix="portolan-killing-") as name:
        killing = Killing(options.binary, pathlib.Path(name), chance)
        for _ in range(options.rounds):
            killing.turn()
        killing.end()
    return 1 if killing.failures else 0


if __name__ == "__main__":
    sys.exit(main())
