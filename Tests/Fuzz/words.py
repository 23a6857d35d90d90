"""What fuzzing of text and of the kernel's messages starts from: (target, bytes) each. seeds.py writes them into files."""

import json
import pathlib
import re
import socket
import struct


def declarations():
    """Each file of YAML that there is, and each piece of one in the documentation, as each kind of file."""
    texts = [path.read_bytes() for path in sorted(pathlib.Path("Config").glob("*.yaml"))]
    for page in ("Policy", "Configuration", "Baseline", "Enforcement", "Exceptions"):
        text = (pathlib.Path("Docs") / f"{page}.md").read_text(encoding="utf-8")
        texts += [piece.encode() for piece in re.findall(r"```yaml\n(.*?)```", text, re.S)]
        texts += [re.sub(r"^    ", "", piece, flags=re.M).encode() for piece in re.findall(r"(?:^    .*\n)+", text, re.M)]
    texts.append(b"192.0.2.7\n198.51.100.0/24 ; SBL1\n127.0.0.1 bad.example\n{\"cidr\": \"1.10.16.0/20\"}\n*.bad.example\n")
    for text in texts:
        for kind in range(5):
            yield "FuzzDeclarations", bytes([kind]) + text[:8192]


IDENTIFIER = "0123456789abcdef" * 4


def runtimes():
    port = {"IP": "0.0.0.0", "PrivatePort": 80, "PublicPort": 8080, "Type": "tcp"}
    network = {"NetworkID": "n", "IPAddress": "172.17.0.2", "IPPrefixLen": 16, "MacAddress": "02:42:ac:11:00:02"}
    container = {
        "Id": IDENTIFIER, "Names": ["/web"], "Image": "web:1", "Labels": {"com.docker.compose.project": "shop"}, "Created": 1,
        "State": "running", "Ports": [port], "HostConfig": {"NetworkMode": "container:" + IDENTIFIER},
        "NetworkSettings": {"Networks": {"bridge": network}},
    }
    event = {
        "Type": "container", "Action": "start", "id": IDENTIFIER, "time": 1, "timeNano": 1_000_000_007,
        "Actor": {"ID": IDENTIFIER, "Attributes": {"name": "web", "image": "web:1", "container": IDENTIFIER}},
    }
    inspection = {
        "Id": IDENTIFIER, "Name": "/web", "Created": "2024-02-29T23:59:59.5Z", "Config": {"Image": "web:1", "Labels": {"a": "b"}},
        "HostConfig": {"NetworkMode": "host"}, "State": {"Pid": 7, "Running": True},
        "NetworkSettings": {"Ports": {"80/tcp": [{"HostIp": "0.0.0.0", "HostPort": "8080"}]}, "Networks": {"bridge": network}},
    }
    bundle = {
        "ociVersion": "1.0.2", "hostname": "web", "linux": {"cgroupsPath": "/a", "namespaces": [{"type": "network", "path": "/x"}]},
        "annotations": {
            "io.kubernetes.cri.container-type": "container", "io.kubernetes.cri.sandbox-name": "p",
            "io.kubernetes.cri-o.Labels": "{\"a\":\"b\"}", "io.kubernetes.cri-o.Created": "2024-02-29T23:59:59Z",
        },
    }
    documents = [[container, {"Id": 7}], event, inspection, {"ApiVersion": "1.43", "Components": [{"Name": "Podman Engine"}]}, bundle]
    for kind, document in enumerate(documents):
        yield "FuzzRuntimes", bytes([kind]) + json.dumps(document).encode()
    group = f"/kubepods.slice/kubepods-pod0a1b2c3d_0a1b_0a1b_0a1b_0a1b2c3d4e5f.slice/cri-containerd-{IDENTIFIER}.scope"
    mounts = "36 35 98:0 / /run/netns/a\\040b rw shared:1 - nsfs nsfs rw\n37 35 0:5 net:[4026532001] /run/netns/c rw - nsfs nsfs rw\n"
    inotify = struct.pack("=iIII", 1, 0x40000100, 0, 16) + b"docker-a.scope\0\0"
    stat = b"7 (a) b) S 1 7 7 0 -1 4194560 " + b"0 " * 40
    for kind, data in enumerate((group.encode(), f"0::{group}\n1:name=systemd:{group}\n".encode(), mounts.encode(), inotify, stat), 5):
        yield "FuzzRuntimes", bytes([kind]) + data


