#!/usr/bin/env bash
# install.sh BINARY GENERATOR DESTDIR PREFIX SYSCONFDIR : the binary, its manual pages and completions, the service and its
# configuration, where a Debian system looks for them. A configuration that is there stays as it is.
set -euo pipefail
binary=$1 generator=$2 destination=$3 prefix=$4 configuration=$5
cd "$(dirname "$0")/../.."
root=$destination$prefix

install -D -m 755 "$binary" "$root/bin/portolan"

completion() {
    local file=$root/share/$2
    mkdir -p "$(dirname "$file")"
    "$binary" --generate-completion-script "$1" >"$file"
    chmod 644 "$file"
}
completion bash bash-completion/completions/portolan
completion zsh zsh/site-functions/_portolan
completion fish fish/vendor_completions.d/portolan.fish

# What swift-argument-parser's plugin would run, which would build the whole program once more before.
pages=$(mktemp -d)
trap 'rm -rf "$pages"' EXIT
"$generator" "$binary" --multi-page --output-directory "$pages"
mkdir -p "$root/share/man/man1"
find "$pages" -name 'portolan*.1' ! -name '*.help.1' -exec install -m 644 {} "$root/share/man/man1" \;

unit=$root/lib/systemd/system/portolan.service
mkdir -p "$(dirname "$unit")"
sed "s|@PREFIX@|$prefix|" Config/systemd/portolan.service.in >"$unit"
chmod 644 "$unit"
install -D -m 644 Config/systemd/portolan.sysusers "$root/lib/sysusers.d/portolan.conf"
file=$destination$configuration/portolan/portolan.yaml
if [ -e "$file" ]; then
    echo "$file stays as it is; the new one lies beside it, portolan.yaml.new"
    install -m 644 Config/portolan.yaml "$file.new"
else
    install -D -m 644 Config/portolan.yaml "$file"
fi
mkdir -p "$destination$configuration/portolan/conf.d"

echo "Installed under $root: bin/portolan, share/man/man1, completions, and the service."
if [ -z "$destination" ]; then
    getent group portolan >/dev/null || groupadd --system portolan || echo "make a group portolan: its members may ask the agent"
    if [ -d /run/systemd/system ]; then
        systemctl daemon-reload
        echo "Start it with: systemctl enable --now portolan"
    else
        echo "Start it with: portolan run"
    fi
fi
