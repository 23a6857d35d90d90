#!/usr/bin/python3
"""connect.py ADDRESS PORT HOLD COUNT: begins TCP connections one after the other, each from a process of its own.

Each sends a line and stays open for HOLD milliseconds. Prints a line for each: the process's pid and the port it had.
"""
import os
import socket
import sys
import time

address, port, hold, count = sys.argv[1], int(sys.argv[2]), float(sys.argv[3]) / 1000, int(sys.argv[4])
for _ in range(count):
    child = os.fork()
    if child == 0:
        connection = socket.create_connection((address, port), timeout=10)
        connection.sendall(b"hello\n")
        print(os.getpid(), connection.getsockname()[1], flush=True)
        time.sleep(hold)
        os._exit(0)
    os.waitpid(child, 0)
    # So that one is over before the next begins.
    time.sleep(0.02)
