"""What killing.py and soak.py stand on: namespaces of their own, an agent in them, and what looks like containers."""

import atexit
import http.client
import json
import os
import pathlib
import signal
import socket
import subprocess
import sys
import threading
import time

#: In the names of containers, so that no two runs of a test share one.
PROGRAM = time.time_ns()

#: Seconds that an agent may take to be ready, also where it is a debug build on a busy machine.
PATIENCE = 60


def enter():
    """Starts this program again in network, mount and PID namespaces of its own, where it comes back from here.

    Nothing that is sent there leaves, no runtime of the machine is seen, and all that is started ends with it.
    """
    outside = os.environ.get("PORTOLAN_APART")
    if outside is None:
        if os.geteuid() != 0:
            # As with live tests: in CI nothing is skipped.
            print("Namespaces need root: skipped.")
            sys.exit(os.environ.get("CI") == "true")
        os.environ["PORTOLAN_APART"] = os.readlink("/proc/self/ns/net")
        words = ["unshare", "--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"]
        os.execvp("unshare", [*words, sys.executable, *sys.argv])
    if os.readlink("/proc/self/ns/net") == outside:
        sys.exit("This is no network namespace of the test's own: nothing is sent here.")
    run("mount", "-t", "tmpfs", "none", "/run")
    quieten([])
    run("ip", "link", "set", "lo", "up")


def run(*command):
    subprocess.run(command, check=True)


def quieten(prefix):
    """No IPv6, and so nothing that a device sends by itself when it comes up."""
    for which in ("all", "default"):
        run(*prefix, "sh", "-c", f"echo 1 >/proc/sys/net/ipv6/conf/{which}/disable_ipv6")


class Agent:
    """`portolan run` with a folder of its own."""

    def __init__(self, binary, folder, *options):
        self.binary = pathlib.Path(binary).resolve()
        self.folder = pathlib.Path(folder)
        self.options = options
        self.socket = self.folder / "portolan.sock"
        self.database = self.folder / "portolan.db"
        self.errors = self.folder / "errors"
        self.process = None

    def start(self):
        """Starts it and waits until it answers."""
        # A crash is told by its signal; the handler would spend seconds on a backtrace.
        environment = {**os.environ, "SWIFT_BACKTRACE": "enable=no"}
        command = [self.binary, "run", "--socket", self.socket, "--database", self.database, *self.options]
        with open(self.errors, "ab") as errors:
            self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=errors, env=environment)
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                return self.ask("/v1/status")
            except (OSError, http.client.HTTPException, ValueError):
                if self.process.poll() is not None or time.monotonic() > deadline:
                    sys.exit(f"the agent does not answer ({self.process.poll()}):\n{self.said()}")
                time.sleep(0.01)

    def said(self):
        return self.errors.read_text(errors="replace")[-4000:]

    def get(self, path, timeout=10):
        """The body of an answer."""
        with connect(self.socket, timeout) as link:
            link.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
            reply = http.client.HTTPResponse(link)
            reply.begin()
            body = reply.read()
        if reply.status != 200:
            raise ValueError(f"{path} gives {reply.status}: {body[:300]}")
        return body

    def ask(self, path, timeout=10):
        return json.loads(self.get(path, timeout))

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        """Ends it in order; how it ended."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=30)


def connect(path, timeout=10):
    link = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    link.settimeout(timeout)
    link.connect(os.fspath(path))
    return link


def control_group():
    """The folder of this process's group in the v2 hierarchy."""
    own = next((line[3:].strip() for line in open("/proc/self/cgroup") if line.startswith("0::")), None)
    for line in open("/proc/self/mountinfo"):
        left, _, right = line.partition(" - ")
        if own is not None and right.startswith("cgroup2"):
            root, point = left.split()[3:5]
            return pathlib.Path(point) / os.path.relpath(own, root)
    sys.exit("no cgroup v2 hierarchy is mounted")


class Churn:
    """Containers that come, one every `pause` seconds, and go again when `limit` others have come."""

    def __init__(self, pause, limit):
        self.number = 0
        self.pause, self.limit = pause, limit
        self.ending = threading.Event()
        self.thread = threading.Thread(target=self.turn, daemon=True)
        self.thread.start()
        # Their control groups outlive whoever forgets them.
        atexit.register(self.end)

    def turn(self):
        here = []
        while not self.ending.wait(self.pause):
            self.number += 1
            here.append(Container(self.number))
            if len(here) > self.limit:
                here.pop(0).remove()
        for container in here:
            container.remove()

    def end(self):
        self.ending.set()
        self.thread.join()


class Container:
    """A process in a network namespace and a control group such as a container engine would name it."""

    def __init__(self, number):
        self.folder = control_group() / f"docker-{PROGRAM:032x}{number:032x}.scope"
        self.folder.mkdir(exist_ok=True)
        self.process = subprocess.Popen(["unshare", "--net", "sleep", "3600"])
        (self.folder / "cgroup.procs").write_text(str(self.process.pid))

    def remove(self):
        self.process.kill()
        self.process.wait()
        deadline = time.monotonic() + 3
        while True:
            try:
                return self.folder.rmdir()
            except OSError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.01)
