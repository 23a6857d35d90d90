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
    ]

    private let file: Data
    private let map: PageMap

    /// Some hundred rows of each table, all of them covered, and pages that were freed.
    init() throws {
        let sample = try CustodySample()
        var (store, writer) = try sample.files.open(at: 1000)
        for second in stride(from: Int64(1020), through: 19_000, by: 60) { try CustodySample.write(second, writer) }
        var rules = RetentionRules()
        rules.journal.age = 9000
        _ = try writer.forget(rules, at: .seconds(19_010))
        try writer.end(at: .seconds(19_020))
        // Minutes that the last agent had not covered the next one does.
        (store, writer) = try sample.files.open(at: 30_000)
        try writer.write([], at: 30_001)
        try writer.end(at: .seconds(30_002))
        try store.pool.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
        let read = try Data(contentsOf: URL(fileURLWithPath: sample.path))
        file = read
        map = try store.read { try PageMap(read, $0) }
        let answer = try store.custody()
        try #require(answer.isComplete, "\(answer.findings)")
        for strand in answer.strands where strand.table != "sessions" {
            #expect(strand.rows > 200 || strand.table == "journal", "\(strand.table): \(strand.rows)")
        }
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
        for page in 0..<map.pages where page % 4 == Int(seed) - 1 {
            let range = (page * map.size)..<((page + 1) * map.size)
            let means = range.filter { map.owners[$0] != nil }
            guard !means.isEmpty else { continue }
            places.append(means[0])
            for _ in 0..<2 { places.append(means[Int.random(in: 0..<means.count, using: &random)]) }
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
        #expect(found > 100 && uncovered < found / 5, "\(found) found, \(uncovered) of what is not covered")
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
