"""The captures that lie outside this repository, with what is in those that hold an attack. The others are benign."""

import os
import pathlib

from label import Label

VERTICAL, HORIZONTAL = ("scan.vertical",), ("scan.horizontal",)
# By the first words of the file's name: the attack as the page calls it, its right names, and who does it.
ATTACKS = {
    "lab/lab_nmap_syn.": ("nmap -sS (SYN)", VERTICAL, "10.77.0.1"),
    "lab/lab_nmap_syn6.": ("nmap -6 -sS (SYN, IPv6)", VERTICAL, "fd77::1"),
    "lab/lab_nmap_connect.": ("nmap -sT (connect)", VERTICAL, "10.77.0.1"),
    "lab/lab_nmap_udp.": ("nmap -sU (UDP)", VERTICAL, "10.77.0.1"),
    "lab/lab_nmap_fin.": ("nmap -sF (FIN)", VERTICAL, "10.77.0.1"),
    "lab/lab_nmap_null.": ("nmap -sN (NULL)", VERTICAL, "10.77.0.1"),
    "lab/lab_nmap_xmas.": ("nmap -sX (Xmas)", VERTICAL, "10.77.0.1"),
    "lab/lab_nmap_ack.": ("nmap -sA (ACK)", VERTICAL, "10.77.0.1"),
    "lab/lab_sweep_syn445.": ("nmap -sS, a port of many hosts", HORIZONTAL, "10.77.0.1"),
    "lab/lab_sweep_icmp.": ("nmap -sn -PE (ping sweep)", ("sweep.ping",), "10.77.0.1"),
    "lab/lab_arp_sweep.": ("nmap -sn (ARP sweep)", ("sweep.arp",), "10.77.0.1"),
    "lab/lab_vxlan_scan_outer.": ("nmap -sS in VXLAN", VERTICAL, "10.244.1.10"),
    "lab/lab_flood_syn_onesrc.": ("SYN flood", ("flood.syn",), "10.77.0.1"),
    "lab/lab_flood_syn_spoofed.": ("SYN flood, forged senders", ("flood.syn",), None),
    "lab/lab_flood_udp.": ("UDP flood", ("flood.udp",), "10.77.0.1"),
    "lab/lab_flood_icmp.": ("ICMP flood", ("flood.icmp",), "10.77.0.1"),
    "floods/surver__tcp-session-syn-flood": ("SYN flood", ("flood.syn",), "192.0.2.10"),
    "scans/nDPI__synscan": ("nmap -sS (SYN)", VERTICAL, "172.16.0.8"),
    "scans/bro-simple-scan__445": ("a worm's sweep of port 445", HORIZONTAL, "176.192.150.3"),
    "scans/bro-simple-scan__multiport": (
        "several ports of many hosts", ("scan.block", "scan.horizontal"), "125.27.226.209"
    ),
    "dns-tunnel/examples__dns-tunnel-iodine": ("iodine, NULL records", ("dns.tunnel",), None),
    "dns-tunnel/nDPI__dns_exfiltration": ("data in names, MX, TXT and CNAME records", ("dns.tunnel",), None),
}  # fmt: skip
# What is no capture of traffic.
OTHER = ("expected", "tools", "truth")


def captures():
    """(category, path, label or None) of each, in order; nothing where they are not there."""
    folder = pathlib.Path(os.environ.get("PORTOLAN_CAPTURES", "../shared/captures"))
    if not folder.is_dir():
        return
    for path in sorted(folder.glob("*/*")):
        category = path.parent.name
        if category in OTHER or not path.is_file():
            continue
        name = f"{category}/{path.name}"
        attack = next((attack for start, attack in ATTACKS.items() if name.startswith(start)), None)
        yield category, path, Label(attack[0], attack[1], attack[2]) if attack else None
