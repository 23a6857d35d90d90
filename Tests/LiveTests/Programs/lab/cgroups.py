"""A lab's own part of every control group hierarchy: below the group this program was started in, so that whatever limits
that one limits the lab, and removed with the lab. cgroups(7)."""

import os
import re
import time
from kernel import start_time

PATTERN = re.compile(r"portolan-lab-(\d+)-(\d+)-\d+$")


class Hierarchy:
    """One mounted hierarchy: v1 with its controllers, or v2."""

    def __init__(self, controllers, mount_point, own):
        self.controllers = controllers  # "" for v2
        self.mount_point = mount_point
        self.own = own  # the folder of the group this program was started in

    @property
    def is_v2(self):
        return not self.controllers

    @property
    def folder_name(self):
        return os.path.basename(self.mount_point)


def mounted():
    """Every hierarchy that this process can reach."""
    points = {}
    with open("/proc/self/mountinfo") as lines:
        for line in lines:
            left, _, right = line.partition(" - ")
            root, point = left.split()[3:5]
            kind, _, options = right.split()[:3]
            if kind == "cgroup2":
                points.setdefault("", (root, point))
            elif kind == "cgroup":
                for option in options.split(","):
                    points.setdefault(option, (root, point))
    result = []
    with open("/proc/self/cgroup") as lines:
        for line in lines:
            _, controllers, path = line.rstrip("\n").split(":", 2)
            root, point = points.get(controllers.split(",")[0], (None, None))
            if point is None:
                continue
            below = os.path.relpath(path, root) if root != "/" else path.lstrip("/")
            own = os.path.normpath(os.path.join(point, below))
            result.append(Hierarchy(controllers, point, own if os.path.isdir(own) else point))
    return result


class Tree:
    """A lab's folder in every hierarchy."""

    def __init__(self, number):
        pid = os.getpid()
        self.hierarchies = mounted()
        if not any(hierarchy.is_v2 for hierarchy in self.hierarchies):
            raise RuntimeError("no cgroup v2 hierarchy is mounted: live tests need one")
        self.name = f"portolan-lab-{pid}-{start_time(pid)}-{number}"

    def folders(self, path="", v2_only=False):
        return [os.path.join(h.own, self.name, path) for h in self.hierarchies if h.is_v2 or not v2_only]

    def make(self, path="", v2_only=False):
        """Makes a group in every hierarchy; returns its folders."""
        folders = self.folders(path, v2_only)
        for folder in folders:
            os.makedirs(folder, exist_ok=True)
        return folders

    def plant(self):
        """Makes the lab's own groups, below which all others go."""
        for folder in self.make():
            # A v1 cpuset is born empty, and then takes no process. Those below this one copy it. cpuset(7).
            if os.path.exists(os.path.join(folder, "cpuset.cpus")) and os.path.exists(clone_flag(folder)):
                for name in ("cpuset.cpus", "cpuset.mems"):
                    with open(os.path.join(os.path.dirname(os.path.normpath(folder)), name)) as file:
                        write(os.path.join(folder, name), file.read())
                write(clone_flag(folder), "1")

    def remove(self, path=""):
        for folder in self.folders(path):
            remove(folder)


def clone_flag(folder):
    return os.path.join(folder, "cgroup.clone_children")


def write(path, text):
    with open(path, "w") as file:
        file.write(text)


def join(folders):
    """Moves this process into groups."""
    for folder in folders:
        write(os.path.join(folder, "cgroup.procs"), "0")


def remove(folder, patience=3.0):
    """Removes a group and those below it; processes that are still there are ended, they can only be the lab's."""
    if not os.path.isdir(folder):
        return
    deadline = time.monotonic() + patience
    while True:
        left = None
        for path, _, _ in os.walk(folder, topdown=False):
            try:
                os.rmdir(path)
            except FileNotFoundError:
                pass
            except OSError as error:
                left = error
        if left is None:
            return
        if time.monotonic() > deadline:
            raise left
        end_processes(folder)
        time.sleep(0.01)


def end_processes(folder):
    for path, _, _ in os.walk(folder):
        try:
            with open(os.path.join(path, "cgroup.procs")) as file:
                pids = [int(pid) for pid in file.read().split()]
        except OSError:
            continue
        for pid in pids:
            # 0 stands for a process outside this PID namespace: not ours.
            if pid > 0 and pid != os.getpid():
                try:
                    os.kill(pid, 9)
                except ProcessLookupError:
                    pass


def leftovers():
    """Groups of labs whose program is gone: killed with SIGKILL before it could clean up."""
    result = []
    for hierarchy in mounted():
        for parent in {hierarchy.own, hierarchy.mount_point}:
            for name in os.listdir(parent):
                match = PATTERN.match(name)
                if match and not is_running(int(match[1]), int(match[2])):
                    result.append(os.path.join(parent, name))
    return result


def is_running(pid, began):
    try:
        return start_time(pid) == began
    except OSError:
        return False
