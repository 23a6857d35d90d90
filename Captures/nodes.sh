# shellcheck shell=bash
# Two nodes of a small cluster, made of network namespaces on one Linux machine. Sourced by the scripts that make
# the captures; on its own it does nothing.
#
# The two nodes are joined by one veth and by nothing else: no namespace has a route, a device or a neighbour outside
# this cluster, so nothing that runs here can reach the machine's own network. Everything is named after this process
# (pl-PID-...), and goes when the script ends, however it ends.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
prefix=pl-$$
# The clients import from beside themselves, and must leave nothing there.
export PYTHONDONTWRITEBYTECODE=1
work=

refuse() {
    echo "${0##*/}: $*" >&2
    exit 1
}

require() {
    local tool
    [ "$(id -u)" = 0 ] || refuse "must run as root (it makes network namespaces)"
    for tool in ip bridge tcpdump tshark python3 "$@"; do
        command -v "$tool" >/dev/null || refuse "needs $tool"
    done
}

# Only processes inside our own namespaces are ended, so a name that somebody else's process has cannot matter.
remove_nodes() {
    local namespace pid
    for namespace in $(ip netns list | awk -v prefix="$prefix-" 'index($1, prefix) == 1 { print $1 }'); do
        for pid in $(ip netns pids "$namespace"); do
            kill -KILL "$pid" 2>/dev/null || true
        done
        ip netns delete "$namespace" || true
    done
    [ -z "$work" ] || rm -rf "$work"
}

begin() {
    require "$@"
    work=$(mktemp -d)
    trap remove_nodes EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
}

# inside NAMESPACE COMMAND...
inside() {
    local namespace=$prefix-$1
    shift
    ip netns exec "$namespace" "$@"
}

# kernel NAMESPACE KEY=VALUE... : sets sysctls of that namespace
kernel() {
    local namespace=$1 setting
    shift
    for setting in "$@"; do
        # shellcheck disable=SC2016
        inside "$namespace" sh -c 'echo "$2" >"/proc/sys/net/$1"' sh "${setting%%=*}" "${setting#*=}"
    done
}

# A namespace whose devices get no address of their own making, ask for no router, and have told of their multicast
# groups (which may take seconds) before anything is captured.
namespace() {
    ip netns add "$prefix-$1"
    kernel "$1" ipv6/conf/default/addr_gen_mode=1 ipv6/conf/default/accept_dad=0 \
        ipv6/conf/default/router_solicitations=0 ipv6/conf/default/mldv2_unsolicited_report_interval=1 \
        ipv4/conf/default/igmpv3_unsolicited_report_interval=1 ipv4/conf/all/rp_filter=0
    ip -n "$prefix-$1" link set lo up
}

# With its offloads on, a veth hands over 64 KiB segments with half-made checksums, which no wire ever carries.
plain() {
    local namespace=$1
    shift
    inside "$namespace" python3 "$here/plain.py" "$@"
}

# number a|b : the node's place in every address
number() {
    case $1 in
        a) echo 1 ;;
        b) echo 2 ;;
    esac
}

other() {
    case $1 in
        a) echo b ;;
        b) echo a ;;
    esac
}

# The nodes node-a (192.168.10.1) and node-b (192.168.10.2).
two_nodes() {
    local node
    namespace node-a
    namespace node-b
    ip -n "$prefix-node-a" link add eth0 address 02:00:c0:a8:0a:01 type veth \
        peer name eth0 address 02:00:c0:a8:0a:02 netns "$prefix-node-b"
    for node in a b; do
        plain node-$node eth0
        ip -n "$prefix-node-$node" address add "192.168.10.$(number $node)/24" dev eth0
        ip -n "$prefix-node-$node" link set eth0 up
    done
}

# vxlan NODE NAME VNI PORT : a VXLAN device that learns nothing, whose far end is the other node
vxlan() {
    local node=$1 name=$2 vni=$3 port=$4
    ip -n "$prefix-node-$node" link add "$name" address "$(vtep "$node")" mtu 1450 type vxlan id "$vni" \
        local "192.168.10.$(number "$node")" dev eth0 dstport "$port" nolearning
    plain "node-$node" "$name"
}

vtep() {
    echo "0e:00:00:00:00:0$(number "$1")"
}

# bridge_of NODE NAME : a bridge as wide as the tunnel, that says nothing of its own: snooping would make it a multicast
# listener, and its reports would fall into a capture or not as they please
bridge_of() {
    local node=$1 name=$2
    ip -n "$prefix-node-$node" link add "$name" mtu 1450 type bridge mcast_snooping 0
    plain "node-$node" "$name"
    ip -n "$prefix-node-$node" link set "$name" up
}

