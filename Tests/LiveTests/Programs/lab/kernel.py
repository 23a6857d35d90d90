"""System calls that Python 3.11 has no names for: namespaces, mounts, and dying with one's parent."""

import ctypes
import os

NEWCGROUP, NEWIPC, NEWNET, NEWNS, NEWPID, NEWUTS = 0x02000000, 0x08000000, 0x40000000, 0x00020000, 0x20000000, 0x04000000
MS_BIND, MS_REC, MS_PRIVATE, MS_NOSUID, MS_NODEV, MS_NOEXEC = 0x1000, 0x4000, 0x40000, 2, 4, 8
MNT_DETACH = 2
SIGKILL, PR_SET_PDEATHSIG, PR_SET_NAME = 9, 1, 15

libc = ctypes.CDLL(None, use_errno=True)


def check(result, what):
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, f"{what}: {os.strerror(code)}")


def unshare(flags):
    check(libc.unshare(flags), "unshare")


def enter(path, kind):
    """Moves this process (for PID namespaces: its next children) into the namespace at `path`."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        check(libc.setns(descriptor, kind), f"setns {path}")
    finally:
        os.close(descriptor)


def mount(source, target, kind, flags=0, options=""):
    result = libc.mount(source.encode(), target.encode(), kind.encode() if kind else None, ctypes.c_ulong(flags),
                        options.encode())
    check(result, f"mount {kind or source} on {target}")


def unmount(target):
    check(libc.umount2(target.encode(), MNT_DETACH), f"umount {target}")


def set_host_name(name):
    check(libc.sethostname(name.encode(), len(name)), "sethostname")


def set_process_name(name):
    """What /proc/PID/comm says. prctl(2)."""
    libc.prctl(PR_SET_NAME, name.encode(), 0, 0, 0)


def die_with_parent():
    """Asks for SIGKILL when the parent ends, and dies at once when it already has. prctl(2)."""
    parent = os.getppid()
    check(libc.prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0), "prctl")
    if os.getppid() != parent:
        os._exit(1)


def network_namespace(pid="self"):
    return os.stat(f"/proc/{pid}/ns/net").st_ino


def refuse_the_machines_network(pid="self"):
    """Ends in an error when `pid` stands in the network namespace of pid 1: nothing of a lab may touch that one.

    /proc/1/ns/net may be closed even to root (it takes all of pid 1's capabilities), /proc/1/net is open to anyone; each
    namespace has its own files there.
    """
    if os.stat(f"/proc/{pid}/net/dev").st_ino == os.stat("/proc/1/net/dev").st_ino:
        raise RuntimeError("refused: this is the machine's own network namespace, that of pid 1")


def start_time(pid):
    """When a process began, in clock ticks since boot: with its number, what names it for good. 0 for a zombie. proc(5)."""
    with open(f"/proc/{pid}/stat", "rb") as file:
        fields = file.read().rpartition(b") ")[2].split()
    return 0 if fields[0] == b"Z" else int(fields[19])
