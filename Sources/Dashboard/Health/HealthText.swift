import Addressing
import Containers
import Graph
import Layout
import Terminal

/// The lines of the health view: what it is about, how it is, and at the right whether that is well.
struct HealthText {
    let snapshot: Snapshot
    let zone: Int
    var health: SnapshotHealth { snapshot.health }

    init(_ snapshot: Snapshot, zone: Int) {
        self.snapshot = snapshot
        self.zone = zone
    }

    /// Whether it is well, in one word.
    enum Verdict {
        case well, unwell, unknown
        /// Nothing to judge.
        case none

        var piece: (String, Role) {
            switch self {
            case .well: ("ok", .new)
            case .unwell: ("!", .crossing)
            case .unknown: ("?", .warning)
            case .none: ("", .plain)
            }
        }
    }

    struct Fact {
        var name: String
        /// What is to be said, one after the other.
        var words: [String]
        var verdict = Verdict.none

        init(_ name: String, _ words: [String], _ verdict: Verdict = .none) {
            self.name = name
            self.words = words
            self.verdict = verdict
        }
    }

    func lines(_ figures: LayoutFigures?, _ milliseconds: Double?, width: Int, _ glyphs: GlyphSet) -> [TextLine] {
        var facts = capture + [identity] + remarks + store
        facts += process
        facts += blindSpots
        facts.append(chart(figures, milliseconds))
        var lines = facts.flatMap { Self.lines($0, width: width) }
        if !health.tables.isEmpty {
            lines.append(TextLine(""))
            lines.append(TextLine(" tables", .heading))
            lines += tables(width: width, glyphs)
        }
        return lines
    }

    private static let indent = 11

    private static func lines(_ fact: Fact, width: Int) -> [TextLine] {
        let room = max(width - indent - 4, 8)
        let texts = Wrapping.lines(of: fact.words, width: room)
        return texts.enumerated().map { index, text in
            let name = index == 0 ? " " + fact.name : ""
            let before = String(repeating: " ", count: max(indent - name.count, 1))
            var line: [(text: String, role: Role)] = [(name, .heading), (before, .plain), (text, .plain)]
            if index == 0, fact.verdict != .none {
                let (word, role) = fact.verdict.piece
                let space = max(width - indent - DisplayWidth().of(text) - 3, 1)
                line += [(String(repeating: " ", count: space), .plain), (word, role)]
            }
            return TextLine(line)
        }
    }

    private var capture: [Fact] {
        var words = [health.interfaces.isEmpty ? originWord : health.interfaces.joined(separator: ", ")]
        words.append(health.packets.map { "\(AmountText.count($0)) packets" } ?? "packets \(AmountText.unknown)")
        if let bytes = health.bytes { words.append(AmountText.bytes(bytes)) }
        if let rate = packetRate { words.append("\(RateText.text(rate)) pkt/s on average") }
        words.append("loss \(AmountText.share(health.loss))")
        let verdict: Verdict = health.loss.map { $0 > 0 ? .unwell : .well } ?? .unknown
        var facts = [Fact("capture", words, verdict)]
        let kernel = [
            "dropped \(AmountText.count(health.dropped))",
            "by interfaces \(AmountText.count(health.droppedByInterface))",
            "not yet read \(AmountText.count(health.unread))",
        ]
        facts.append(Fact("kernel", kernel, health.dropped.map { $0 > 0 ? .unwell : .well } ?? .unknown))
        let broken = [
            "cut off \(AmountText.count(health.truncated))",
            "contradicting themselves \(AmountText.count(health.malformed))",
        ]
        facts.append(Fact("frames", broken))
        let kept = "\(AmountText.count(UInt64(snapshot.flows.count))) in the table"
        facts.append(Fact("flows", [AmountText.count(health.flows), kept]))
        facts += health.leftOut.map { Fact("left out", [$0], .unwell) }
        return facts
    }

    private var originWord: String {
        switch snapshot.origin {
        case .files(let names): names.joined(separator: ", ")
        case .host(_, let interfaces): interfaces.isEmpty ? "all interfaces" : interfaces.joined(separator: ", ")
        case .agent(_, let socket): "the agent at \(socket)"
        case .database(let path): path
        }
    }

    /// Since it began; nil where one of both is not known.
    private var packetRate: Double? {
        guard let packets = health.packets, let started = health.started, let time = snapshot.time else { return nil }
        let (span, isOver) = time.nanoseconds.subtractingReportingOverflow(started.nanoseconds)
        return isOver || span < 1_000_000_000 ? nil : Double(packets) / (Double(span) / 1e9)
    }
}
