#!/usr/bin/env bash
# install.sh BINARY PREFIX : the binary, its manual pages and its completions, where a Debian system looks for them.
set -euo pipefail
binary=$1 prefix=$2
cd "$(dirname "$0")/../.."

install -D -m 755 "$binary" "$prefix/bin/portolan"

completion() {
    local file=$prefix/share/$2
    mkdir -p "$(dirname "$file")"
    "$binary" --generate-completion-script "$1" >"$file"
    chmod 644 "$file"
}
completion bash bash-completion/completions/portolan
completion zsh zsh/site-functions/_portolan
completion fish fish/vendor_completions.d/portolan.fish

# swift-argument-parser brings the generator along as a SwiftPM plugin.
pages=$(mktemp -d)
trap 'rm -rf "$pages"' EXIT
swift package --allow-writing-to-directory "$pages" generate-manual --multi-page --output-directory "$pages"
mkdir -p "$prefix/share/man/man1"
find "$pages" -name 'portolan*.1' ! -name '*.help.1' -exec install -m 644 {} "$prefix/share/man/man1" \;

echo "Installed under $prefix: bin/portolan, share/man/man1, completions for bash, zsh and fish."
