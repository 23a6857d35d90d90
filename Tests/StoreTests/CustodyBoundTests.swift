import Custody
import GRDB
import Testing

@testable import Store

/// What a look at the chains holds in memory.
@Suite("Bounds of a look at the chains")
struct CustodyBoundTests {
    /// Spans in any order, which a case at a time leaves.
    @Test func forgottenRowsAreRememberedInAnyOrder() {
        var rows = ForgottenRows()
        for number in Int64(0)..<1000 { rows.add(RowSpans([(number * 7919) % 1000 * 2])) }
        rows.settle()
        #expect(rows.contains(0) && rows.contains(1998) && !rows.contains(7))
        #expect(!rows.isBeyond)
    }

    @Test func moreThanThereIsRoomForAreNotRemembered() {
        var rows = ForgottenRows(limit: 1000)
        rows.add(RowSpans(joining: (1...1000).map { $0 * 2...$0 * 2 }))
        rows.settle()
        #expect(!rows.isBeyond && rows.contains(2))
        rows.add(RowSpans([2002]))
        rows.settle()
        #expect(rows.isBeyond && !rows.contains(2))
    }

    /// However few rows are held at a time, each added one is found, once.
    @Test(arguments: [1, 3, 1 << 20]) func addedMinutesAreFoundPieceByPiece(limit: Int) throws {
        let sample = try CustodySample()
        let added: [(Int64, Int64)] = [(77, 120), (78, 120), (77, 300), (1, 330)]
        let queue = try DatabaseQueue(path: sample.path)
        try queue.write { database in
            for (edge, minute) in added {
                try database.execute(
                    sql: "INSERT INTO edge_minutes VALUES (?, ?, 1, 1, 1, 1, 1, 1)",
                    arguments: [edge, minute]
                )
            }
            var answer = CustodyAnswer()
            try AddedMinutes(database, table: .edgeMinutes, from: .min, to: 420).find(&answer, limit: limit)
            #expect(
                answer.findings
                    == added.map { CustodyFinding(.added, "edge_minutes", .minute($0.1, row: $0.0)) }
            )
        }
    }
}
