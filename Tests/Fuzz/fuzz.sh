#!/usr/bin/env bash
# fuzz.sh [-b] [-q] [-j JOBS] SECONDS [TARGET...] : builds the fuzz program and runs each target for SECONDS, JOBS (2) at a time.
# -b builds only; -q says nothing but what was found, and one line at the end.
# FUZZ_TRAITS=CRI fuzzes what runtimes answer through the CRI as well, with gRPC, which takes some ten minutes to build.
# Fails when one crashes, hangs or eats memory; the input that did it is left in .build-fuzz/artifacts.
set -euo pipefail
cd "$(dirname "$0")/../.."
jobs=2 quiet= only=
while getopts bqj: option; do
    case $option in
        b) only=1 ;;
        q) quiet=1 ;;
        j) jobs=$OPTARG ;;
        *) exit 64 ;;
    esac
done
shift $((OPTIND - 1))
seconds=${1:-60}
shift || true
targets=("$@")
[ ${#targets[@]} -gt 0 ] || targets=(
    FuzzDissector FuzzPcap FuzzPcapng FuzzGzip FuzzJournal FuzzNotes FuzzDeclarations FuzzRuntimes FuzzNetlink FuzzHTTP
    FuzzFilter FuzzRecords FuzzRows FuzzKeys
)
traits=${FUZZ_TRAITS-}
[ -z "$traits" ] || targets+=(FuzzCRI)
build=.build-fuzz
program=$build/release/fuzz

# What builds speaks where it is listened to, and where it fails.
run() {
    if [ -z "$quiet" ]; then "$@"; return; fi
    mkdir -p "$build"
    "$@" >"$build/build.log" 2>&1 || { tail -n 60 "$build/build.log"; return 1; }
}

export PORTOLAN_FUZZ=1
# Swift's crash handler would be taken for a crash by the address sanitizer; libFuzzer prints the stack itself.
export SWIFT_BACKTRACE=enable=no
# The leak checker needs ptrace, which containers forbid, and Swift's once-made globals look like leaks to it, as do threads at the end.
export ASAN_OPTIONS=detect_leaks=0
run swift build -c release ${traits:+--traits "$traits"} -debug-info-format none --scratch-path "$build" --product FuzzTargets
# SwiftPM gives every executable a main of its own, and libFuzzer brings one: so the library is linked here. All of it: conformances to
# protocols are found at run time, and nothing refers to the objects that have them. The linker is told of libraries by hand then.
library=$build/release/libFuzzTargets.a
if [ ! "$program" -nt "$library" ]; then
    clang -c -x c /dev/null -o "$build/nothing.o"
    swift=(_Concurrency _StringProcessing _RegexParser Dispatch Synchronization Glibc)
    run swiftc -use-ld=lld -sanitize=fuzzer,address "$build/nothing.o" -o "$program" \
        -Xlinker --whole-archive -Xlinker "$library" -Xlinker --no-whole-archive \
        -lFoundation -lFoundationEssentials -lFoundationInternationalization -ldispatch -lBlocksRuntime \
        "${swift[@]/#/-lswift}" -lpcap -lmnl -lz -lsqlite3 -lstdc++
fi
[ -z "$only" ] || exit 0

rm -rf "$build/seeds"
run python3 Tests/Fuzz/seeds.py "$build/seeds"
mkdir -p "$build/artifacts"

fuzz() {
    local target=$1 log=$build/$1.log
    mkdir -p "$build/corpus/$target" "$build/seeds/$target"
    # Who hangs outside of an input is ended, too.
    if PORTOLAN_FUZZ_TARGET=$target timeout -k 10 $((seconds + 60)) "$program" -max_total_time="$seconds" -timeout=5 \
        -rss_limit_mb=1024 -malloc_limit_mb=256 -detect_leaks=0 -max_len=16384 -print_final_stats=1 \
        -artifact_prefix="$build/artifacts/$target-" "$build/corpus/$target" "$build/seeds/$target" >"$log" 2>&1; then
        [ -n "$quiet" ] || echo "$target: $(awk '/number_of_executed_units/ { print $2 }' "$log") inputs, nothing found"
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
    [ ${#running[@]} -lt "$jobs" ] || reap
done
while [ ${#running[@]} -gt 0 ]; do reap; done
[ $failed -ne 0 ] || echo "${#targets[@]} targets fuzzed for $seconds s each, nothing found"
exit $failed
