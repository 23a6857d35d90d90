"""How pods of different nodes reach each other: routed through one VXLAN as flannel does, or as one layer-2 segment each."""

from node import ip


class PodsNetwork:
    """A node's part of 10.244.0.0/16: 10.244.(16 N).0/20, its first address the gateway's."""

    def __init__(self, number):
        self.number = number
        self.base = f"10.244.{16 * number}.0"
        self.gateway = f"10.244.{16 * number}.1"

    def pod(self, number):
        """The address of the pod of that number, from 1 to 4,000."""
        host = number + 1
        return f"10.244.{16 * self.number + (host >> 8)}.{host & 255}"

    @property
    def link_address(self):
        return f"0e:00:00:00:00:{self.number:02x}"


def route(nodes, port):
    """cni0 and flannel.1 on every node, VNI 1 on `port`: nothing is learned, everything is told. vxlan in ip-link(8)."""
    for node in nodes:
        node.pods_network = PodsNetwork(node.number)
    for node in nodes:
        own = node.pods_network
        lines = ["link add cni0 type bridge", f"address add {own.gateway}/20 dev cni0", "link set cni0 mtu 1450 up",
                 f"link add flannel.1 address {own.link_address} type vxlan id 1 local {node.address} dev eth0 "
                 f"dstport {port} nolearning",
                 f"address add {own.base}/32 dev flannel.1", "link set flannel.1 mtu 1450 up"]
        for other in nodes:
            if other is not node:
                far = other.pods_network
                lines += [f"neighbour add {far.base} lladdr {far.link_address} dev flannel.1 nud permanent",
                          f"route add {far.base}/20 via {far.base} dev flannel.1 onlink"]
        ip(node.pid, lines)
        node.run(["bridge", "-batch", "-"], "".join(
            f"fdb add {other.pods_network.link_address} dev flannel.1 dst {other.address} self permanent\n"
            for other in nodes if other is not node))
        node.run(["sh", "-c", "echo 1 >/proc/sys/net/ipv4/ip_forward"])


def stretch(nodes, vni, port):
    """A bridge br-VNI without an address on every node, and vxVNI in it: one segment over all."""
    for node in nodes:
        bridge, device = f"br-{vni}", f"vx{vni}"
        ip(node.pid, [f"link add {bridge} type bridge",
                      f"link add {device} type vxlan id {vni} local {node.address} dev eth0 dstport {port}",
                      f"link set {device} master {bridge} up", f"link set {bridge} up"])
        node.run(["bridge", "-batch", "-"], "".join(
            f"fdb append 00:00:00:00:00:00 dev {device} dst {other.address} self permanent\n"
            for other in nodes if other is not node))
