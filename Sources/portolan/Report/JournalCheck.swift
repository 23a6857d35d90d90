import Addressing
import Custody
import Records
import Store

/// Looks whether the lines of a journal are as they were written.
struct JournalCheck {
    struct Finding {
        var kind: CustodyFinding.Kind
        var lines: ClosedRange<Int>
        /// When the first of them was written, as it says.
        var time: Timestamp?
    }

    struct Answer {
        var findings: [Finding] = []
        var covered: UInt64 = 0
        /// Lines behind the last link.
        var uncovered: UInt64 = 0
        /// Whether the last link says that it is the last.
        var isEnded = false
    }

    private var answer = Answer()
    private var chain = LineChain()
    private var hasLink = false
    /// The line that is looked at, from 1 on, and the first that no link covers yet.
    private var line = 0
    private var first = 1
    private var time: Timestamp?
    /// Lines since the last link that nobody wrote like that.
    private var strange: [Int] = []

    /// Findings that are told.
    private static var limit: Int { 100 }

    static func look(at path: String) throws -> Answer {
        var check = JournalCheck()
        try FileLines.read(path, limit: JournalReader.lineLimit) { check.take($0) }
        guard check.hasLink else {
            throw FileFault(path, "it has no chain of digests: no journal, or one that an older version wrote")
        }
        check.end()
        return check.answer
    }

    private mutating func take(_ bytes: Span<UInt8>) {
        line += 1
        let text = bytes.extracting(0..<(max(1, bytes.count) - 1))
        if let link = JournalLink(text) {
            // What it says is in no digest but by its numbers: its bytes must be those that they make.
            var json = JSONBuffer()
            link.write(&json)
            if !Self.isSame(bytes, json.bytes) { find(.altered, line...line) }
            return take(link)
        }
        if first == line { time = Self.time(text) }
        // The last may be half a line, when the agent was killed.
        let isWhole = bytes[bytes.count - 1] == UInt8(ascii: "\n")
        if isWhole, !Self.isEntry(bytes), strange.count < Self.limit { strange.append(line) }
        chain.add(bytes, lines: 1)
    }

    private mutating func take(_ link: JournalLink) {
        let lines = chain.lines
        let expected = chain.link()
        if answer.isEnded {
            find(.added, line...line)
        } else if expected.number == link.number, lines == link.lines, expected.digest == link.digest {
            answer.covered += lines
        } else if link.number > expected.number {
            find(.removed, first...line)
        } else {
            find(lines < link.lines ? .removed : lines > link.lines ? .added : .altered, first...max(first, line - 1))
        }
        chain.continueAfter(link.number, link.digest)
        strange = []
        answer.isEnded = answer.isEnded || link.isLast
        hasLink = true
        first = line + 1
        time = nil
    }

    private mutating func end() {
        guard first <= line else { return }
        // Behind the last link of a journal that ended in order nothing may come.
        if answer.isEnded {
            find(.added, first...line)
        } else {
            answer.uncovered = UInt64(line + 1 - first)
            // What no link covers is entries all the same: anything else was one, or a link, before somebody altered it.
            for place in strange { find(.altered, place...place) }
        }
    }

    private mutating func find(_ kind: CustodyFinding.Kind, _ lines: ClosedRange<Int>) {
        guard answer.findings.count < Self.limit else { return }
        answer.findings.append(Finding(kind: kind, lines: lines, time: time))
    }

    private static func isSame(_ line: Span<UInt8>, _ made: [UInt8]) -> Bool {
        guard line.count == made.count else { return false }
        for place in made.indices where line[place] != made[place] { return false }
        return true
    }

    private static func isEntry(_ line: Span<UInt8>) -> Bool {
        var reader = JournalReader()
        var isThere = false
        try? reader.read(line) { _ in isThere = true }
        return isThere
    }

    private static func time(_ line: Span<UInt8>) -> Timestamp? {
        guard let root = try? JSONReader.read(line), case .object(let fields) = root,
            case .string(let text) = fields["@timestamp"]
        else { return nil }
        return Timestamp(text: text)
    }
}
