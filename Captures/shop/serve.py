"""The shop's servers: `serve.py web|catalog|db|images` in HTTP, `serve.py payments CERTIFICATE KEY` in TLS.

web also counts, on UDP port 8125.
"""

import http.client
import http.server
import itertools
import json
import socket
import ssl
import sys
import threading

DATABASE = "10.244.1.11"
PICTURE = bytes(range(256)) * 640  # 160 KiB: the one large transfer.

role = sys.argv[1]
rows = ["teapot", "lamp", "chart table"]
ports_to_database = itertools.count(41001)


def database(method, body=None):
    """What db says to catalog, on a connection of its own."""
    connection = http.client.HTTPConnection(DATABASE, 8080, timeout=5, source_address=("", next(ports_to_database)))
    connection.request(method, "/rows", body, {"User-Agent": "catalog"})
    return connection.getresponse().read()


class Shop(http.server.BaseHTTPRequestHandler):
    """One pod's pages, each on a connection that ends with it."""

    protocol_version = "HTTP/1.1"
    server_version = role
    sys_version = ""
    wbufsize = -1  # Head and body leave together.

    def reply(self, status, kind, body):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        if (role, self.path) == ("catalog", "/items"):
            self.reply(200, "application/json", database("GET"))
        elif (role, self.path) == ("db", "/rows"):
            self.reply(200, "application/json", json.dumps(rows).encode())
        elif (role, self.path) == ("images", "/teapot.bin"):
            self.reply(200, "application/octet-stream", PICTURE)
        elif (role, self.path) in (("web", "/healthz"), ("payments", "/balance")):
            self.reply(200, "text/plain", b"ok\n")
        else:
            self.reply(404, "text/plain", b"not here\n")

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if (role, self.path) == ("catalog", "/orders"):
            self.reply(201, "application/json", database("POST", body))
        elif (role, self.path) == ("db", "/rows"):
            rows.append(json.loads(body)["item"])
            self.reply(201, "application/json", json.dumps(len(rows)).encode())
        else:
            self.reply(404, "text/plain", b"not here\n")

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    """Listens to IPv6 and IPv4 on one socket."""

    address_family = socket.AF_INET6


def count():
    """Answers each datagram with how many bytes it had."""
    counting = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    counting.bind(("", 8125))
    while True:
        datagram, sender = counting.recvfrom(65535)
        counting.sendto(str(len(datagram)).encode(), sender)


server = Server(("::", 443 if role == "payments" else 8080), Shop)
if role == "payments":
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[2], sys.argv[3])
    context.set_alpn_protocols(["http/1.1"])
    server.socket = context.wrap_socket(server.socket, server_side=True)
if role == "web":
    threading.Thread(target=count, daemon=True).start()
print("ready", flush=True)
server.serve_forever()
