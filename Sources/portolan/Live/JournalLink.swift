import Custody
import Records

/// A link of the chain over a journal's lines, as a line among them. Readers of journals pass it over.
struct JournalLink {
    var number: Int64
    /// Lines since the link before.
    var lines: UInt64
    var digest: DigestValue
    /// Whether it is the last: the journal ended in order.
    var isLast: Bool

    func write(_ json: inout JSONBuffer) {
        json.beginLine()
        let event = json.beginObject("event")
        json.pair("kind", "state")
        json.pair("action", isLast ? "custody_end" : "custody_link")
        json.end(event)
        let ours = json.beginObject("portolan")
        let custody = json.beginObject("custody")
        json.pair("number", number)
        json.pair("lines", lines)
        json.pair("digest", "\(digest)")
        json.end(custody)
        json.end(ours)
        json.endLine()
    }

    /// Nil when a line is none.
    init?(_ line: Span<UInt8>) {
        guard let root = try? JSONReader.read(line), case .object(let fields) = root,
            case .object(let event) = fields["event"], case .string(let action) = event["action"],
            action == "custody_link" || action == "custody_end",
            case .object(let ours) = fields["portolan"], case .object(let custody) = ours["custody"],
            case .integer(let number) = custody["number"], case .integer(let lines) = custody["lines"],
            case .string(let text) = custody["digest"], let digest = DigestValue(hexadecimal: text),
            let number = Int64(exactly: number), let lines = UInt64(exactly: lines)
        else { return nil }
        (self.number, self.lines, self.digest, isLast) = (number, lines, digest, action == "custody_end")
    }

    init(_ link: (number: Int64, lines: UInt64, digest: DigestValue), isLast: Bool) {
        (number, lines, digest) = link
        self.isLast = isLast
    }
}
