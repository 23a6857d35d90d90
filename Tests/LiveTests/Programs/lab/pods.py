"""Pods without a container engine: two processes that share a network namespace, one that holds it and one that works, in
control groups named as one runtime or another names them."""

import json
import os
import secrets
import signal
import socket
import kernel
import app
from node import ip

BUSYBOX = "/usr/bin/busybox"
MTU = 1450  # of Ethernet, less what VXLAN adds


def styles():
    """Paths of a container's control group, by who names it; `pod` is a UUID, `container` 64 hexadecimal digits."""
    return {
        "kubelet-cgroupfs": "kubepods/besteffort/pod{pod}/{container}",
        "containerd-systemd": "kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod{pod_}.slice/"
                              "cri-containerd-{container}.scope",
        "crio-systemd": "kubepods.slice/kubepods-pod{pod_}.slice/crio-{container}.scope",
        "docker-cgroupfs": "docker/{container}",
        "docker-systemd": "system.slice/docker-{container}.scope",
        "podman-systemd": "machine.slice/libpod-{container}.scope/container",
        "kubelet-nested": "kubelet/kubepods/besteffort/pod{pod}/{container}",
    }


class Pod:
    def __init__(self, name, node, number, style, routed, overlays, ports, greet=None, shout=()):
        self.name, self.node, self.number, self.style = name, node, number, style
        self.routed, self.overlays, self.ports, self.greet, self.shout = routed, overlays, ports, greet, shout
        digits = secrets.token_hex(16)
        self.uid = "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
        self.pause, self.app = secrets.token_hex(32), secrets.token_hex(32)
        self.veths = []
        self.addresses = []

    def group(self, container):
        path = styles()[self.style]
        return path.format(pod=self.uid, pod_=self.uid.replace("-", "_"), container=container)

    def start_pause(self):
        self.control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.theirs = theirs
        reader, writer = os.pipe2(os.O_CLOEXEC)

        def body():
            quiet(())
            # The pipe ends when this program gives way to the next, so its reader knows that all is done.
            os.execv(BUSYBOX, ["sleep", "1000000"])

        self.pause_pid = self.node.fork(body, [self.group(self.pause)], own_network=True)
        os.close(writer)
        os.read(reader, 1)
        os.close(reader)
        self.network = kernel.network_namespace(self.pause_pid)
        kernel.refuse_the_machines_network(self.pause_pid)

    def links(self):
        """What the node must do to connect it, and the pod itself, in iproute2's words."""
        outside, inside = [], ["link set lo up"]

        def connect(prefix, name, bridge, address):
            veth = f"{prefix}{self.number:x}"
            self.veths.append(veth)
            self.addresses.append(address)
            outside.append(f"link add {veth} mtu {MTU} type veth peer name {name} mtu {MTU} netns {self.pause_pid}")
            outside.append(f"link set {veth} master {bridge} up")
            options = " nodad" if ":" in address else ""
            inside.extend([f"address add {address} dev {name}{options}", f"link set {name} up"])

        if self.routed:
            connect("veth", "eth0", "cni0", self.node.pods_network.pod(self.number) + "/20")
            inside.append(f"route add default via {self.node.pods_network.gateway}")
        for index, overlay in enumerate(self.overlays):
            kind = "eth" + str(index + (1 if self.routed else 0))
            connect(f"v{overlay['vni']}-", kind, f"br-{overlay['vni']}", overlay["address"])
        return outside, inside

    def start_app(self, inside):
        theirs = self.theirs

        def body():
            quiet((theirs.fileno(),))
            # `ip` is run by a child that is gone before the pod's work begins.
            ip("self", inside)
            kernel.set_process_name("app")
            if self.shout:
                app.shout(self.shout, 2)
            greeting = dict(app.talk([self.greet], 64)[0], pod=self.name) if self.greet else None
            app.serve(theirs, self.ports, greeting)

        self.app_pid = self.node.fork(body, [self.group(self.app)], network_of=self.pause_pid)
        theirs.close()

    def ask(self, order):
        self.control.send(json.dumps(order).encode())

    def answer(self):
        self.control.settimeout(120)
        message = self.control.recv(1 << 20)
        if not message:
            raise RuntimeError(f"{self.name} has ended")
        answer = json.loads(message)
        if "error" in answer:
            raise RuntimeError(f"{self.name}: {answer['error']}")
        return answer["ok"]

    def end(self, orderly=True):
        """Ends its processes; then, as a runtime does, takes its interfaces and groups away. Not needed when the node ends."""
        pids = (self.app_pid, self.pause_pid)
        for pid in pids:
            os.kill(pid, signal.SIGKILL)
        for pid in pids:
            os.waitpid(pid, 0)
        self.control.close()
        if orderly:
            disconnect(self.node, self.veths)
            for container in (self.app, self.pause):
                self.node.tree.remove(f"{self.node.name}/{self.group(container)}")

    def describe(self):
        folders = self.node.tree.folders(f"{self.node.name}/{self.group(self.app)}", self.node.v2_only)
        return {
            "name": self.name, "node": self.node.name, "style": self.style, "uid": self.uid,
            "pause": self.pause, "pausePid": self.pause_pid, "pauseGroup": "/" + self.group(self.pause),
            "app": self.app, "appPid": self.app_pid, "appGroup": "/" + self.group(self.app), "appFolders": folders,
            "addresses": [address.split("/")[0] for address in self.addresses], "veths": self.veths,
            "network": self.network, "greeting": self.greeting,
        }


def disconnect(node, veths):
    """Removes interfaces of a namespace that is gone or going: the kernel would do so too, but in its own time."""
    while True:
        with open(f"/proc/{node.pid}/net/dev") as file:
            there = {line.split(":")[0].strip() for line in file}
        left = [veth for veth in veths if veth in there]
        if not left:
            return
        try:
            ip(node.pid, [f"link delete {veth}" for veth in left])
        except RuntimeError:
            pass  # The kernel was faster: look again.


def quiet(keep):
    """Leaves nothing open but /dev/null and `keep`."""
    nothing = os.open("/dev/null", os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nothing, descriptor)
    for name in os.listdir("/proc/self/fd"):
        if int(name) > 2 and int(name) not in keep:
            try:
                os.close(int(name))
            except OSError:
                pass


def start(pods):
    """Starts all; those of a node are connected in one go."""
    for pod in pods:
        pod.start_pause()
    links = {pod: pod.links() for pod in pods}
    for node in {pod.node for pod in pods}:
        ip(node.pid, [line for pod in pods if pod.node is node for line in links[pod][0]])
    for pod in pods:
        pod.start_app(links[pod][1])
    for pod in pods:
        pod.greeting = pod.answer()