def netlink():
    """What this machine's kernel tells of links, addresses, neighbours and routes. rtnetlink(7)"""
    kinds = {18: (0, 16), 22: (1, 16), 30: (2, 16), 26: (3, 16)}
    for request, (kind, _) in kinds.items():
        with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0) as asking:
            asking.settimeout(1)
            asking.send(struct.pack("=IHHIIB15x", 32, request, 0x301, 1, 0, 0))
            data = asking.recv(1 << 16)
        yield "FuzzNetlink", b"\x0d" + data[:4096]
        offset = 0
        while offset + 16 <= len(data):
            length = struct.unpack_from("=I", data, offset)[0]
            if length < 16:
                break
            yield "FuzzNetlink", bytes([kind]) + data[offset + 16 : offset + length]
            offset += (length + 3) & ~3

    def attribute(number, value):
        return struct.pack("=HH", len(value) + 4, number) + value + bytes(-len(value) % 4)

    tuple4 = attribute(0x8001, attribute(1, b"\x0a\0\0\2") + attribute(2, b"\x0a\0\0\3"))
    ports = attribute(0x8002, attribute(1, b"\6") + attribute(2, b"\x9c\x40") + attribute(3, b"\0\x50"))
    connection = b"\2\0\0\0" + attribute(0x8001, tuple4 + ports) + attribute(0x8002, tuple4 + ports) + attribute(3, b"\0\0\1\x8e")
    yield "FuzzNetlink", b"\6" + connection
    sockets = b"\2\x0a\0\0" + struct.pack(">HH", 80, 0) + bytes(48) + bytes(16) + attribute(21, struct.pack("=Q", 9))
    yield "FuzzNetlink", b"\5" + sockets
    named = attribute(1, b"portolan\0") + attribute(3, b"blocks\0") + attribute(2, b"blocks\0") + attribute(4, b"\0\0\0\7")
    for kind in range(7, 13):
        yield "FuzzNetlink", bytes([kind]) + b"\1\0\0\0" + named
    elements = attribute(0x8001, attribute(0x8001, attribute(0x8001, attribute(1, b"\x0a\0\0\2"))) + attribute(6, b"\0\4#17\0"))
    yield "FuzzNetlink", b"\x0a" + b"\1\0\0\0" + named + attribute(0x8003, elements)


def http():
    heads = [
        "GET /v1/flows?since=5m&last=10&filter=container%3Dweb+not+port%3D53&follow=true HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /v1/alerts?severity=high&rule=scan HTTP/1.1\r\nHost: x\r\n\r\nGET /v1/status HTTP/1.1\r\nHost: x\r\n\r\n",
        "POST /v1/blocks HTTP/1.1\r\nHost: x\r\nContent-Length: 37\r\n\r\ncontainer=web&for=10m&reason=it+scans",
        "POST /v1/blocks/7/release HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\na=b\r\n0\r\n\r\n",
        "POST /v1/panic HTTP/1.0\r\n\r\n",
    ]
    answers = [
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n[{}]\n\r\n0\r\n\r\n",
        "HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\n{}",
        "HTTP/1.0 200 OK\r\n\r\n{\"a\":1}\n{\"b\":2}\n",
    ]
    for kind, texts in enumerate((heads, answers)):
        for text in texts:
            for cut in (0, 64, 126):
                yield "FuzzHTTP", bytes([kind | cut << 1 & 0xFE]) + text.encode()


def filters():
    for text in (
        "container=web", "from-container=shop-* not port=53", "ip=10.0.0.0/8 to-label=app=web,app=db", "not verdict=DROPPED",
        "image=\"a b\" namespace=x pod=y", "protocol=tcp direction=egress sensitivity=restricted segment=42", "a*b*c*\0aaabbbccc",
        "fd00::1/64", "02:42:ac:11:00:02",
    ):
        yield "FuzzFilter", text.encode()


