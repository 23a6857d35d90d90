import Addressing
import Flows
import Records
import Wire

/// A replay's result for people: what was read, who talked to whom, over what, and what nobody could read.
struct TextSummary {
    private let summary: CaptureSummary
    private let tally: TrafficTally
    private let style: TextStyle

    init(_ summary: CaptureSummary, _ tally: TrafficTally, style: TextStyle) {
        self.summary = summary
        self.tally = tally
        self.style = style
    }

    /// The whole text, ending in a line break.
    var text: String {
        let sections = [totals, talkers, protocols, tunnels, connections, undecoded].filter { !$0.isEmpty }
        return sections.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
    }

    private var totals: [String] {
        var line = "\(Quantity.count(summary.frames)) frames, \(Quantity.bytes(summary.bytes))"
        if summary.frames > 1 { line += " in \(Quantity.span(summary.elapsed))" }
        var lines = [style.heading(line)]
        if let filtered = summary.filtered, filtered > 0 {
            lines.append("  \(Quantity.count(filtered)) more did not match the filter")
        }
        lines.append(
            "  \(Quantity.count(summary.flows)) flows with \(Quantity.count(summary.packets)) packets, "
                + "\(Quantity.bytes(summary.ipBytes)) of IP"
        )
        if tally.sightings > 0 {
            lines.append("  \(Quantity.count(tally.sightings)) sightings besides: ARP, neighbour discovery, DHCP, ICMP errors")
        }
        if let dropped = summary.dropped, dropped > 0 {
            lines.append(style.warning("  \(Quantity.count(dropped)) packets were dropped while capturing"))
        }
        if let dropped = summary.interfaceDropped, dropped > 0 {
            lines.append(style.warning("  \(Quantity.count(dropped)) packets were dropped by interfaces"))
        }
        return lines
    }

    private var talkers: [String] {
        let top = tally.talkers.top(10)
        guard !top.isEmpty else { return [] }
        var table = TextTable(rightAligned: [4, 5, 6])
        for talker in top {
            table.add([
                end(talker.source, talker.names.source),
                "→",
                end(talker.destination, talker.names.destination),
                service(talker),
                "\(Quantity.count(talker.flows)) \(talker.flows == 1 ? "flow" : "flows")",
                "\(Quantity.count(talker.packets)) packets",
                Quantity.bytes(talker.bytes),
            ])
        }
        let pairs = tally.talkers.talkers.count
        let more = pairs > top.count ? " (\(top.count) of \(Quantity.count(UInt64(pairs))) pairs)" : ""
        var lines = [style.heading("Who talked to whom") + style.faint(more)] + table.lines
        if tally.talkers.rest.flows > 0 {
            lines.append(
                style.faint(
                    "  and \(Quantity.count(tally.talkers.rest.flows)) flows between further pairs, not kept apart"
                )
            )
        }
        return lines
    }

    private func end(_ address: IPAddress, _ name: String?) -> String {
        guard let name else { return "\(address)" }
        return "\(Printable.text(String(name.prefix(40)))) (\(address))"
    }

    private func service(_ talker: TalkerTable.Talker) -> String {
        let transport = TransportKeyword.of(talker.protocolNumber) ?? "protocol \(talker.protocolNumber)"
        if talker.hasManyPorts { return "several ports" }
        return talker.port.map { "\($0)/\(transport)" } ?? transport
    }

    private var protocols: [String] {
        var table = TextTable(rightAligned: [1, 2, 3, 4])
        let numbers = tally.protocols.indices.filter { tally.protocols[$0].flows > 0 }
            .sorted { left, right in
                let (a, b) = (tally.protocols[left], tally.protocols[right])
                return a.bytes != b.bytes ? a.bytes > b.bytes : left < right
            }
        guard !numbers.isEmpty else { return [] }
        for number in numbers {
            let keyword = TransportKeyword.of(UInt8(number)) ?? "protocol \(number)"
            table.add(row(keyword, tally.protocols[number]))
        }
        let known = ApplicationProtocol.allCases
            .filter { $0 != .unknown && tally.applications[Int($0.rawValue)].flows > 0 }
            .sorted { left, right in
                let (a, b) = (tally.applications[Int(left.rawValue)], tally.applications[Int(right.rawValue)])
                return a.bytes != b.bytes ? a.bytes > b.bytes : left.rawValue < right.rawValue
            }
        for application in known {
            table.add(row("  \(application)", tally.applications[Int(application.rawValue)]))
        }
        return [style.heading("Protocols")] + table.lines
    }

    private func row(_ name: String, _ sum: TrafficTally.Sum) -> [String] {
        [
            name,
            "\(Quantity.count(sum.flows)) \(sum.flows == 1 ? "flow" : "flows")",
            "\(Quantity.count(sum.packets)) packets",
            Quantity.bytes(sum.bytes),
            Quantity.share(sum.bytes, of: summary.ipBytes),
        ]
    }

    private var tunnels: [String] {
        guard !tally.tunnels.isEmpty else { return [] }
        var table = TextTable(rightAligned: [1, 2, 3, 4])
        let order = tally.tunnels.sorted { left, right in
            left.value.packets != right.value.packets
                ? left.value.packets > right.value.packets : left.key.bits < right.key.bits
        }
        for (stack, sum) in order.prefix(8) {
            table.add(row(stack.kinds.map(\.description).joined(separator: " › "), sum))
        }
        return [style.heading("Tunnels") + style.faint(" (outermost first; flows inside)")] + table.lines
    }

    private var connections: [String] {
        let established: [ConnectionState] = [.s1, .sf, .s2, .s3, .rsto, .rstr]
        let completed = established.reduce(0) { $0 + (tally.states[$1] ?? 0) }
        let rejected = tally.states[.rej] ?? 0
        let halfOpen = (tally.states[.rstos0] ?? 0) + (tally.states[.sh] ?? 0)
        let midStream = tally.states.values.reduce(0, +) - completed - rejected - halfOpen
        var table = TextTable(rightAligned: [0])
        for (count, what) in [
            (completed, "established"),
            (tally.unanswered, "attempted, no answer"),
            (rejected, "rejected"),
            (halfOpen, "begun and dropped without an answer"),
            (midStream, "seen in part only"),
        ] where count > 0 {
            table.add([Quantity.count(count), what])
        }
        return table.isEmpty ? [] : [style.heading("TCP connections")] + table.lines
    }

    private var undecoded: [String] {
        let lines = UndecodedLines(summary).lines
        return lines.isEmpty ? [] : [style.heading("Not decoded to the end")] + lines
    }
}
