"""A wire of the benchmark's own: two network namespaces, a veth pair between them, and no way out of either."""

import os
import subprocess
import sys
import time

#: The device to capture on; the sender's end is v0, in the other namespace.
DEVICE = "v1"


def namespace(process):
    return os.readlink(f"/proc/{process}/ns/net")


def enter():
    """Starts this program again in a network namespace of its own, where it comes back from here."""
    outside = os.environ.get("PORTOLAN_WIRE")
    if outside:
        if namespace("self") == outside:
            sys.exit("This is no network namespace of the benchmark's own: nothing is sent here.")
        return
    if os.geteuid() != 0:
        sys.exit("Network namespaces need root.")
    os.environ["PORTOLAN_WIRE"] = namespace("self")
    os.execvp("unshare", ["unshare", "--net", sys.executable, *sys.argv])


def silence(prefix):
    """No address, and so no router solicitation or multicast report, on devices that come."""
    for which in ("all", "default"):
        line = f"echo 1 > /proc/sys/net/ipv6/conf/{which}/disable_ipv6"
        subprocess.run([*prefix, "sh", "-c", line], check=True)


class Wire:
    """Made in the namespace that `enter` came back in; gone with its processes."""

    def __enter__(self):
        self.holder = subprocess.Popen(["unshare", "--net", "sleep", "3600"])
        while namespace(self.holder.pid) == namespace("self"):
            time.sleep(0.01)
        self.there = ["nsenter", "-t", str(self.holder.pid), "-n"]
        silence([])
        silence(self.there)
        peer = ["peer", "name", "v0", "netns", str(self.holder.pid)]
        subprocess.run(["ip", "link", "add", DEVICE, "type", "veth", *peer], check=True)
        # As long as the frames that segmentation offload makes.
        subprocess.run(["ip", "link", "set", DEVICE, "mtu", "65535", "up"], check=True)
        subprocess.run([*self.there, "ip", "link", "set", "v0", "mtu", "65535", "up"], check=True)
        return self

    def __exit__(self, *_):
        self.holder.kill()
        self.holder.wait()

    def add_bridge(self):
        """Lets what arrives go on over a bridge and a second veth pair, so that it is seen at three places."""
        for line in (
            "link add w0 type veth peer name w1",
            "link add br0 type bridge mcast_snooping 0",
            f"link set {DEVICE} master br0",
            "link set w0 master br0",
            # The capture has the same addresses on both sides of its conversations.
            f"link set {DEVICE} type bridge_slave learning off",
            "link set w0 type bridge_slave learning off",
            "link set br0 up",
            "link set w0 mtu 65535 up",
            "link set w1 mtu 65535 up",
        ):
            subprocess.run(["ip", *line.split()], check=True)

    def interfaces(self):
        """Name and index of each interface here."""
        result = subprocess.run(["ip", "-o", "link"], check=True, capture_output=True, text=True)
        lines = (line.split(": ") for line in result.stdout.splitlines())
        return [(name.split("@")[0], int(index)) for index, name, *_ in lines]

    def send(self, blast, capture, rate, seconds):
        """Sends the capture's packets over and over; how many it sent."""
        command = [*self.there, blast, "v0", capture, str(rate), str(seconds)]
        result = subprocess.run(command, check=True, capture_output=True, text=True, timeout=seconds + 30)
        words = result.stdout.split()
        return int(words[words.index("sent") + 1])
