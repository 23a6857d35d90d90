#!/usr/bin/python3
"""firewalld.py : what firewalld does to the kernel, by its own code, without its bus and its service.

Says "started" when its rules stand. At each SIGHUP it reloads, as `firewall-cmd --reload` has it do, and says "reloaded". What it is
configured with lies below /run/firewalld.
"""
import os
import signal

from firewall import config

FOLDER = "/run/firewalld"
ZONE = '<?xml version="1.0" encoding="utf-8"?>\n<zone{target}><short>{name}</short>{content}</zone>\n'
# Those that firewalld does not start without, and the usual one.
ZONES = {
    "block": (' target="%%REJECT%%"', ""),
    "drop": (' target="DROP"', ""),
    "trusted": (' target="ACCEPT"', ""),
    "public": (
        ' target="ACCEPT"',
        '<port port="22" protocol="tcp"/><rule family="ipv4"><source address="192.0.2.0/24"/><drop/></rule>',
    ),
}


def configure():
    """What would be read from /etc and /usr/lib is read from a folder of our own, which is nearly empty."""
    for name in dir(config):
        path = getattr(config, name)
        if isinstance(path, str) and path.startswith(("/etc/firewalld", "/usr/lib/firewalld")):
            setattr(config, name, FOLDER + path)
    for kind in ("zones", "policies", "services", "icmptypes", "helpers", "ipsets"):
        for place in ("/usr/lib/firewalld/", "/etc/firewalld/"):
            os.makedirs(FOLDER + place + kind, exist_ok=True)
    for name, (target, content) in ZONES.items():
        with open(f"{FOLDER}/usr/lib/firewalld/zones/{name}.xml", "w") as file:
            file.write(ZONE.format(name=name, target=target, content=content))
    with open(FOLDER + "/etc/firewalld/firewalld.conf", "w") as file:
        file.write("DefaultZone=public\nFirewallBackend=nftables\nFlushAllOnReload=yes\n")


signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGHUP})
configure()
from firewall.core.fw import Firewall  # noqa: it reads the paths when it is imported

firewall = Firewall()
firewall.start()
print("started", flush=True)
while signal.sigwait({signal.SIGHUP}):
    firewall.reload()
    print("reloaded", flush=True)
