"""A registry of images that speaks in the clear, and who pulls from it; and servers that answer a line of text."""

import http.client
import http.server
import json
import socketserver

LAYERS = ("sha256:" + "ab" * 32, "sha256:" + "cd" * 32)
ANSWERS = {b"PING": b"+PONG\r\n", b"get ": b"END\r\n", b"GET /": b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"}


class Registry(http.server.BaseHTTPRequestHandler):
    """As much of the OCI distribution specification as a pull needs."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        if "/manifests/" in self.path:
            layers = [{"digest": digest, "size": 4000} for digest in LAYERS]
            body, kind = json.dumps({"schemaVersion": 2, "layers": layers}).encode(), "application/vnd.oci.image.manifest.v1+json"
        else:
            body, kind = (b"{}", "application/json") if self.path == "/v2/" else (bytes(4000), "application/octet-stream")
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    do_HEAD = do_GET

    def log_message(self, *_):
        pass


def keep(port):
    """Serves images, at all addresses of both families' first."""
    with http.server.ThreadingHTTPServer(("", int(port)), Registry) as server:
        print("ready", flush=True)
        server.serve_forever()


def pull(address, port, client):
    """Pulls one as `docker` does, which asks for /v2/ first, or as `containerd`, which asks for the manifest's head."""
    name = "/v2/team/app"
    manifest = f"{name}/manifests/1.0"
    first = ["GET /v2/" if client == "docker" else f"HEAD {manifest}", f"GET {manifest}"]
    for questions in (first, *([f"GET {name}/blobs/{digest}"] for digest in LAYERS)):
        connection = http.client.HTTPConnection(address, int(port), timeout=5)
        for question in questions:
            connection.request(*question.split(" "))
            connection.getresponse().read()
        connection.close()


class Answerer(socketserver.BaseRequestHandler):
    def handle(self):
        words = self.request.recv(4096)
        self.request.sendall(next((reply for start, reply in ANSWERS.items() if words.startswith(start)), b"?\r\n"))


def answer_text(port):
    """Answers Redis, memcached and HTTP, by their first bytes."""
    socketserver.ThreadingTCPServer.allow_reuse_address = True
    with socketserver.ThreadingTCPServer(("", int(port)), Answerer) as server:
        print("ready", flush=True)
        server.serve_forever()


def say(address, port, text):
    """One question of such a server."""
    import socket

    with socket.create_connection((address, int(port)), 5) as connection:
        connection.sendall(text.encode() + b"\r\n")
        connection.recv(4096)
