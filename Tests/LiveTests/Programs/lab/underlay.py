"""The wire between nodes: a bridge in the network namespace of this program, which has no other link."""

import os
import kernel
from node import ip


class Underlay:
    """Addresses are 10.89.0.N for node N, and 10.89.0.254 for the bridge, behind which nothing is."""

    gateway = "10.89.0.254"

    def __init__(self):
        kernel.unshare(kernel.NEWNET)
        kernel.refuse_the_machines_network()
        ip(os.getpid(), ["link set lo up", "link add underlay type bridge", "link set underlay up",
                         f"address add {self.gateway}/24 dev underlay"])
        # Names are asked of the gateway, where nobody listens: each question is refused at once, and not one in a second.
        with open("/proc/sys/net/ipv4/icmp_ratelimit", "w") as file:
            file.write("0")

    def connect(self, node, number):
        """Gives a node its eth0; returns the address."""
        address = f"10.89.0.{number}"
        ip(os.getpid(), [f"link add node{number} type veth peer name eth0 netns {node.pid}",
                         f"link set node{number} master underlay up"])
        ip(node.pid, ["link set lo up", f"address add {address}/24 dev eth0", "link set eth0 up",
                      f"route add default via {self.gateway}"])
        return address
