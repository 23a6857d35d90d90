"""What the shop's pods do for one customer: `visit.py web CERTIFICATE`, `visit.py cart`, `visit.py node`.

Client ports are ours to choose, so that a capture made again holds the same flows.
"""

import http.client
import json
import socket
import ssl
import struct
import sys
import time

import dns

WEB, NAME_SERVER, MISSING = "10.244.1.10", "10.244.1.12", "10.244.1.99"
CATALOG, CATALOG_IPV6, IMAGES, PAYMENTS = "10.244.2.20", "fd00:10:244:2::20", "10.244.2.22", "10.244.2.23"


def fetch(method, address, path, port, body=None):
    anywhere = "::" if ":" in address else ""
    connection = http.client.HTTPConnection(address, 8080, timeout=5, source_address=(anywhere, port))
    connection.request(method, path, body, {"User-Agent": sys.argv[1]})
    response = connection.getresponse()
    return response.status, response.read()


def checksum(message):
    total = sum(struct.unpack(f"!{len(message) // 2}H", message))
    total = (total & 0xFFFF) + (total >> 16)
    return ~(total + (total >> 16)) & 0xFFFF


def echo(address, identifier, times):
    """Pings (RFC 792, RFC 4443). The kernel checksums ICMPv6, whose pseudo-header only it knows in advance."""
    ipv6 = ":" in address
    family, protocol = (socket.AF_INET6, socket.IPPROTO_ICMPV6) if ipv6 else (socket.AF_INET, socket.IPPROTO_ICMP)
    request, reply = (128, 129) if ipv6 else (8, 0)
    with socket.socket(family, socket.SOCK_RAW, protocol) as pinging:
        pinging.settimeout(3)
        for sequence in range(1, times + 1):
            rest = struct.pack("!HH", identifier, sequence) + bytes(range(56))
            blank = struct.pack("!BBH", request, 0, 0) + rest
            pinging.sendto(struct.pack("!BBH", request, 0, 0 if ipv6 else checksum(blank)) + rest, (address, 0))
            received = b""
            # A raw socket hears everything of its protocol, neighbour discovery too.
            while not (received[:1] == bytes([reply]) and received.endswith(rest)):
                received = pinging.recv(2048)[0 if ipv6 else 20 :]
            time.sleep(0.1)


def pay(certificate, version, port):
    context = ssl.create_default_context(cafile=certificate)
    context.minimum_version = context.maximum_version = version
    context.set_alpn_protocols(["http/1.1"])
    with socket.create_connection((PAYMENTS, 443), timeout=5, source_address=("", port)) as plain:
        with context.wrap_socket(plain, server_hostname="pay.example") as secured:
            secured.sendall(b"GET /balance HTTP/1.1\r\nHost: pay.example\r\n\r\n")
            assert secured.recv(4096).startswith(b"HTTP/1.1 200")


def connect(address, to, port, seconds):
    """The name of the error that a connection which must fail fails with."""
    try:
        socket.create_connection((address, to), timeout=seconds, source_address=("", port)).close()
    except OSError as error:
        return type(error).__name__
    return None


def web(certificate):
    assert dns.ask(NAME_SERVER, "catalog.shop.svc.cluster.local", dns.A, 42001) == dns.NO_ERROR
    assert dns.ask(NAME_SERVER, "catalog.shop.svc.cluster.local", dns.AAAA, 42002) == dns.NO_ERROR
    assert fetch("GET", CATALOG, "/items", 40001)[0] == 200
    assert fetch("POST", CATALOG, "/orders", 40002, json.dumps({"item": "sextant"}))[0] == 201
    assert fetch("GET", CATALOG_IPV6, "/items", 40003)[0] == 200
    assert len(fetch("GET", IMAGES, "/teapot.bin", 40004)[1]) == 160 * 1024
    assert fetch("GET", IMAGES, "/lost.bin", 40005)[0] == 404
    echo(CATALOG, 0x504C, 3)
    echo(CATALOG_IPV6, 0x504D, 2)
    pay(certificate, ssl.TLSVersion.TLSv1_3, 40006)
    pay(certificate, ssl.TLSVersion.TLSv1_2, 40007)


def cart():
    # A resolver walks its search list first, so most clusters hear of names that are not there.
    assert dns.ask(NAME_SERVER, "pay.example.shop.svc.cluster.local", dns.A, 42003) == dns.NAME_ERROR
    assert dns.ask(NAME_SERVER, "pay.example", dns.A, 42004) == dns.NO_ERROR
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as counting:
        counting.settimeout(3)
        counting.bind(("", 43001))
        # The last is larger than three of the pods' 1450-byte packets, so it leaves in fragments.
        for size in (20, 21, 22, 4000):
            counting.sendto(b"c" * size, (WEB, 8125))
            assert counting.recv(64) == str(size).encode()
    assert connect(WEB, 81, 40011, 3) == "ConnectionRefusedError"
    assert connect(MISSING, 8080, 40012, 3.5) == "TimeoutError"


def node():
    """The health check a kubelet makes of a pod of its own node."""
    assert fetch("GET", WEB, "/healthz", 40021)[0] == 200


{"web": web, "cart": cart, "node": node}[sys.argv[1]](*sys.argv[2:])
