import Addressing
import Containers
import Enforcement
import Foundation
import GRDB
import Graph
import Policy
import Records
import Testing

@testable import Store

/// A database with something in every table that is covered, written over some minutes in several sessions; and whoever alters it
/// with SQLite and nothing else.
final class CustodySample {
    let files: StoreFolder
    /// When its batches were written.
    static let batches = stride(from: Int64(60), through: 960, by: 60)

    init() throws {
        files = try StoreFolder()
        for session in 0..<2 {
            let (_, writer) = try files.open(at: Int64(session) * 480)
            for second in Self.batches where second / 481 == session { try Self.write(second, writer) }
            if session == 0 { try writer.end(at: .seconds(481)) }
        }
    }

    var path: String { files.path }

    static func write(_ second: Int64, _ writer: StoreWriter) throws {
        var batch = StoreBatch()
        batch.ended = (0..<6).map {
            SampleFlow.record(
                UInt64(second * 10 + $0),
                first: second - 5,
                last: second - 1,
                identities: SampleFlow.identities("web-\(second)-\($0 % 2)")
            )
        }
        var open = SampleFlow.record(UInt64(second), last: second)
        open.endReason = nil
        batch.open = [open]
        batch.add(
            JournalEntry(time: .seconds(second), change: .host(NetworkNamespace(inode: 1), name: "node-\(second)"))
        )
        batch.gaps = [StoredGap(time: .seconds(second), since: .seconds(second - 1), reason: .capture)]
        batch.alerts = [
            AlertRecord(
                rule: "scan.vertical",
                name: "n",
                category: "scan",
                severity: 70,
                time: .seconds(second),
                source: AlertRecord.End(.host(UInt32(second))),
                message: "scanned"
            )
        ]
        batch.audit = [AuditRecord(time: .seconds(second), actor: "uid 0", act: "block", outcome: "done")]
        batch.blocks = [try SampleBlock.record(UInt64(second / 60), at: .seconds(second))]
        // One from before, as it stands now.
        if second > 60 {
            let before = try SampleBlock.record(UInt64(second / 60 - 1), at: .seconds(second - 60))
            batch.blocks.append(before.ended(at: .seconds(second)))
        }
        batch.graph = graph(at: second).takeChangesOnce()
        try writer.write(batch, at: .seconds(second))
    }

    private static func graph(at second: Int64) -> ConnectionGraph {
        var graph = ConnectionGraph()
        graph.track()
        for (source, destination) in [("web", "cart"), ("cart", "db")] {
            func end(_ name: String) -> Endpoint {
                var endpoint = Endpoint(EndpointKey(.container, "id-\(name)"), address: .host(1), at: .seconds(second))
                endpoint.container = SampleFlow.who(name).identity.container
                return endpoint
            }
            var counts = EdgeCounts()
            counts.sourcePackets = UInt64(second)
            graph.count(
                FlowObservation(
                    source: end(source),
                    destination: end(destination),
                    protocolNumber: 6,
                    port: 80,
                    counts: counts,
                    first: .seconds(second),
                    last: .seconds(second)
                )
            )
        }
        return graph
    }

    /// What a look at it finds.
    func look() throws -> CustodyAnswer { try Store(reading: path).custody() }

    /// What is found after somebody did something to it, in a copy.
    func altered(_ sql: String) throws -> CustodyAnswer {
        try altered { try $0.execute(sql: sql) }
    }

    func altered(_ body: (Database) throws -> Void) throws -> CustodyAnswer {
        let copy = try StoreFolder()
        try DatabaseQueue(path: path).backup(to: DatabaseQueue(path: copy.path))
        do {
            let queue = try DatabaseQueue(path: copy.path)
            try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA foreign_keys = OFF") }
            try queue.write(body)
        }
        return try Store(reading: copy.path).custody()
    }
}

extension ConnectionGraph {
    fileprivate func takeChangesOnce() -> GraphChanges {
        var graph = self
        return graph.takeChanges()
    }
}
