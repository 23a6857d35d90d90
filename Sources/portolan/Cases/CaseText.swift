import Addressing
import Containers
import Evidence
import Monitor
import Records

/// A case, for people.
struct CaseText {
    private let told: ToldCase
    private let record: CaseRecord
    private let source: CaseSource
    private let style: TextStyle

    init(_ told: ToldCase, _ record: CaseRecord, _ source: CaseSource, _ style: TextStyle) {
        self.told = told
        self.record = record
        self.source = source
        self.style = style
    }

    /// Rows of a list that are shown.
    private static var rowLimit: Int { 20 }

    func lines(width: Int) -> [String] {
        var lines = [style.heading("case \(record.number): \(Printable.text(record.container.label))"), ""]
        lines += who
        lines += ["", style.heading("talked with \(peerCount)")] + peers(width)
        lines += ["", style.heading("\(Quantity.count(record.alerts)) alerts it is kept for")] + alerts
        lines += ["", style.heading(told.blocks.isEmpty ? "nothing was blocked" : "blocks")] + blocks
        lines += ["", style.heading("more")] + commands.flatMap { $0.lines(width: width) }.map { "  " + $0 }
        return lines
    }

    private var who: [String] {
        let container = record.container
        var facts: [(String, String)] = [("container", container.key.identifier)]
        if let image = container.description.image { facts.append(("image", image)) }
        facts.append(("addresses", addresses))
        facts.append(("kept from", record.from.secondText))
        facts.append(("opened", record.opened.secondText))
        facts.append(("ended", record.ended?.secondText ?? "it runs"))
        if let released = record.released {
            facts.append(("let go", "\(released.secondText) by \(record.releasedBy ?? "somebody")"))
        }
        facts.append(("past its time", past))
        facts.append(("packets", packets))
        return facts.map { name, value in
            "  " + name + String(repeating: " ", count: max(1, 15 - name.count)) + Printable.text(value)
        }
    }

    private var addresses: String {
        record.addresses.isEmpty ? "not known" : record.addresses.map { "\($0)" }.joined(separator: " ")
    }

    private var past: String {
        let kept = record.kept
        var text =
            "\(Quantity.count(kept.rows)) rows are kept, \(Quantity.count(kept.flows)) of them flows, \(Quantity.bytes(kept.bytes))"
        if kept.missing > 0 {
            text += "; there was no room for \(Quantity.count(kept.missing)) rows"
            if let since = kept.missingSince { text += " since \(since.secondText)" }
        }
        return text
    }

    private var packets: String {
        guard let packets = record.packets else {
            return source.memory.database == nil ? "no packets were recorded" : "not known without the agent"
        }
        let named = packets.names.count
        let more = named > 0 && named < packets.files ? "; below are the newest \(named)" : ""
        return "\(packets.files) files, \(Quantity.bytes(packets.bytes)) in \(packets.path)\(more)"
    }

    private var peerCount: String {
        guard let seen = record.seen else { return "nobody" }
        let more = seen.isCut ? "more than " : ""
        return "\(more)\(Quantity.count(seen.peers)) services, in \(more)\(Quantity.count(seen.flows)) flows"
    }

    private func peers(_ width: Int) -> [String] {
        guard !told.peers.isEmpty else { return [] }
        var table = ColumnTable([
            .init(title: "WAY"), .init(title: "ADDRESS", least: 12), .init(title: "NAME", least: 8, rank: 3),
            .init(title: "SERVICE"), .init(title: "FLOWS"), .init(title: "BYTES", rank: 2),
            .init(title: "FIRST", rank: 1, isFaint: true), .init(title: "LAST", rank: 0, isFaint: true),
        ])
        for peer in told.peers.prefix(Self.rowLimit) {
            table.add([
                [peer.direction.rawValue], ["\(peer.address)"], [Printable.text(peer.name ?? "")],
                [Self.service(peer)], [Quantity.count(peer.flows)], [Quantity.bytes(peer.bytes)],
                [peer.first.secondText], [peer.last.secondText],
            ])
        }
        return table.lines(style, width: width - 2).map { "  " + $0 } + more(than: told.peers.count)
    }

    private static func service(_ peer: CasePeer) -> String {
        let word = TransportKeyword.of(peer.protocolNumber) ?? "\(peer.protocolNumber)"
        return [6, 17, 132, 136].contains(peer.protocolNumber) ? "\(word) \(peer.port)" : word
    }

    private var alerts: [String] {
        let line = AlertLine(style: style)
        return told.alerts.prefix(Self.rowLimit).map { "  " + String(line.text($0).dropLast()) }
            + more(than: told.alerts.count)
    }

    private var blocks: [String] {
        told.blocks.prefix(Self.rowLimit).map { "  \($0.time.secondText)  \(BlockLine.text($0))" }
            + more(than: told.blocks.count)
    }

    private func more(than count: Int) -> [String] {
        count > Self.rowLimit ? ["  and \(count - Self.rowLimit) more: -o json"] : []
    }

    /// Commands that show more of it.
    private var commands: [ShellCommand] {
        let who = ["--container", record.folder]
        var span = ["--since", record.from.secondText]
        if let ended = record.ended {
            let (sum, isOver) = ended.nanoseconds.addingReportingOverflow(60_000_000_000)
            let end = Timestamp(nanoseconds: isOver ? .max : sum)
            span += ["--until", end.secondText]
        }
        let place =
            source.memory.database.map { ["--database", $0] } ?? source.agent.socket.map { ["--socket", $0] } ?? []
        var commands = [
            ShellCommand(["portolan", "observe"] + place + who + span),
            ShellCommand(["portolan", "report"] + place + span),
        ]
        if let packets = record.packets {
            // What several runs of the agent have written is read one by one.
            for files in RecordingParts.apart(packets.names.map { "\(packets.path)/\($0)" }) {
                commands.append(ShellCommand(["portolan", "replay"] + files.flatMap { ["-r", $0] }))
            }
        }
        return commands
    }
}
