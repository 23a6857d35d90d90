"""A lab: nodes and pods on one machine, for tests. Reads requests from standard input, a line of JSON each, and answers with one.

    {"do": "open", …}   →   {"ok": …}   or   {"error": "…"}

It lives as long as its standard input. When that ends, because whoever started it is done or dead, every process, namespace,
mount and control group of the lab goes with it.
"""

import json
import os
import signal
import sys
import cgroups
from lab import Lab


def main():
    # Whoever started it may block signals; what it starts must not.
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    # A signal ends it in the same orderly way.
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(0))
    for folder in cgroups.leftovers():
        cgroups.remove(folder)
    lab = Lab()
    try:
        for line in sys.stdin:
            try:
                request = json.loads(line)
                result = getattr(lab, "do_" + request.pop("do"))(**request)
                answer = {"ok": True if result is None else result}
            except Exception as error:
                answer = {"error": f"{type(error).__name__}: {error}"}
            print(json.dumps(answer), flush=True)
    finally:
        lab.close()


if os.geteuid() != 0:
    sys.exit("a lab needs root")
main()
