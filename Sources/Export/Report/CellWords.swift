import Addressing
import Evidence
import Records

/// A cell of a report for people. Harmless.
enum CellWords {
    static func text(_ cell: ReportCell) -> String {
        switch cell {
        case .text(let text): HarmlessText.text(text)
        case .count(let count): GroupedDigits.text(count)
        case .number(let number): String(number)
        case .bytes(let bytes): BinaryUnits.text(bytes)
        case .share(let share): percent(share)
        case .time(let nanoseconds): Timestamp(nanoseconds: nanoseconds).secondText
        case .unknown: "unknown"
        case .absent: ""
        }
    }

    /// Nothing is rounded to nothing.
    private static func percent(_ share: Double) -> String {
        let hundredths = (share * 10_000).rounded()
        if hundredths == 0, share > 0 { return "< 0.01 %" }
        return "\(NumberText.text(hundredths / 100)) %"
    }
}

extension Report {
    /// The period, for people.
    var periodText: String { "\(span.since.secondText) to \(span.until.secondText)" }

    /// The host and where it is from, harmless.
    var originText: String {
        let source = "from " + HarmlessText.text(source.words)
        return hostName.map { HarmlessText.text($0) + ", " + source } ?? source
    }

    /// Headings, from 1.
    static func title(_ section: ReportSection, _ number: Int) -> String { "\(number)  \(section.topic.title)" }

    static func paragraphs(_ section: ReportSection) -> String {
        "NIST SP 800-190: " + section.topic.paragraphs.joined(separator: ", ")
    }
}
