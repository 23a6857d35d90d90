import Addressing
import Testing

@testable import Detection

@Suite("Loss of an alert's window")
struct LossRecordTests {
    @Test func isUnknownWhereNobodyWatches() {
        let record = LossRecord()
        #expect(record.ratio(from: Stream.time(0), to: Stream.time(60)) == nil)
    }

    @Test func isNoneWhereNothingWasLost() {
        var record = LossRecord()
        record.isWatched = true
        #expect(record.ratio(from: Stream.time(0), to: Stream.time(60)) == 0)
    }

    @Test func countsTheMinutesOfTheWindowAlone() {
        var record = LossRecord()
        record.note(received: 1000, dropped: 500, at: Stream.time(30))
        record.note(received: 1000, dropped: 100, at: Stream.time(130))
        record.note(received: 1000, dropped: 100, at: Stream.time(170))
        #expect(record.ratio(from: Stream.time(120), to: Stream.time(180)) == 0.1)
        #expect(record.ratio(from: Stream.time(0), to: Stream.time(180)) == 700.0 / 3000)
        #expect(record.ratio(from: Stream.time(600), to: Stream.time(700)) == 0)
    }

    @Test func isUnknownWhereNobodyCanSayHowMany() {
        var record = LossRecord()
        record.note(received: 1000, dropped: nil, at: Stream.time(30))
        #expect(record.ratio(from: Stream.time(0), to: Stream.time(10)) == nil)
        #expect(record.ratio(from: Stream.time(60), to: Stream.time(70)) == 0)
    }

    @Test func forgetsTheOldestMinute() {
        var record = LossRecord()
        for minute in 0...LossRecord.limit {
            record.note(received: 10, dropped: 1, at: Stream.time(Double(minute) * 60))
        }
        #expect(record.ratio(from: Stream.time(0), to: Stream.time(10)) == 0)
        #expect(record.ratio(from: Stream.time(60), to: Stream.time(70)) == 0.1)
    }

    @Test func alertsHaveIt() {
        var stream = Stream()
        stream.detectors.lost(50, of: 100, at: Stream.time(1))
        let scanner = Stream.pod("scanner", "10.0.0.2")
        for port in UInt16(1)...40 { stream.attempt(scanner, "10.0.0.9", port, at: Double(port) / 10, .refusal) }
        #expect(stream.alerts.map(\.loss) == [0.5])
    }
}
