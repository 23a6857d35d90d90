"""Who was who: the identity journal of a host, as `portolan run --journal` would have written it. See Docs/Records.md."""

import hashlib
import json
import time as clock


def stamp(nanoseconds):
    """RFC 3339 with nine digits."""
    seconds, rest = divmod(nanoseconds, 1_000_000_000)
    return clock.strftime("%Y-%m-%dT%H:%M:%S", clock.gmtime(seconds)) + f".{rest:09}Z"


def identifier(name):
    """Of the container with that name."""
    return hashlib.sha256(name.encode()).hexdigest()


class Journal:
    """Lines, each with its time, in the order in which they were added. Namespaces are numbers."""

    def __init__(self, name, namespace, time):
        self.entries = []
        self.namespace = namespace
        self._add(time, "host", {"host": {"netns": namespace, "name": name}})

    def _add(self, time, change, keys, action="identity_changed"):
        event = {"kind": "state", "action": action}
        self.entries.append((time, {"@timestamp": stamp(time), "event": event, "portolan": {"change": change}, **keys}))

    def interface(self, time, namespace, index, name, **keys):
        """`keys` are kind, mac, peer, master, vni, tunnel_port."""
        keys = {key: value for key, value in keys.items() if value is not None}
        self._add(time, "interface", {"interface": {"netns": namespace, "ifindex": index, "name": name, **keys}})

    def address(self, time, namespace, index, address, length, gone=False):
        keys = {"netns": namespace, "ifindex": index, "ip": address}
        if not gone:
            keys["prefix_length"] = length
        self._add(time, "address_gone" if gone else "address", {"interface": keys})

    def remote(self, time, namespace, index, mac, address):
        keys = {"interface": {"netns": namespace, "ifindex": index}, "remote": {"mac": mac, "ip": address}}
        self._add(time, "remote", keys)

    def container(self, time, name, netns, image="example/app:1", **keys):
        keys = {"id": identifier(name), "generation": 1, "netns": netns, "name": name, **keys}
        keys |= {"image": {"name": image}, "runtime": "containerd", "started": stamp(time), "created": stamp(time)}
        self._add(time, "container", {"container": keys}, "container_started")

    def ended(self, time, name, namespace):
        """The container, and its namespace with all that was in it."""
        keys = {"container": {"id": identifier(name), "generation": 1}}
        self._add(time, "container_ended", keys, "container_stopped")
        self._add(time, "namespace_gone", {"interface": {"netns": namespace}})

    def listener(self, time, namespace, protocol, address, port, process=None):
        keys = {"network": {"iana_number": protocol, "transport": {6: "tcp", 17: "udp"}[protocol]}}
        keys["listener"] = {"netns": namespace, "ip": address, "port": port}
        if process:
            keys["process"] = {"pid": 4711, "name": process}
        self._add(time, "listener", keys, "listener_opened")

    def lines(self):
        for _, keys in sorted(self.entries, key=lambda entry: entry[0]):
            yield json.dumps(keys) + "\n"

    def write(self, path):
        with open(path, "w") as file:
            file.writelines(self.lines())