# Pods as flannel joins them: a bridge on each node, and the other node's pods a route away through VXLAN 1 on 8472,
# with the neighbour and the forwarding entry written by hand, so that nothing is ever asked for.
flannel() {
    local node there
    for node in a b; do
        there=$(other $node)
        kernel node-$node ipv4/ip_forward=1 ipv6/conf/all/forwarding=1
        vxlan $node flannel.1 1 8472
        bridge_of $node cni0
        ip -n "$prefix-node-$node" -batch - <<COMMANDS
link set flannel.1 up
address add 10.244.$(number $node).0/32 dev flannel.1
address add fd00:10:244:$(number $node)::/128 dev flannel.1
neighbour add 10.244.$(number $there).0 lladdr $(vtep $there) dev flannel.1 nud permanent
neighbour add fd00:10:244:$(number $there):: lladdr $(vtep $there) dev flannel.1 nud permanent
address add 10.244.$(number $node).1/24 dev cni0
address add fd00:10:244:$(number $node)::1/64 dev cni0
address add fe80::1/64 dev cni0
route add 10.244.$(number $there).0/24 via 10.244.$(number $there).0 dev flannel.1 onlink
route add fd00:10:244:$(number $there)::/64 via fd00:10:244:$(number $there):: dev flannel.1 onlink
COMMANDS
        inside node-$node bridge fdb add "$(vtep $there)" dev flannel.1 \
            dst "192.168.10.$(number $there)" self permanent
    done
}

# overlay VNI : one layer-2 network over both nodes, as Docker makes them: a bridge on each, VXLAN on 4789 between.
# What has no forwarding entry goes to the other node, so pods ask for each other with ARP, inside the tunnel.
overlay() {
    local vni=$1 node
    for node in a b; do
        vxlan $node "vx$vni" "$vni" 4789
        inside node-$node bridge fdb append 00:00:00:00:00:00 dev "vx$vni" \
            dst "192.168.10.$(number "$(other $node)")" self permanent
        bridge_of $node "br$vni"
        ip -n "$prefix-node-$node" link set "vx$vni" master "br$vni" up
    done
}

# attach POD NODE BRIDGE ADDRESS/LENGTH : a pod whose eth0 is one end of a veth, the other end in the node's bridge
attach() {
    local pod=$1 node=$2 bridge=$3 address=$4
    namespace "$pod"
    # The container runtimes' rule: 0a:58 and the four bytes of the address.
    # shellcheck disable=SC2046
    ip -n "$prefix-node-$node" link add "veth-$pod" mtu 1450 type veth peer name eth0 mtu 1450 \
        address "$(printf '0a:58:%02x:%02x:%02x:%02x' $(tr './' '  ' <<<"${address%/*}"))" netns "$prefix-$pod"
    plain "node-$node" "veth-$pod"
    plain "$pod" eth0
    ip -n "$prefix-node-$node" link set "veth-$pod" master "$bridge" up
    ip -n "$prefix-$pod" address add "$address" dev eth0
    ip -n "$prefix-$pod" link set eth0 up
}

# pod NAME a|b HOST : a pod at 10.244.NODE.HOST, that knows the way to the other pods and to nothing else
pod() {
    local net
    net=10.244.$(number "$2")
    attach "$1" "$2" cni0 "$net.$3/24"
    ip -n "$prefix-$1" route add 10.244.0.0/16 via "$net.1"
}

# serve POD PYTHON-ARGUMENT... : starts a pod's server, for a minute at most; it says ready in $work/POD.log
serve() {
    local pod=$1
    shift
    ip netns exec "$prefix-$pod" timeout 60 python3 "$@" >"$work/$pod.log" &
    # Servers have no end of their own; the shell need not tell of each that is ended for it.
    disown
}

# visit POD PYTHON-ARGUMENT... : runs a pod's client to its end
visit() {
    local pod=$1
    shift
    inside "$pod" timeout 30 python3 "$@"
}

# record NAMESPACE FILE TCPDUMP-ARGUMENT... : starts tcpdump, and comes back when it listens. It stays root, because
# the file is in a directory that is root's alone.
recorders=()
record() {
    local namespace=$1 file=$2 log
    shift 2
    log=$work/$file.log
    ip netns exec "$prefix-$namespace" tcpdump -n -U -Z root -w "$work/$file" "$@" 2>"$log" &
    recorders+=($!)
    wait_for "$log" 'listening on'
}

# record_pcapng NAMESPACE FILE DUMPCAP-ARGUMENT... : the same with dumpcap, which writes pcapng
record_pcapng() {
    local namespace=$1 file=$2 log
    shift 2
    log=$work/$file.log
    ip netns exec "$prefix-$namespace" dumpcap -n -w "$work/$file" "$@" 2>"$log" &
    recorders+=($!)
    wait_for "$log" '^File: '
}

# wait_for FILE TEXT : ten seconds at most
wait_for() {
    local _
    for _ in $(seq 100); do
        ! grep -qs -- "$2" "$1" || return 0
        sleep 0.1
    done
    refuse "never saw '$2'"
}

# finish DIRECTORY FILE... : ends the captures, and keeps them, each with the flows tshark sees in it, only if the whole
# script came this far
finish() {
    local directory=$1 file
    shift
    # What is still on its way through the kernel's ring is written before the interrupt is looked at.
    sleep 1
    kill -INT "${recorders[@]}"
    wait "${recorders[@]}" || true
    for file in "$@"; do
        python3 "$here/flows.py" "$work/$file" >"$work/$file.flows.tsv" 2>"$work/$file.flows.log"
    done
    for file in "$@"; do
        install -m 644 "$work/$file" "$directory/$file"
        install -m 644 "$work/$file.flows.tsv" "$directory/${file%.*}.flows.tsv"
    done
}
