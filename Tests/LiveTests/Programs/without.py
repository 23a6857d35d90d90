#!/usr/bin/python3
"""without.py netfilter COMMAND... : runs a command as on a kernel that was built without netfilter's netlink, nftables and conntrack.

socket(2) answers EPROTONOSUPPORT there when NETLINK_NETFILTER is asked for, and so does a filter of system calls here. seccomp(2)
"""
import ctypes
import errno
import os
import platform
import struct
import sys

PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 38, 22, 2
AF_NETLINK, NETLINK_NETFILTER = 16, 12
SOCKET = {"x86_64": 41, "aarch64": 198}[platform.machine()]
ALLOW, REFUSE = 0x7FFF0000, 0x00050000 | errno.EPROTONOSUPPORT
LOAD, EQUAL, RETURN = 0x20, 0x15, 0x06

# struct seccomp_data: the number of the call is at 0, the arguments are at 16, 24 and 32, here by their lower halves.
PROGRAM = [
    (LOAD, 0, 0, 0),
    (EQUAL, 0, 5, SOCKET),
    (LOAD, 0, 0, 16),
    (EQUAL, 0, 3, AF_NETLINK),
    (LOAD, 0, 0, 32),
    (EQUAL, 0, 1, NETLINK_NETFILTER),
    (RETURN, 0, 0, REFUSE),
    (RETURN, 0, 0, ALLOW),
]

code = b"".join(struct.pack("HBBI", *line) for line in PROGRAM)
buffer = ctypes.create_string_buffer(code)
libc = ctypes.CDLL(None, use_errno=True)
program = struct.pack("HxxxxxxP", len(PROGRAM), ctypes.addressof(buffer))
for call in ((PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), (PR_SET_SECCOMP, SECCOMP_MODE_FILTER, program, 0, 0)):
    if libc.prctl(*call) != 0:
        sys.exit(f"prctl: {os.strerror(ctypes.get_errno())}")
os.execvp(sys.argv[2], sys.argv[2:])
