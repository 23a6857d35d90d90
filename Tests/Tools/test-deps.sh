#!/usr/bin/env bash
# test-deps.sh : what the live tests, and those of the terminal, need from Debian, and the programs that read what we export.
# Nothing that is installed here starts: daemons run only where a test starts them, in network namespaces of its own.
set -euo pipefail
cd "$(dirname "$0")"

packages=(
    iproute2 nftables conntrack util-linux procps tcpdump tshark nmap hping3 busybox-static curl tmux
    docker.io containerd runc containernetworking-plugins python3 python3-grpcio
    podman netavark python3-firewall python3-nftables
    graphviz python3-networkx chromium sqlite3 faketime
)

installed=
if command -v dpkg-query >/dev/null; then
    installed=$(dpkg-query --show --showformat='${Package} ${db:Status-Status}\n' "${packages[@]}" 2>/dev/null || true)
fi
missing=()
for package in "${packages[@]}"; do
    grep -qx "$package installed" <<<"$installed" || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

if [ "$(id -u)" -ne 0 ]; then
    echo "Live tests need root, and will be skipped; so nothing is installed for them (missing: ${missing[*]})." >&2
    exit 0
fi

# invoke-rc.d asks this program before it starts a service; 101 forbids it. What stood there before comes back.
policy=/usr/sbin/policy-rc.d
answer=0
[ ! -x "$policy" ] || "$policy" docker start >/dev/null 2>&1 || answer=$?
if [ "$answer" -ne 101 ]; then
    saved=
    if [ -e "$policy" ]; then
        saved=$(mktemp "$policy.XXXXXX")
        cp -a "$policy" "$saved"
    fi
    restore() {
        if [ -n "$saved" ]; then mv -f "$saved" "$policy"; else rm -f "$policy"; fi
    }
    trap restore EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    rm -f "$policy"
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 755 "$policy"
fi

./requirements.sh "${missing[@]}"