def records():
    alert = {
        "@timestamp": "2024-01-01T00:00:00.000000001Z",
        "event": {"kind": "alert", "severity": 70, "start": "2024-01-01T00:00:00Z", "end": "2024-01-01T00:00:01Z"},
        "rule": {"id": "scan.vertical", "name": "n", "category": "scan"}, "threat": {"technique": {"id": "T1046"}},
        "source": {"ip": "10.0.0.1", "container": {"id": "c", "generation": 1, "name": "\u202e"},
                   "identity": {"kind": "container", "confidence": "certain"}},
        "destination": {"ip": "fd00::1"}, "message": "m", "capture": {"loss_ratio": 0.5},
        "portolan": {"count": 5, "of_many": True, "evidence": ["0123456789abcdef"]},
    }
    graph = {"endpoints": [{"kind": "container", "name": "web"}], "edges": [], "minutes": [], "rates": []}
    block = {"event": {"kind": "state", "action": "block_verified"}, "portolan": {"block": {"id": 7, "reason": "r"}}} | {
        "@timestamp": "2024-01-01T00:00:00Z"
    }
    chain = {"table": "flow", "link": 9, "digest": "00ff", "rows": 90, "milestone": 8, "milestone_digest": "11"}
    manifest = {
        "format": 1, "database": {"path": "p.db", "identity": "ab", "findings": 0, "chains": [chain]},
        "files": [{"path": "a.pcap", "role": "input", "size": 7, "sha256": "00ff"}],
    }
    signed = {"@timestamp": "2024-01-01T00:00:00.000000001Z", "portolan": {"version": "1", "manifest": manifest}}
    texts = [json.dumps(alert), json.dumps(graph), json.dumps(block), json.dumps(signed), '[1.5e-7,"\\ud83d\\ude00",null,true,{"":[[[]]]}]', "[]"]
    for kind in range(8):
        for text in texts:
            yield "FuzzRecords", bytes([kind]) + text.encode()


def rows():
    for kind in range(4):
        for data in (b"\0", b"\1\2\3\4\5\6\7", bytes(range(1, 40)), b"\x80\x80\x01" * 8):
            yield "FuzzRows", bytes([kind]) + data


def keys():
    for text in (
        b"jk\x1b[A\x1b[1;5B\x1bOP\r\t\x7f", b"\x1b[<0;10;20M\x1b[<64;1;1m\x1b[M !!", b"\x1b[200~paste\x1b[2J\x1b[201~", b"\xe5\x90\x8d\xf0\x9f",
        b"\x1b]11;rgb:ffff/0000/8080\x1b\\\x1b[?62;4c\x1b[12;40R\x1b[I\x1b[O", b"\x1bP+r\x1b\\\x1b_x\x1b\\\x1b\x1b[Z",
    ):
        yield "FuzzKeys", text


def notes():
    line = b'{"@timestamp":"2024-01-01T00:00:00Z","event":{"kind":"state"},"portolan":{"change":"host"},"host":{"name":"n","netns":1}}\n'
    bodies = {
        1: bytes(16) + struct.pack("<IHHH", 1, 1, 4790, 0), 2: line, 3: struct.pack("<q", 1 << 40),
        4: struct.pack("<IBBHQIH", 1, 9, 1, 0, 1, 2, 4) + b"eth0",
        5: struct.pack("<QB", 1, 6) + struct.pack("<HBI", 1, 4, 1) + struct.pack("<HBQQ", 2, 6, 1, 2),
        6: struct.pack("<Bq", 1, 60), 7: b"", 8: struct.pack("<qq", 2, 1), 9: struct.pack("<Q", 3), 65535: b"",
    }
    for kind, body in bodies.items():
        yield "FuzzNotes", struct.pack("<H", kind) + body


def cri():
    """Lists of a pod and of a container, by the numbers of fields in Sources/CRI/Messages."""

    def field(number, value):
        if isinstance(value, int):
            return bytes([number << 3, value])
        value = value.encode() if isinstance(value, str) else value
        return bytes([number << 3 | 2, len(value) & 0x7F | 0x80, len(value) >> 7]) + value

    label = field(1, "app") + field(2, "shop")
    metadata = field(1, "web-0") + field(2, "u1") + field(3, "shop") + field(4, 1)
    pods = field(1, field(1, IDENTIFIER) + field(2, metadata) + field(3, 1) + field(4, 2) + field(5, label))
    image = field(1, "sha256:1") + field(2, label)
    container = field(1, IDENTIFIER[::-1]) + field(2, IDENTIFIER) + field(3, field(1, "web")) + field(4, image)
    containers = field(1, container + field(6, 1) + field(7, 2) + field(8, label))
    version = field(1, "0.1.0") + field(2, "containerd") + field(3, "v2") + field(4, "v1")
    for first, second in ((pods, containers), (pods, b""), (b"", containers), (version, b"")):
        yield "FuzzCRI", struct.pack("<H", len(first)) + first + second


def words():
    for source in (declarations, runtimes, netlink, http, filters, records, rows, keys, notes, cri):
        yield from source()
