"""A client of the Kubernetes Container Runtime Interface, as much of it as makes pods.

    cri.py SOCKET run '{"name": …, "uid": …, "namespace": …, "labels": {…}, "host_network": …, "image": …, "command": […]}'
    cri.py SOCKET remove SANDBOX

Messages are written and read field by field, numbers as in k8s.io/cri-api's api.proto (runtime.v1): there is no protoc here.
"""

import json
import sys
import grpc

POD, NODE = 0, 2  # NamespaceMode: whose network a pod uses


def number(value):
    """A base 128 varint. protobuf's Encoding page."""
    result = b""
    while value > 127:
        result += bytes([value & 127 | 128])
        value >>= 7
    return result + bytes([value])


def message(**fields):
    """Fields are named `f` and their number: texts, bytes of messages inside, integers, maps of texts, or lists of these."""
    result = b""
    for name, value in fields.items():
        tag = int(name[1:])
        if isinstance(value, dict):
            value = [message(f1=key, f2=text) for key, text in value.items()]
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, int):
                result += number(tag << 3) + number(one)
            else:
                data = one.encode() if isinstance(one, str) else one
                result += number(tag << 3 | 2) + number(len(data)) + data
    return result


def fields(data):
    """The fields of a message: number and value, a message inside as bytes."""
    position = 0

    def varint():
        nonlocal position
        value = shift = 0
        while True:
            byte = data[position]
            position += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    while position < len(data):
        tag = varint()
        if tag & 7 == 0:
            yield tag >> 3, varint()
        elif tag & 7 == 2:
            length = varint()
            yield tag >> 3, data[position:position + length]
            position += length
        else:
            raise ValueError(f"wire type {tag & 7}")


def first(data, *path):
    """The value at a path of field numbers; empty when it is not there."""
    for tag in path:
        data = next((value for found, value in fields(data) if found == tag), b"")
    return data


class Runtime:
    def __init__(self, path):
        self.channel = grpc.insecure_channel("unix://" + path)

    def call(self, method, service="RuntimeService", **request):
        return self.channel.unary_unary(f"/runtime.v1.{service}/{method}")(message(**request), timeout=50)

    def run(self, name, uid, namespace, labels, host_network, image, command):
        network = NODE if host_network else POD
        options = message(f1=network, f2=1, f3=POD)  # PID namespaces: one a container
        own = {"io.kubernetes.pod.name": name, "io.kubernetes.pod.namespace": namespace, "io.kubernetes.pod.uid": uid, **labels}
        pod = message(f1=message(f1=name, f2=uid, f3=namespace), f2="" if host_network else name, f6=own,
                      f8=message(f1="/kubepods/besteffort/pod" + uid, f2=message(f1=options)))
        sandbox = first(self.call("RunPodSandbox", f1=pod), 1).decode()
        # The kernel lets nobody without CAP_SYS_RESOURCE go below his own score; any that is not lower will do.
        linux = message(f1=message(f5=100), f2=message(f3=options))
        # As a kubelet does: the runtime is handed the number of the image, not the name that was asked for.
        resolved = first(self.call("ImageStatus", "ImageService", f1=message(f1=image)), 1, 1)
        container_config = message(f1=message(f1="app"), f2=message(f1=resolved), f3=command,
                                   f9={**own, "io.kubernetes.container.name": "app"}, f15=linux)
        container = first(self.call("CreateContainer", f1=sandbox, f2=container_config, f3=pod), 1).decode()
        self.call("StartContainer", f1=container)
        status = self.call("PodSandboxStatus", f1=sandbox, f2=1)
        return {"name": name, "uid": uid, "sandbox": sandbox, "container": container,
                "address": first(status, 1, 5, 1).decode(),
                "sandboxProcess": process(status), "containerProcess": process(self.call("ContainerStatus", f1=container, f2=1))}

    def remove(self, sandbox):
        self.call("StopPodSandbox", f1=sandbox)
        self.call("RemovePodSandbox", f1=sandbox)


def process(status):
    """containerd adds a text of JSON to a verbose status, with the pid in it."""
    for tag, value in fields(status):
        if tag == 2 and first(value, 1) == b"info":
            return json.loads(first(value, 2))["pid"]
    raise ValueError("no pid in the status")


def main(path, action, argument):
    runtime = Runtime(path)
    try:
        if action == "run":
            print(json.dumps(runtime.run(**json.loads(argument))))
        else:
            runtime.remove(argument)
    except grpc.RpcError as error:
        sys.exit(f"{error.code().name}: {error.details()}")


main(*sys.argv[1:])
