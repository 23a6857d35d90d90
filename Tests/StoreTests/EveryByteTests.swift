import Foundation
import GRDB
import Support
import Testing

@testable import Store

/// One byte of the file altered, wherever it is: `verify` never says `complete`, but where a byte means nothing or what it means is not
/// covered, as Docs/Custody.md has it.
@Suite("One byte of the file")
struct EveryByteTests {
    /// Tables that are not covered, and what SQLite and GRDB keep for themselves.
    private static let uncovered: Set<String> = [
        "open_flows", "endpoints", "edges", "inventories", "marks", "sqlite_sequence", "grdb_migrations",
        // When one that was killed was there last.
        "sessions",
    ]

    private struct Sample: Sendable {
        var file: Data
        var map: PageMap
    }

    private static let made = Result { try sample() }
    private let file: Data
    private let map: PageMap

    init() throws {
        let made = try Self.made.get()
        (file, map) = (made.file, made.map)
    }

    /// Some hundred rows of each table, all of them covered, and pages that were freed.
    private static func sample() throws -> Sample {
        let sample = try CustodySample()
        var (store, writer) = try sample.files.open(at: 1000)
        for second in Swift.stride(from: Int64(1020), through: 13_020, by: 60) {
            try CustodySample.write(second, writer)
        }
        var rules = RetentionRules()
        rules.journal.age = 1200
        _ = try writer.forget(rules, at: .seconds(13_030))
        try writer.end(at: .seconds(13_040))
        // Minutes that the last agent had not covered the next one does.
        (store, writer) = try sample.files.open(at: 30_000)
        try writer.write([], at: 30_001)
        try writer.end(at: .seconds(30_002))
        try store.pool.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
        let file = try Data(contentsOf: URL(fileURLWithPath: sample.path))
        let map = try store.read { try PageMap(file, $0) }
        let answer = try store.custody()
        try #require(answer.isComplete, "\(answer.findings)")
        let few = answer.strands.filter { $0.table.hasPrefix("case") || ["sessions", "journal"].contains($0.table) }
        for strand in answer.strands where !few.contains(where: { $0.table == strand.table }) {
            #expect(strand.rows > 200, "\(strand.table): \(strand.rows)")
        }
        return Sample(file: file, map: map)
    }

    /// Nil when the file cannot be opened or read, which is said, too.
    private func look(_ place: Int, _ flip: UInt8) throws -> CustodyAnswer? {
        let folder = try StoreFolder()
        var other = file
        other[place] ^= flip
        try other.write(to: URL(fileURLWithPath: folder.path))
        do {
            return try Store(reading: folder.path).custody()
        } catch {
            return nil
        }
    }

    @Test(arguments: UInt64(1)...4) func isFound(seed: UInt64) throws {
        var random = SeededNumbers(seed: seed)
        var (found, uncovered) = (0, 0)
        var places = Array(Swift.stride(from: Int(seed) - 1, to: 100, by: 4))
        for page in 0..<map.pages where page % 8 == Int(seed) - 1 + page / 8 % 2 * 4 {
            let range = (page * map.size)..<((page + 1) * map.size)
            let means = range.filter { map.owners[$0] != nil }
            guard !means.isEmpty else { continue }
            // What stands in front, or anything.
            let most = page % 3 == 0 ? min(12, means.count) : means.count
            places.append(means[Int.random(in: 0..<most, using: &random)])
        }
        for place in places {
            guard let owner = map.owners[place] else { continue }
            let flip = UInt8.random(in: 1...255, using: &random)
            guard try look(place, flip)?.isComplete == true else {
                found += 1
                continue
            }
            uncovered += 1
            #expect(
                Self.uncovered.contains(owner),
                "byte \(place % map.size) of page \(place / map.size + 1), \(owner), ^ \(flip)"
            )
        }
        #expect(found > 25 && uncovered < found / 5, "\(found) found, \(uncovered) of what is not covered")
    }

    /// Bytes that mean nothing are free space of pages, free pages, and counters of the header: nothing else, and each may be
    /// altered without anything being altered.
    @Test func thatMeansNothingIsNoFinding() throws {
        let free = (0..<file.count).filter { map.owners[$0] == nil }
        #expect(free.filter { $0 < 100 }.count == 16)
        var random = SeededNumbers(seed: 9)
        for _ in 0..<10 {
            let place = free[Int.random(in: 0..<free.count, using: &random)]
            #expect(
                try look(place, 0x55)?.isComplete == true,
                "byte \(place % map.size) of page \(place / map.size + 1)"
            )
        }
    }
}
