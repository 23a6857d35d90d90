#!/usr/bin/env bash
# lint.sh : formatting, forbidden imports, file lengths. Prints each offence and fails if there is one.
set -euo pipefail
cd "$(dirname "$0")/../.."
failed=0

swift format lint --strict --parallel -r Package.swift Sources Tests || failed=1

# These run for every packet, every flow or every change of the host, and Foundation is slow to start, large, and has no
# place there.
for target in Addressing Wire Capture Privilege Netlink Containers Flows Names Records Pipeline Declarations Configuration Policy Baseline Enforcement Evidence; do
    if grep -rnE '^ *((public|package|internal|private|@[A-Za-z]+) +)*import +Foundation' "Sources/$target"; then
        echo "Sources/$target must not import Foundation." >&2
        failed=1
    fi
done

while read -r lines file; do
    if [ "$lines" -gt 400 ]; then
        echo "$file has $lines lines; a file ends at 400." >&2
        failed=1
    fi
done < <(find Sources Tests -type f \( -name '*.swift' -o -name '*.c' -o -name '*.h' -o -name '*.py' \) -exec wc -l {} \; )

exit $failed
