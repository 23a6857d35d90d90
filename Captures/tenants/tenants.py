"""The two ends of one tenant: `tenants.py serve BYTES` and `tenants.py use BYTES`.

Both tenants run the same program on the same addresses and ports; only how much they are told to say differs.
"""

import http.client
import http.server
import socket
import sys
import threading
import time

SERVER = "10.0.0.3"
ROUNDS = 5
size = int(sys.argv[2])


class Pages(http.server.BaseHTTPRequestHandler):
    """Answers on a connection that stays, with as many bytes as this tenant's pages have."""

    protocol_version = "HTTP/1.1"
    server_version = "tenant"
    sys_version = ""
    wbufsize = -1  # Head and body leave together.

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", str(size))
        self.end_headers()
        self.wfile.write(b"p" * size)

    def log_message(self, *_):
        pass


def mirror():
    mirroring = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    mirroring.bind(("", 9000))
    while True:
        mirroring.sendto(*mirroring.recvfrom(65535))


def use():
    """Takes a quarter of a second, so that the connections of two tenants overlap whoever starts first."""
    connection = http.client.HTTPConnection(SERVER, 8080, timeout=5, source_address=("", 40001))
    asking = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    asking.settimeout(5)
    asking.bind(("", 43001))
    for _ in range(ROUNDS):
        connection.request("GET", "/", headers={"User-Agent": "tenant"})
        assert len(connection.getresponse().read()) == size
        asking.sendto(b"u" * (size // 4), (SERVER, 9000))
        assert len(asking.recv(65535)) == size // 4
        time.sleep(0.05)
    connection.close()


if sys.argv[1] == "serve":
    server = http.server.HTTPServer(("", 8080), Pages)
    threading.Thread(target=mirror, daemon=True).start()
    print("ready", flush=True)
    server.serve_forever()
else:
    use()
