#!/usr/bin/env bash
# Makes shop-node-a.pcap, shop-node-a.pcapng and shop-any.pcap: a small shop of pods on two nodes over VXLAN 8472.
# usage: shop.sh [DIRECTORY]
here_shop=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=Captures/nodes.sh
. "$here_shop/../nodes.sh"
begin openssl dumpcap

two_nodes
flannel
pod web a 10
pod db a 11
pod dns a 12
pod scanner a 13
pod catalog b 20
pod cart b 21
pod images b 22
pod payments b 23

# One pair of pods speaks IPv6 as well.
for place in "web 1 10" "catalog 2 20"; do
    read -r name net host <<<"$place"
    ip -n "$prefix-$name" address add "fd00:10:244:$net::$host/64" dev eth0
    ip -n "$prefix-$name" route add fd00:10:244::/48 via "fd00:10:244:$net::1"
done

# An address whose pod is gone: what is sent there is dropped without a word.
ip -n "$prefix-node-a" route add blackhole 10.244.1.99/32

openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=pay.example \
    -addext subjectAltName=DNS:pay.example -keyout "$work/key.pem" -out "$work/certificate.pem" 2>"$work/openssl.log"

serve dns "$here_shop/dns.py"
serve payments "$here_shop/serve.py" payments "$work/certificate.pem" "$work/key.pem"
for name in web db catalog images; do
    serve $name "$here_shop/serve.py" $name
done
for name in dns payments web db catalog images; do
    wait_for "$work/$name.log" ready
done

record node-a shop-node-a.pcap -i eth0
record node-a shop-any.pcap -i any -y LINUX_SLL2
record_pcapng node-a shop-node-a.pcapng -i eth0

visit node-a "$here_shop/visit.py" node
visit web "$here_shop/visit.py" web "$work/certificate.pem"
visit cart "$here_shop/visit.py" cart
visit scanner "$here_shop/scan.py"
# By now node-b has given up looking for the sixteen that are not there, and says so.
sleep 3

# Both saw the same wire, so one table is true of both.
directory=${1:-$here_shop}
finish "$directory" shop-node-a.pcap shop-any.pcap shop-node-a.pcapng
python3 "$here/impersonal.py" "$directory/shop-node-a.pcapng"
cmp <(python3 "$here/flows.py" "$directory/shop-node-a.pcap") "$directory/shop-node-a.flows.tsv"
