"""All there is of one lab, and what can be asked of it."""

import os
import cgroups
import fabric
import pods
from node import Node
from underlay import Underlay


class Lab:
    def __init__(self):
        self.tree = None
        self.nodes = {}
        self.pods = {}

    def do_open(self, number, nodes, v2_only=False):
        """Makes the nodes of those names and joins them."""
        self.tree = cgroups.Tree(number)
        self.tree.plant()
        self.underlay = Underlay()
        answer = []
        for index, name in enumerate(nodes, 1):
            node = self.nodes[name] = Node(name, self.tree, self.underlay.gateway, v2_only)
            node.number = index
            node.address = self.underlay.connect(node, index)
            answer.append({"name": name, "pid": node.pid, "address": node.address, "groups": node.group_folders})
        return {"name": self.tree.name, "pid": os.getpid(), "nodes": answer}

    def do_route(self, port):
        """Gives every node a network for pods, and routes between them."""
        fabric.route(list(self.nodes.values()), port)

    def do_stretch(self, vni, port):
        """Lays a layer-2 segment over all nodes."""
        fabric.stretch(list(self.nodes.values()), vni, port)

    def do_start(self, specs):
        """Starts pods, and describes them."""
        new = []
        for spec in specs:
            if spec["name"] in self.pods:
                raise ValueError(f"there is a pod {spec['name']} already")
            spec["node"] = self.nodes[spec["node"]]
            new.append(pods.Pod(**spec))
        pods.start(new)
        self.pods.update((pod.name, pod) for pod in new)
        return [pod.describe() for pod in new]

    def do_stop(self, names):
        for name in names:
            self.pods.pop(name).end()

    def do_talk(self, orders, size, protocol):
        """Has pods talk, all at a time: `orders` names for each pod the [address, port] it is to talk to, in turn."""
        for name, to in orders.items():
            self.pods[name].ask({"do": "talk", "to": to, "size": size, "protocol": protocol})
        return [dict(result, pod=name) for name in orders for result in self.pods[name].answer()]

    def do_shout(self, pod, to, seconds):
        """Has a pod send to each [address, port, protocol] for a time, and does not wait for it."""
        self.pods[pod].ask({"do": "shout", "to": to, "seconds": seconds})
        return self.pods[pod].answer()

    def do_heard(self, names):
        """What reached the servers of pods."""
        for name in names:
            self.pods[name].ask({"do": "heard"})
        return [dict(one, pod=name) for name in names for one in self.pods[name].answer()]

    def do_forge(self, pod, **order):
        self.pods[pod].ask(dict(order, do="forge"))
        return self.pods[pod].answer()

    def close(self):
        for pod in self.pods.values():
            pod.end(orderly=False)
        for node in self.nodes.values():
            node.end()
        self.nodes, self.pods = {}, {}
        if self.tree:
            self.tree.remove()
