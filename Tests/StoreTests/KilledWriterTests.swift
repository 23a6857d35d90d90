import Foundation
import GRDB
import Testing

@testable import Store

/// What an agent leaves that is killed in the middle of a transaction: no finding, whatever else happens to the log afterwards.
@Suite("An agent that was killed")
struct KilledWriterTests {
    /// The files as they are at this moment, which is what a process that ends now leaves.
    private static func copy(_ path: String) throws -> StoreFolder {
        let folder = try StoreFolder()
        for end in ["", "-wal"] {
            try Data(contentsOf: URL(fileURLWithPath: path + end)).write(to: URL(fileURLWithPath: folder.path + end))
        }
        return folder
    }

    private struct Killed: Error {}

    /// Begins a transaction that goes beyond SQLite's memory of pages, and is killed after so many pages of it, or so.
    private static func kill(_ path: String, after pages: Int) throws -> StoreFolder {
        var left: StoreFolder?
        let queue = try DatabaseQueue(path: path)
        try queue.writeWithoutTransaction { database in
            // SQLite keeps ten pages, and writes the others to the log at once; and takes the log over by no means.
            try database.execute(sql: "PRAGMA cache_size = 10; PRAGMA cache_spill = 10; PRAGMA wal_autocheckpoint = 0")
            try? database.inTransaction { () throws -> Database.TransactionCompletion in
                try database.execute(
                    sql: """
                        INSERT INTO inventories WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
                        SELECT 1000000 + i, 1 FROM n
                        """,
                    arguments: [pages * 500]
                )
                left = try copy(path)
                throw Killed()
            }
        }
        return try #require(left)
    }

    /// A log with committed transactions.
    private static func begun() throws -> StoreFolder {
        let sample = try CustodySample()
        let (store, writer) = try sample.files.open(at: 2000)
        defer { withExtendedLifetime((store, writer)) {} }
        try store.pool.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
        try CustodySample.write(2040, writer)
        return try withExtendedLifetime(sample) { try copy(sample.path) }
    }

    /// Killed once with much in the log, and then with less: frames of the first lie behind those of the second, with the same salts.
    @Test(arguments: [[60], [60, 30], [60, 30, 12], [30, 60, 30]])
    func leavesNoFinding(pages: [Int]) throws {
        var folder = try Self.begun()
        for count in pages {
            let before = folder
            folder = try Self.kill(before.path, after: count)
            let copy = try Self.copy(folder.path)
            let answer = try Store(reading: copy.path).custody()
            withExtendedLifetime((before, copy)) {}
            #expect(answer.findings.isEmpty, "\(count) of \(pages): \(answer.findings)")
        }
        // And the next one goes on.
        let (store, writer) = try folder.open(at: 3000)
        try CustodySample.write(3040, writer)
        #expect(try store.custody().findings.isEmpty)
        let copy = try Self.copy(folder.path)
        #expect(try Store(reading: copy.path).custody().findings.isEmpty)
        withExtendedLifetime((store, folder, copy)) {}
    }
}
