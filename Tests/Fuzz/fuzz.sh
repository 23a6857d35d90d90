#!/usr/bin/env bash
# fuzz.sh SECONDS [TARGET...] : builds the fuzz targets and runs each for SECONDS, two at a time.
# Fails when one crashes, hangs or eats memory; the input that did it is left in .build-fuzz/artifacts.
set -euo pipefail
cd "$(dirname "$0")/../.."
seconds=${1:-60}
shift || true
targets=("$@")
[ ${#targets[@]} -gt 0 ] || targets=(FuzzDissector FuzzPcap FuzzPcapng FuzzGzip FuzzJournal)
build=.build-fuzz

export PORTOLAN_FUZZ=1
# Swift's crash handler would be taken for a crash by the address sanitizer; libFuzzer prints the stack itself.
export SWIFT_BACKTRACE=enable=no
for target in "${targets[@]}"; do
    swift build -c release --scratch-path "$build" --product "$target"
    # SwiftPM gives every executable a main of its own, and libFuzzer brings one: so the library is linked here.
    swiftc -use-ld=lld -sanitize=fuzzer,address "$build/release/lib$target.a" -o "$build/release/$target"
done

rm -rf "$build/seeds"
python3 Tests/Fuzz/seeds.py "$build/seeds"
mkdir -p "$build/artifacts"

fuzz() {
    local target=$1 log=$build/$1.log
    mkdir -p "$build/corpus/$target" "$build/seeds/$target"
    # The leak checker needs ptrace, which containers forbid, and Swift's once-made globals look like leaks.
    if "$build/release/$target" -max_total_time="$seconds" -timeout=5 -rss_limit_mb=1024 -malloc_limit_mb=256 \
        -detect_leaks=0 -max_len=16384 -print_final_stats=1 -artifact_prefix="$build/artifacts/$target-" \
        "$build/corpus/$target" "$build/seeds/$target" >"$log" 2>&1; then
        echo "$target: $(awk '/number_of_executed_units/ { print $2 }' "$log") inputs, nothing found"
    else
        tail -n 40 "$log"
        echo "$target: FAILED; its input is in $build/artifacts, the whole log in $log"
        return 1
    fi
}

failed=0
running=()
reap() {
    wait "${running[0]}" || failed=1
    running=("${running[@]:1}")
}
for target in "${targets[@]}"; do
    fuzz "$target" &
    running+=($!)
    [ ${#running[@]} -lt 2 ] || reap
done
while [ ${#running[@]} -gt 0 ]; do reap; done
exit $failed
