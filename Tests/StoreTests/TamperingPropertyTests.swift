import Foundation
import GRDB
import Support
import Testing

@testable import Store

/// One byte, or one bit of a number, of a column of a row of a table that a seed chooses: always found, and in that table.
@Suite("Tampering anywhere")
struct TamperingPropertyTests {
    private struct Place {
        var table: String
        var key: String
        var columns: [String]
    }

    private static let places: [Place] =
        CoveredTable.allCases.filter { !$0.isByMinute && $0 != .sessions }.map {
            Place(table: $0.rawValue, key: "rowid", columns: Array($0.columns.dropFirst()))
        } + [
            Place(table: "edge_minutes", key: "edge * 100000 + minute", columns: minutes),
            Place(table: "container_minutes", key: "container * 100000 + minute", columns: minutes),
            Place(
                table: "custody_links",
                key: "rowid",
                columns: ["time", "place", "last", "rows", "leaves", "digest"]
            ),
        ]
    private static var minutes: [String] { ["source_packets", "source_bytes", "destination_packets", "flows"] }

    @Test(arguments: 1...6) func isFoundWhereverItIs(seed: UInt64) throws {
        let sample = try CustodySample()
        var random = SeededNumbers(seed: seed)
        let last = try Store(reading: sample.path).read {
            try Int64.fetchOne($0, sql: "SELECT min(last) FROM custody_heads WHERE strand LIKE '%minutes'") ?? 0
        }
        let queue = try DatabaseQueue(path: sample.path)
        for _ in 0..<8 {
            let place = Self.places[Int.random(in: 0..<Self.places.count, using: &random)]
            let column = place.columns[Int.random(in: 0..<place.columns.count, using: &random)]
            // Minutes that are under way are not covered yet; an empty value has no byte to change.
            let condition =
                (place.table.hasSuffix("minutes") ? "minute <= \(last)" : "1")
                + " AND \(column) IS NOT NULL AND length(\(column)) > 0"
            let rows = try queue.read {
                try Int64.fetchAll($0, sql: "SELECT \(place.key) FROM \(place.table) WHERE \(condition)")
            }
            guard !rows.isEmpty else { continue }
            let row = rows[Int.random(in: 0..<rows.count, using: &random)]
            let which = "WHERE \(place.key) = \(row)"
            let value = try queue.read {
                try DatabaseValue.fetchOne($0, sql: "SELECT \(column) FROM \(place.table) \(which)")
            }
            guard let old = value, let new = Self.changed(old, &random) else { continue }
            do {
                try queue.write {
                    try $0.execute(sql: "UPDATE \(place.table) SET \(column) = ? \(which)", arguments: [new])
                }
            } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT { continue }
            let answer = try sample.look()
            let table = place.table == "custody_links" ? nil : place.table
            #expect(!answer.isComplete, "\(place.table).\(column) of \(row), seed \(seed)")
            #expect(answer.findings.allSatisfy { table == nil || $0.table == table }, "\(answer.findings)")
            try queue.write {
                try $0.execute(sql: "UPDATE \(place.table) SET \(column) = ? \(which)", arguments: [old])
            }
            #expect(try sample.look().isComplete)
        }
    }

    private static func changed(_ value: DatabaseValue, _ random: inout SeededNumbers) -> DatabaseValue? {
        let flip = UInt8(1) << UInt8.random(in: 0..<7, using: &random)
        switch value.storage {
        case .int64(let number): return (number ^ (1 << Int64.random(in: 0..<62, using: &random))).databaseValue
        case .string(let text):
            var bytes = Array(text.utf8)
            let place = Int.random(in: 0..<bytes.count, using: &random)
            bytes[place] = bytes[place] == 0x61 ? 0x62 : 0x61
            return String(decoding: bytes, as: UTF8.self).databaseValue
        case .blob(let data):
            var bytes = data
            let place = bytes.startIndex + Int.random(in: 0..<bytes.count, using: &random)
            bytes[place] ^= flip
            return bytes.databaseValue
        default: return nil
        }
    }
}
