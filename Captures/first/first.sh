#!/usr/bin/env bash
# Makes first.pcap: one HTTP exchange between two pods on two nodes, seen on the wire between the nodes, in VXLAN.
# usage: first.sh [DIRECTORY]
here_first=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=Captures/nodes.sh
. "$here_first/../nodes.sh"
begin

two_nodes
flannel
pod client a 10
pod server b 20

serve server "$here_first/first.py" serve
wait_for "$work/server.log" ready
record node-a first.pcap -i eth0 udp port 8472
visit client "$here_first/first.py" get 10.244.2.20
finish "${1:-$here_first}" first.pcap
