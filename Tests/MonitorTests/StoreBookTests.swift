import Addressing
import Flows
import Foundation
import Records
import Store
import Testing

@testable import Monitor

/// What the thread that keeps the database does, second by second.
@Suite("The agent's memory")
struct StoreBookTests {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("book-\(UUID().uuidString)")
    private var path: String { folder.appendingPathComponent("portolan.db").path }

    private static func time(_ second: Int64) -> Timestamp { Timestamp(nanoseconds: second * 1_000_000_000) }

    private static func batch(_ count: Int, last: Int64) -> StoreBatch {
        let end = FlowTranslation.End(address: .v4(IPv4Address(bits: 0x0a00_0001)), port: 80)
        let record = FlowRecord(
            action: .ended,
            identifier: FlowIdentifier(bits: 7),
            first: time(last),
            last: time(last),
            source: FlowRecord.End(end, packets: 1, bytes: 100),
            destination: FlowRecord.End(end, packets: 1, bytes: 100),
            protocolNumber: 6
        )
        var batch = StoreBatch()
        batch.ended = Array(repeating: record, count: count)
        return batch
    }

    private func book(_ remarks: Inbox<String>) throws -> StoreBook {
        let book = StoreBook(path: path, version: "test", remarks: remarks, cases: try Inbox(limit: 16))
        try book.open(at: Self.time(100))
        return book
    }

    private func work(_ book: StoreBook, at second: Int64, flowsFor age: Int64 = 1 << 20) {
        var retention = RetentionRules()
        retention.flows.age = age
        book.work(retention, at: Self.time(second), elapsed: second * 1_000_000_000)
    }

    @Test func whatCannotEvenWaitIsAGapWithItsNumber() throws {
        let remarks = try Inbox<String>(limit: 16)
        let book = try book(remarks)
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(book.health.fault != nil)
        book.add(Self.batch(1000, last: 101))
        book.add(Self.batch(131_072, last: 102))
        work(book, at: 105)
        #expect(book.health.lost == 132_072)
        book.add(Self.batch(5, last: 106))
        // Nobody repairs it at once, and it is said once.
        work(book, at: 108)
        #expect(book.health.waiting == 5)
        #expect(remarks.take().count == 1)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        work(book, at: 111)
        #expect(book.health.fault == nil && book.health.waiting == 0)
        #expect(remarks.take().count { $0.contains("132072 records are missing") } == 1)
        let store = try #require(book.store)
        let gap = try #require(try store.gaps().first)
        #expect(gap.reason == .store && gap.records == 132_072 && gap.since == Self.time(100))
        #expect(try store.flows(FlowQuery()).records.count == 5)
    }

    private static func alert(_ number: UInt32, at second: Int64) -> AlertRecord {
        AlertRecord(
            rule: "scan.vertical",
            name: "Ports of one host tried",
            category: "scan",
            severity: 70,
            time: time(second),
            source: AlertRecord.End(.v4(IPv4Address(bits: number))),
            message: "somebody tries ports"
        )
    }

    @Test func whatWasFoundIsKeptWhenNothingElseHasRoom() throws {
        let book = try book(try Inbox(limit: 16))
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(book.health.fault != nil)
        var batch = Self.batch(10, last: 101)
        batch.alerts = [Self.alert(1, at: 101)]
        batch.gaps = Array(repeating: StoredGap(time: Self.time(101), reason: .shed), count: 131_072)
        book.add(batch)
        #expect(book.health.lost == 131_082)
        // Of too many alerts the newest.
        batch = StoreBatch()
        batch.alerts = (2...140_000).map { Self.alert($0, at: 102) }
        book.add(batch)
        #expect(book.health.lost == 131_082 + 140_000 - 8192)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        work(book, at: 111)
        let store = try #require(book.store)
        let kept = try store.alerts(AlertQuery(), limit: 10_000).records
        #expect(kept.count == 8192 && kept.last == Self.alert(140_000, at: 102))
        #expect(book.health.written == 8192)
    }

    @Test func whatIsTooOldIsForgotten() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let book = try book(try Inbox(limit: 16))
        book.add(Self.batch(10, last: 101))
        work(book, at: 102)
        let store = try #require(book.store)
        #expect(try store.flows(FlowQuery()).records.count == 10)
        book.add(Self.batch(3, last: 190))
        work(book, at: 200, flowsFor: 60)
        #expect(try store.flows(FlowQuery()).records.count == 3)
    }

    @Test func silenceIsWrittenDownEverySecond() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let book = try book(try Inbox(limit: 16))
        for second in Int64(101)...110 { work(book, at: second) }
        #expect(book.health.last == Self.time(110))
        // The session was heard of then: nothing is missing up to it.
        let store = try #require(book.store)
        #expect(try StoreWriter(store).resume(Self.time(100), written: Self.time(110)))
        #expect(try store.gaps().isEmpty)
    }
}
