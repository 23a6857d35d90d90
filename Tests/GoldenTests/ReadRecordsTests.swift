import Flows
import Records
import Testing
import Wire

/// Lines of records read back are the records they were written from, but for what is said not to be read.
@Suite("Records read back")
struct ReadRecordsTests {
    @Test func areWrittenTheSameAgain() throws {
        var count = 0
        for path in CaptureFiles.all {
            let kept = KeptFlows()
            guard (try? ReplayedCapture.read(path, into: kept)) != nil else { continue }
            for var record in kept.records {
                record.details = record.details.flatMap(Self.question)
                // Digits of times are those of the capture, and are not told apart from zeros.
                record.timestampDigits = 9
                let line = Self.line(record)
                let read = try #require(try FlowRecord(reading: line.span), "\(path)")
                #expect(Self.line(read) == line, "\(path)")
                count += 1
            }
        }
        #expect(count > 100)
    }

    /// Of what payloads said DNS alone is read back; nil where that was nothing.
    private static func question(_ details: ApplicationDetails) -> ApplicationDetails? {
        var question = ApplicationDetails()
        question.dnsQuestionName = details.dnsQuestionName
        question.dnsQuestionType = details.dnsQuestionType
        question.dnsResponseCode = details.dnsResponseCode
        return question == ApplicationDetails() ? nil : question
    }

    private static func line(_ record: FlowRecord) -> [UInt8] {
        let writer = JSONRecordWriter(selection: .all)
        writer.write(record)
        return writer.bytes
    }
}
