#!/usr/bin/python3
"""change.py SOCKET SECONDS QUERY... : has an agent add and end blocks, one after the other, until it is killed SECONDS after it was first asked.

SECONDS may be 0.0005. The queries, as POST /v1/blocks takes them, are asked for in turn over two connections, and three of four blocks
are let go again at once. Prints a line for each that was answered, "holds N" or "ended N", and one for each that was under way when
the agent died: "cut add" or "cut end N".
"""
import http.client
import itertools
import json
import os
import signal
import socket
import struct
import sys
import threading
import time


class Link(http.client.HTTPConnection):
    """A connection over a Unix socket."""

    def __init__(self, path):
        super().__init__("agent")
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(path)

    @property
    def process(self):
        """Who listens at the other end. unix(7), SO_PEERCRED."""
        return struct.unpack("3i", self.sock.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))[0]

    def ask(self, method, path):
        self.request(method, path)
        answer = self.getresponse()
        body = answer.read()
        if answer.status != 200:
            print("refused", answer.status, body.decode(), flush=True)
            return None
        return json.loads(body.splitlines()[0])["portolan"]["block"]["id"]


def change(link, queries, begun):
    begun.wait()
    for turn, query in enumerate(queries):
        doing = "add"
        try:
            number = link.ask("POST", "/v1/blocks?" + query)
            if number is None:
                continue
            print("holds", number, flush=True)
            if turn % 4:
                doing = f"end {number}"
                link.ask("DELETE", f"/v1/blocks/{number}")
                print("ended", number, flush=True)
        except (OSError, http.client.HTTPException, ValueError):
            print("cut", doing, flush=True)
            return


path, delay, orders = sys.argv[1], float(sys.argv[2]), sys.argv[3:]
links = [Link(path) for _ in range(2)]
agent = links[0].process
begun = threading.Event()
threads = []
for number, link in enumerate(links):
    queries = itertools.cycle(orders[number:] + orders[:number])
    threads.append(threading.Thread(target=change, args=(link, queries, begun)))
    threads[-1].start()
begun.set()
time.sleep(delay)
os.kill(agent, signal.SIGKILL)
for thread in threads:
    thread.join()
