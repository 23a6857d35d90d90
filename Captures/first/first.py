"""The two ends of one HTTP exchange: `first.py serve` and `first.py get ADDRESS`."""

import http.client
import http.server
import sys


class Greeting(http.server.BaseHTTPRequestHandler):
    """Answers every GET with the same line."""

    protocol_version = "HTTP/1.1"
    server_version = "portolan-first"
    sys_version = ""
    wbufsize = -1  # Head and body leave in one segment.

    def do_GET(self):
        body = b"Hello from the other node.\n"
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


if sys.argv[1] == "serve":
    server = http.server.HTTPServer(("", 8080), Greeting)
    print("ready", flush=True)
    server.handle_request()
else:
    # A port of our choice, so that a capture made again holds the same flow.
    connection = http.client.HTTPConnection(sys.argv[2], 8080, timeout=5, source_address=("", 40001))
    connection.request("GET", "/hello", headers={"User-Agent": "portolan-first"})
    assert connection.getresponse().read().startswith(b"Hello")
