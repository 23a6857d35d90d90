"""A node: a host of its own as far as its processes can see. It has its own network, PID, mount, UTS and cgroup namespaces,
and empty folders where daemons keep their state, which go with it. namespaces(7)."""

import os
import signal
import subprocess
import kernel
from kernel import MS_BIND, MS_NODEV, MS_NOEXEC, MS_NOSUID, MS_PRIVATE, MS_REC
import cgroups


class Node:
    def __init__(self, name, tree, resolver, v2_only=False):
        """Starts the node's first process and waits until all is mounted. `resolver` is a name server's address."""
        self.name = name
        self.tree = tree
        self.v2_only = v2_only
        self.group_folders = tree.make(name, v2_only)
        reader, writer = os.pipe2(os.O_CLOEXEC)
        # The next child is the first of a new PID namespace; those after it are ordinary ones again. unshare(2).
        kernel.unshare(kernel.NEWPID)
        try:
            self.pid = os.fork()
            if self.pid == 0:
                self.be_first(resolver, writer)
        finally:
            kernel.enter("/proc/self/ns/pid", kernel.NEWPID)
        os.close(writer)
        with os.fdopen(reader) as report:
            answer = report.read()
        if answer != "ready":
            os.waitpid(self.pid, 0)
            raise RuntimeError(f"node {name}: {answer or 'ended at once'}")

    def be_first(self, resolver, writer):
        """In the child: becomes the node's init, and never returns."""
        try:
            kernel.die_with_parent()
            for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
                signal.signal(number, signal.SIG_IGN)
            nothing = os.open("/dev/null", os.O_RDWR)
            for descriptor in (0, 1, 2):
                os.dup2(nothing, descriptor)
            keep = os.dup2(writer, 3, inheritable=False)
            os.closerange(4, 65536)
            cgroups.join(self.group_folders)
            kernel.unshare(kernel.NEWNET | kernel.NEWNS | kernel.NEWUTS | kernel.NEWIPC | kernel.NEWCGROUP)
            kernel.set_host_name(self.name)
            kernel.set_process_name("init")
            self.mount_all(resolver)
            os.chdir("/")
            os.write(keep, b"ready")
        except BaseException as error:
            os.write(writer, str(error).encode())
            os._exit(1)
        os.close(keep)
        # What its processes leave behind is reaped here, as init does.
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGCHLD])
        while True:
            try:
                os.waitpid(-1, 0)
            except ChildProcessError:
                signal.sigwait([signal.SIGCHLD])

    def mount_all(self, resolver):
        plain = MS_NOSUID | MS_NODEV | MS_NOEXEC
        kernel.mount("none", "/", "", MS_REC | MS_PRIVATE)
        hide_mounts(("/run", "/var/lib", "/sys"))
        kernel.mount("proc", "/proc", "proc", plain)
        for folder in ("/run", "/var/lib"):
            kernel.mount("tmpfs", folder, "tmpfs", 0, "mode=755")
        os.makedirs("/run/lock")
        # A sysfs shows the interfaces of the namespace it was mounted in.
        kernel.mount("sysfs", "/sys", "sysfs", plain)
        self.mount_cgroups()
        with open("/run/resolv.conf", "w") as file:
            file.write(f"nameserver {resolver}\noptions timeout:1 attempts:1\n")
        target = os.path.realpath("/etc/resolv.conf")
        os.makedirs(os.path.dirname(target), exist_ok=True)
        if not os.path.exists(target):
            open(target, "w").close()
        kernel.mount("/run/resolv.conf", target, "", MS_BIND)

    def mount_cgroups(self):
        plain = MS_NOSUID | MS_NODEV | MS_NOEXEC
        v1 = [hierarchy for hierarchy in self.tree.hierarchies if not hierarchy.is_v2]
        if self.v2_only or not v1:
            kernel.mount("cgroup2", "/sys/fs/cgroup", "cgroup2", plain)
            return
        kernel.mount("tmpfs", "/sys/fs/cgroup", "tmpfs", plain, "mode=755")
        for hierarchy in v1:
            folder = "/sys/fs/cgroup/" + hierarchy.folder_name
            os.mkdir(folder)
            named = hierarchy.controllers.startswith("name=")
            kernel.mount("cgroup", folder, "cgroup", plain, ("none," if named else "") + hierarchy.controllers)
        os.mkdir("/sys/fs/cgroup/unified")
        kernel.mount("cgroup2", "/sys/fs/cgroup/unified", "cgroup2", plain)

    def fork(self, body, groups, own_network=False, network_of=None):
        """Runs `body()` in a new process of this node, in the groups of those names; returns its pid here.

        The process stands in the node's network namespace, in a new one, or in that of `network_of`. It is told to die with
        this program, and so is everything of the node.
        """
        folders = [folder for group in groups for folder in self.tree.make(f"{self.name}/{group}", self.v2_only)]
        kernel.enter(f"/proc/{self.pid}/ns/pid", kernel.NEWPID)
        try:
            pid = os.fork()
        finally:
            kernel.enter("/proc/self/ns/pid", kernel.NEWPID)
        if pid:
            return pid
        status = 1
        try:
            # The namespaces are opened while this /proc, in which their numbers mean something, is still there.
            kernel.enter(f"/proc/{network_of or self.pid}/ns/net", kernel.NEWNET)
            kernel.enter(f"/proc/{network_of or self.pid}/ns/uts", kernel.NEWUTS)
            kernel.enter(f"/proc/{network_of or self.pid}/ns/ipc", kernel.NEWIPC)
            if own_network:
                kernel.unshare(kernel.NEWNET | kernel.NEWUTS | kernel.NEWIPC)
            cgroups.join(folders)
            kernel.enter(f"/proc/{self.pid}/ns/cgroup", kernel.NEWCGROUP)
            kernel.enter(f"/proc/{self.pid}/ns/mnt", kernel.NEWNS)
            os.setsid()
            body()
            status = 0
        except BaseException as error:
            os.write(2, f"{self.name}: {error}\n".encode())
        finally:
            os._exit(status)

    def run(self, command, text=""):
        """Runs a command in the node's namespaces; an error when it fails."""
        entering = ["nsenter", "-t", str(self.pid), "--net", "--pid", "--mount", "--uts", "--"]
        done = subprocess.run(entering + command, input=text, text=True, capture_output=True)
        if done.returncode:
            raise RuntimeError(f"{self.name}: {' '.join(command)}: {done.stderr.strip()}")
        return done.stdout

    def end(self):
        """Kills the first process, and with it, as the kernel has it, all others."""
        try:
            os.kill(self.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        # It is not gone before all of its namespace are, and those forked here must be waited for here. pid_namespaces(7).
        while os.waitpid(-1, 0)[0] != self.pid:
            pass
        self.tree.remove(self.name)


def hide_mounts(folders):
    """Unmounts, for this process, what lies in `folders`: a copy would keep the machine's own mounts alive and in sight."""
    with open("/proc/self/mountinfo") as lines:
        # A blank in a path is \\040 there; such a mount stays, under what is mounted over its folder.
        points = [line.split()[4] for line in lines]
    for point in reversed(points):
        if any(point == folder or point.startswith(folder + "/") for folder in folders):
            try:
                kernel.unmount(point)
            except OSError:
                pass


def ip(pid, lines):
    """Has iproute2 do `lines` in the network namespace of `pid`. ip(8), -batch."""
    kernel.refuse_the_machines_network(pid)
    command = ["ip", "-batch", "-"]
    if kernel.network_namespace(pid) != kernel.network_namespace():
        command = ["nsenter", "-t", str(pid), "-n"] + command
    text = "".join(line + "\n" for line in lines)
    done = subprocess.run(command, input=text, text=True, capture_output=True)
    if done.returncode:
        raise RuntimeError(f"ip: {done.stderr.strip()} in\n{text}")
