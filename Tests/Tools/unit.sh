#!/usr/bin/env bash
# unit.sh BINARY GENERATOR [ROOT] : installs the agent into a Debian root of its own, boots that root's systemd in namespaces, and uses the
# service as an administrator would: starts it, reloads good and bad configuration, asks as root, member and stranger, restarts it.
# ROOT is a Debian system that is copied instead of fetched. Needs root, debootstrap, systemd-container and Debian's mirror; the machine's own systemd, /tmp and network are not touched.
set -euo pipefail
binary=$(realpath "$1") generator=$(realpath "$2")
cd "$(dirname "$0")/../.."
place=$(mktemp -d /var/tmp/portolan-unit-XXXXXX)
root=$place/root

end() {
    [ -n "${container:-}" ] && kill "$container" 2>/dev/null && wait "$container" || true
    for hierarchy in systemd unified; do
        rmdir "/sys/fs/cgroup/$hierarchy/$(basename "$place")" 2>/dev/null || true
    done
    rm -rf --one-file-system "$place"
}
trap end EXIT

if [ -n "${3:-}" ]; then
    cp -a "$3" "$root"
else
    packages=systemd,systemd-sysv,libpcap0.8,libmnl0,libsqlite3-0,iproute2,curl,python3-minimal
    debootstrap --variant=minbase --include=$packages bookworm "$root" >"$place/log" || { tail -5 "$place/log"; exit 1; }
fi
Tests/Tools/install.sh "$binary" "$generator" "$root" /usr/local /etc

boot() {
    # A machine without systemd has no unit to run it in: it gets control groups of its own, where there are any.
    for hierarchy in systemd unified; do
        [ -d "/sys/fs/cgroup/$hierarchy" ] || continue
        mkdir -p "/sys/fs/cgroup/$hierarchy/$(basename "$place")"
        echo "$BASHPID" >"/sys/fs/cgroup/$hierarchy/$(basename "$place")/cgroup.procs"
    done
    if [ -d /sys/fs/cgroup/systemd ]; then export SYSTEMD_NSPAWN_UNIFIED_HIERARCHY=0; fi
    exec systemd-nspawn --quiet --register=no --keep-unit --directory="$root" --boot --private-network --capability=all \
        --console=pipe --link-journal=no </dev/null >"$place/boot.log" 2>&1
}
boot &
container=$!

inside() { nsenter -t "$init" -m -u -i -n -p "$@"; }
for _ in $(seq 100); do
    init=$(pgrep -P "$container" | head -1 || true)
    [ -n "$init" ] && state=$(inside systemctl is-system-running 2>/dev/null || true)
    case ${state:-} in running | degraded) break ;; esac
    sleep 0.2
done
inside systemd-sysusers
inside bash -euo pipefail -s <<'INSIDE'
fail() { echo "failed: $1"; journalctl -u portolan --no-pager | tail -20; exit 1; }
ask() { su "$1" -s /bin/bash -c "$2" 2>&1 || true; }
remembered() { curl -s --unix-socket /run/portolan/portolan.sock http://x/v1/flows | grep -c '"port":8080' || true; }
getent group portolan >/dev/null || fail "no group"
systemctl daemon-reload
systemctl start portolan || fail "it does not start"
ip link set lo up
python3 - <<'TRAFFIC'
import socket, threading
server = socket.create_server(("127.0.0.1", 8080), backlog=64)
def serve():
    while True:
        link, _ = server.accept()
        link.recv(10)
        link.sendall(b"x" * 1000)
        link.close()
threading.Thread(target=serve, daemon=True).start()
for _ in range(50):
    with socket.create_connection(("127.0.0.1", 8080)) as link:
        link.sendall(b"hello")
        while link.recv(4096):
            pass
TRAFFIC
for _ in $(seq 50); do [ "$(remembered)" -ge 50 ] && break; sleep 0.2; done
[ "$(remembered)" -ge 50 ] || fail "$(remembered) of 50 connections are remembered"
useradd --create-home stranger
useradd --create-home --groups portolan member
ask member "portolan status" | grep -q "packets captured" || fail "a member is not answered"
ask stranger "portolan status" | grep -q "permission denied" || fail "a stranger is answered"
ask stranger "curl -s --unix-socket /run/portolan/portolan.sock http://x/v1/flows" | grep -q . && fail "a stranger reads"
ask member "curl -s -X POST --unix-socket /run/portolan/portolan.sock http://x/v1/reload" | grep -q "only root" || fail "a member acts"
systemctl reload portolan || fail "it does not reload"
echo "nonsense: true" >/etc/portolan/conf.d/bad.yaml
systemctl reload portolan || fail "it does not reload"
sleep 1
systemctl is-active --quiet portolan || fail "bad configuration ended it"
journalctl -u portolan --no-pager | grep -q "stays as it was" || fail "bad configuration is not told"
rm /etc/portolan/conf.d/bad.yaml
systemctl restart portolan || fail "it does not restart"
[ "$(remembered)" -ge 50 ] || fail "history is gone after a restart"
portolan graph -o json | grep -q '"port":8080' || fail "the graph is gone after a restart"
curl -s --unix-socket /run/portolan/portolan.sock http://x/v1/gaps | grep -q '"reason":"stopped"' || fail "no gap"
kill -KILL "$(systemctl show --property MainPID --value portolan)"
for _ in $(seq 50); do sleep 0.2; portolan status >/dev/null 2>&1 && break; done
systemctl is-active --quiet portolan || fail "killed, it stays away"
curl -s --unix-socket /run/portolan/portolan.sock http://x/v1/gaps | grep -q '"reason":"killed"' || fail "no gap"
systemctl stop portolan || fail "it does not stop"
[ "$(systemctl show --property Result --value portolan)" = success ] || fail "it ended badly"
journalctl -u portolan --no-pager --output cat
INSIDE
echo held
