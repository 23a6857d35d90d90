import Addressing
import Foundation
import Pipeline
import Records
import Store
import Testing

@testable import Monitor

/// What is found, on its way to the database and to those that follow.
@Suite("Alerts at the tap")
struct RecordTapTests {
    private static func alert(_ number: UInt32) -> AlertRecord {
        AlertRecord(
            rule: "scan.vertical",
            name: "Ports of one host tried",
            category: "scan",
            severity: 70,
            time: Clock.now,
            source: AlertRecord.End(.v4(IPv4Address(bits: number))),
            message: "somebody tries ports"
        )
    }

    private static func tap(isKeeping: Bool, _ follow: @escaping RecordTap.AlertFollower) -> RecordTap {
        RecordTap(
            isKeeping: isKeeping,
            graph: GraphSink(hearsStarts: true),
            isFollowed: { false },
            follow: { _ in Issue.record("no flow was told") },
            followAlerts: follow
        )
    }

    @Test func areKeptAndHandedOn() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("tap-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("portolan.db").path
        let keeper = try StoreKeeper(path: path, retention: RetentionRules(), version: "test")
        var heard: [AlertRecord] = []
        let tap = Self.tap(isKeeping: true) { heard += $0 }
        // What is found before there is anybody who keeps it waits for him.
        let alerts = (1...3).map(Self.alert)
        tap.tell(alerts[0])
        tap.flush()
        tap.keeper = keeper
        tap.tell(alerts[1])
        tap.tell(alerts[2])
        _ = tap.flushGraph()
        #expect(heard == alerts)
        #expect(keeper.finish())
        #expect(try Store(reading: path).alerts(AlertQuery()).records == alerts)
    }

    @Test func areHandedOnWhereNothingIsKept() {
        var portions: [Int] = []
        let tap = Self.tap(isKeeping: false) { portions.append($0.count) }
        for number in 0..<1500 { tap.tell(Self.alert(UInt32(number))) }
        _ = tap.flushGraph()
        _ = tap.flushGraph()
        #expect(portions == [1024, 476])
    }
}
