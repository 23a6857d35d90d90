"""What a command costs: CPU time, wall time, peak memory."""

import dataclasses
import os
import resource
import select
import signal
import subprocess
import sys
import tempfile
import time

LONGEST_SECONDS = 180


@dataclasses.dataclass(frozen=True)
class Cost:
    #: user and system time of the process, in seconds
    cpu: float
    wall: float
    #: peak resident memory in bytes
    memory: int


def bounds():
    """A program that went wrong must not take the machine with it."""
    resource.setrlimit(resource.RLIMIT_CPU, (LONGEST_SECONDS, LONGEST_SECONDS))


def run(command):
    """Runs it to its end with its output thrown away; a failure ends the benchmark."""
    with tempfile.TemporaryFile() as errors:
        started = time.perf_counter()
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=errors, preexec_fn=bounds
        )
        # The descriptor becomes readable when the process ends, so that waiting costs it nothing.
        descriptor = os.pidfd_open(process.pid)
        if not select.select([descriptor], [], [], LONGEST_SECONDS)[0]:
            process.send_signal(signal.SIGKILL)
        os.close(descriptor)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            errors.seek(0)
            tail = errors.read()[-2000:].decode(errors="replace")
            sys.exit(f"{' '.join(map(str, command))} ended with {process.returncode}\n{tail}")
    return Cost(cpu=usage.ru_utime + usage.ru_stime, wall=wall, memory=usage.ru_maxrss * 1024)
