import Dashboard
import Foundation
import Graph
import Support
import Testing

@testable import portolan

/// A capture as `portolan tui -r` looks at it.
final class LookedAtFile {
    let source: FileSource
    /// What all of it came to.
    let whole: Snapshot

    init(_ path: String) throws {
        let source = try FileSource(FileSourceOptions(paths: [path])) {}
        self.source = source
        let read = Self.wait({ source.takeSnapshot() }, until: { $0.progress == nil })
        whole = try #require(read)
    }

    deinit { source.end() }

    static func own(_ name: String) -> String { SharedCaptures.own.appendingPathComponent(name).path }

    /// Asks until something comes that is `enough`, for at most a minute.
    static func wait<Value>(_ ask: () -> Value?, until enough: (Value) -> Bool = { _ in true }) -> Value? {
        for _ in 0..<6000 {
            if let value = ask(), enough(value) { return value }
            usleep(10_000)
        }
        return nil
    }

    /// All packets of what was chosen.
    func packets(_ choice: PacketChoice) throws -> PacketList {
        source.ask(.packets(choice))
        let found = Self.wait({ source.takePackets() }, until: { $0.choice == choice.number && !$0.isSearching })
        return try #require(found)
    }

    /// The snapshots of a file that is played, up to one that is `enough`.
    func played(until enough: (Playback) -> Bool) -> Snapshot? {
        Self.wait({ source.takeSnapshot() }, until: { $0.playback.map(enough) ?? false })
    }
}
