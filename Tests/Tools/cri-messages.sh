#!/usr/bin/env bash
# cri-messages.sh : makes the Swift in Sources/CRI/Messages of the .proto files beside it. By hand, when one of them or the
# version of swift-protobuf in Package.swift changes; what it makes is committed, so that no build needs protoc.
set -euo pipefail
cd "$(dirname "$0")/../.."

scratch=$PWD/.build-protoc
Tests/Tools/requirements.sh protobuf-compiler
swift package --traits CRI --scratch-path "$scratch" resolve
swift build --package-path "$scratch/checkouts/swift-protobuf" --scratch-path "$scratch/plugin" --product protoc-gen-swift

cd Sources/CRI/Messages
protoc --plugin="$scratch/plugin/debug/protoc-gen-swift" --swift_out=. ./*.proto
# Like every file of this room, they are empty without the trait: then SwiftProtobuf is not there.
for file in *.pb.swift; do
    { cat <<<'#if CRI' && cat "$file" && cat <<<'#endif'; } >"$file.new"
    mv "$file.new" "$file"
done
# They ask to be left alone in a line that is no longer the first.
swift format format -i ./*.pb.swift
rm -rf "$scratch"
