#!/usr/bin/env bash
# Makes tenants.pcap: two tenants of the same two nodes, in VXLAN 42 and 43, whose pods have the same hardware and IP
# addresses and use the same ports at the same time. Only the VNI tells them apart.
# usage: tenants.sh [DIRECTORY]
here_tenants=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=Captures/nodes.sh
. "$here_tenants/../nodes.sh"
begin

two_nodes
for vni in 42 43; do
    overlay $vni
    attach client-$vni a br$vni 10.0.0.2/24
    attach server-$vni b br$vni 10.0.0.3/24
done

# A page of 42 has 100 bytes, one of 43 has 4000: a count that mixed them would show.
serve server-42 "$here_tenants/tenants.py" serve 100
serve server-43 "$here_tenants/tenants.py" serve 4000
wait_for "$work/server-42.log" ready
wait_for "$work/server-43.log" ready

record node-a tenants.pcap -i eth0 udp port 4789
visit client-42 "$here_tenants/tenants.py" use 100 &
visit client-43 "$here_tenants/tenants.py" use 4000
wait $!
directory=${1:-$here_tenants}
finish "$directory" tenants.pcap
# The table by 5-tuple cannot tell the tenants apart; this one can.
python3 "$here/flows.py" --vni "$directory/tenants.pcap" >"$directory/tenants.vni.tsv"
