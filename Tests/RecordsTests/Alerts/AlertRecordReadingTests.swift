import Addressing
import Flows
import Testing

@testable import Records

@Suite("Alerts from JSON")
struct AlertRecordReadingTests {
    private static func read(_ text: String) throws -> AlertRecord? {
        let bytes = Array(text.utf8)
        return try AlertRecord(reading: bytes.span)
    }

    /// The line of an alert, with something in it replaced.
    private static func line(_ part: String = "", by other: String = "") -> String {
        String(decoding: SampleAlert.record().line, as: UTF8.self).replacing(part, with: other, maxReplacements: 1)
    }

    @Test func areThoseThatWereWritten() throws {
        let record = SampleAlert.record()
        #expect(try AlertRecord(reading: record.line.span) == record)
        var bare = record
        bare.technique = ""
        bare.isOfMany = true
        bare.destination = nil
        bare.source = AlertRecord.End(.v4(IPv4Address(bits: 1)))
        bare.evidence = []
        bare.message = ""
        bare.loss = 0
        #expect(try AlertRecord(reading: bare.line.span) == bare)
    }

    /// What fuzzing found: ends of which nothing is said that would be written.
    @Test(arguments: [
        #""destination":{"iq":"fd00::1"}"#, #""destination":{}"#,
        #""destination":{"identity":{"kind":"unknown","confidence":"certain"}}"#,
    ])
    func anEndOfWhichNothingIsSaidIsNone(end: String) throws {
        let text = """
            {"@timestamp":"2024-01-01T00:00:00Z","event":{"kind":"alert","severity":70,"start":"2024-01-01T00:00:00Z",\
            "end":"2024-01-01T00:00:01Z"},"rule":{"id":"a.b","name":"n","category":"a"},"source":{"ip":"10.0.0.1"},\
            "message":"m","portolan":{"count":1},\(end)}
            """
        let record = try #require(try Self.read(text))
        #expect(record.destination == nil)
        #expect(try AlertRecord(reading: record.line.span) == record)
    }

    @Test func areWrittenAlikeByAllThatWrite() {
        let record = SampleAlert.record()
        let writer = JSONRecordWriter()
        writer.write(record)
        #expect(writer.bytes == record.line)
        #expect(record.line.last == 0x0a && record.line.count { $0 == 0x0a } == 1)
        // What comes from outside does nothing to a terminal.
        #expect(!record.line.contains(0x1b))
    }

    @Test func areKeptWhenTheirRuleIsNotKnownHere() throws {
        let read = try #require(try Self.read(Self.line("scan.vertical", by: "worm.morris")))
        #expect(read.rule == "worm.morris" && read.category == "scan")
        #expect(!AlertRecord.rules.contains(read.rule))
        #expect(AlertRecord.rules.contains("scan.vertical"))
    }

    @Test(arguments: [
        (0, "0.000000"), (1, "1.000000"), (0.0123456789, "0.012346"), (1e-9, "0.000000"), (0.5, "0.500000"),
    ])
    func sayWhatWasLostMeanwhile(loss: Double, text: String) throws {
        var record = SampleAlert.record()
        record.loss = loss
        let line = String(decoding: record.line, as: UTF8.self)
        #expect(line.contains(#""capture":{"loss_known":true,"loss_ratio":\#(text)}"#))
        #expect(try Self.read(line) == record)
    }

    @Test func tellEveryShareThatIsToldAgain() throws {
        var record = SampleAlert.record()
        for millionths in stride(from: 0, through: 1_000_000, by: 997) {
            record.loss = Double(millionths) / 1_000_000
            let read = try AlertRecord(reading: record.line.span)
            guard read?.loss == record.loss, read?.line == record.line else {
                Issue.record("\(millionths)")
                break
            }
        }
    }

    @Test func knowNoShareThatIsNone() throws {
        var record = SampleAlert.record()
        for loss in [-0.1, 1.1, .nan, .infinity] {
            record.loss = loss
            #expect(record.loss == nil)
        }
        // That it is not known is said.
        let unknown = "\"capture\":{\"loss_known\":false}"
        #expect(Self.line().contains(unknown))
        for text in ["1.5", "2", "-1", "\"0\"", "1e999"] {
            let line = Self.line(unknown, by: "\"capture\":{\"loss_ratio\":\(text)}")
            #expect(throws: JournalError.Reason.wrong("capture.loss_ratio")) { try Self.read(line) }
        }
    }

    /// As of a container's image: no address is in question, and none is told.
    @Test func tellNoAddressWhereThereIsNone() throws {
        var record = SampleAlert.record()
        record.source.address = .v4(IPv4Address(bits: 0))
        #expect(!String(decoding: record.line, as: UTF8.self).contains("0.0.0.0"))
        #expect(try AlertRecord(reading: record.line.span) == record)
    }

    @Test func haveNoMoreEvidenceThanIsEverWritten() throws {
        var record = SampleAlert.record()
        record.evidence = (0..<100).map { FlowIdentifier(bits: $0) }
        #expect(try AlertRecord(reading: record.line.span)?.evidence.map(\.bits) == Array(84..<100))
    }

    @Test(arguments: [
        "{}", #"{"event":{}}"#, #"{"event":{"kind":"event","action":"flow_ended"}}"#, #"{"error":{"message":"m"}}"#,
        #"{"event":"alert"}"#,
    ]) func areNotMadeOfOtherRecords(line: String) throws {
        #expect(try Self.read(line) == nil)
    }

    @Test(arguments: [
        ("\"severity\":70", "\"severity\":101"), ("\"severity\":70", "\"severity\":-1"),
        ("\"severity\":70", "\"severity\":7e1"), ("\"severity\":70,", ""),
        ("\"count\":15", "\"count\":-1"), ("\"count\":15", "\"count\":18446744073709551616"),
        ("\"id\":\"scan.vertical\"", "\"id\":\"\""), ("\"id\":\"scan.vertical\"", "\"id\":7"),
        ("10.77.0.1", "10.77.0.256"), ("\"ip\":\"10.77.0.2\"", "\"ip\":\"\""),
        ("\"kind\":\"container\"", "\"kind\":\"ghost\""),
        ("0123456789abcdef", "0123456789abcdeg"), ("1970-01-01T00:00:02.500000001Z", "1970-02-30T00:00:00Z"),
        ("\"generation\":2", "\"generation\":4294967296"), ("\"message\":", "\"message\":7,\"other\":"),
    ]) func areRefusedWhenSomethingCannotBe(part: String, other: String) throws {
        #expect(Self.line().contains(part))
        #expect(throws: JournalError.Reason.self) { try Self.read(Self.line(part, by: other)) }
    }

    /// Whatever is sent, it is read, passed over or refused.
    @Test func standWhateverIsSent() {
        var numbers = SeededNumbers(seed: 1)
        var (read, refused) = (0, 0)
        for _ in 0..<20_000 {
            let bytes = Mutation.of(SampleAlert.record().line, &numbers)
            do {
                guard let record = try AlertRecord(reading: bytes.span) else { continue }
                read += 1
                // What was read is written so that it is read again as the same.
                let again = try AlertRecord(reading: record.line.span)
                #expect(again?.line == record.line)
            } catch {
                refused += 1
            }
        }
        #expect(read > 100 && refused > 1000)
    }
}
