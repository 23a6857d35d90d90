"""Attacks that are made in the lab one after the other, each in a capture of its own with its label."""

import contextlib
import time

# Who comes to a place for the first time looks for it.
NOISE = ("sweep.arp", "sweep.nd")


class Group:
    def __init__(self, lab, quick=False, rounds=3):
        self.lab, self.quick, self.rounds = lab, quick, 1 if quick else rounds

    def seen(self, name, what, action, *words, size=2048):
        """Captures an action, and labels it."""
        what.start = time.time_ns()
        with self.lab.capture(name, settle=0.2 if self.quick else 1.2, size=size) as path:
            action(*words)
        what.write(path)
        return path

    @contextlib.contextmanager
    def serving(self, place, *words):
        """While an agent answers there."""
        server = self.lab.serve(place, *words)
        try:
            yield
        finally:
            server.terminate()
            server.wait()
