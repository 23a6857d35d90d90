import Addressing
import Flows
import Records
import Wire

/// A replay's result for people: what was read, who talked to whom, over what, and what nobody could read.
struct TextSummary {
    let summary: CaptureSummary
    let tally: TrafficTally
    private let filter: FlowFilter
    private let style: TextStyle
    private let width: Int

    /// A summary in lines of `width` columns; only addresses may make them longer. The tally is of what `filter` wants.
    init(
        _ summary: CaptureSummary,
        _ tally: TrafficTally,
        filter: FlowFilter = FlowFilter(),
        style: TextStyle,
        width: Int = 120
    ) {
        self.summary = summary
        self.tally = tally
        self.filter = filter
        self.style = style
        self.width = width
    }

    /// The whole text, ending in a line break.
    var text: String {
        let talkers = TalkerLines(tally.sums.talkers, width: width).lines(style)
        let tables = [protocols, tunnels, connections] + UndecodedLines(summary).tables
        let sections = [totals, talkers] + tables.map { $0.lines(style) }
        return sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
    }

    private var totals: [String] {
        var line = Self.plural(summary.frames, "frame") + ", " + Quantity.bytes(summary.bytes)
        if let first = summary.first {
            line += summary.elapsed > 0 ? ", \(Quantity.span(summary.elapsed)) from " : ", "
            line += Moment.text(first)
        }
        var lines = [style.heading(line)]
        if let filtered = summary.filtered, filtered > 0 {
            lines.append("\(Quantity.count(filtered)) more left out by the expression or the time")
        }
        if !filter.isEmpty {
            lines.append(filtered)
        } else if summary.flows > 0 {
            lines.append("\(Self.plural(summary.flows, "flow")), \(carried)")
        }
        if !tally.sums.sightings.isEmpty { lines.append("besides flows: \(sightings)") }
        for (count, by) in [(summary.dropped, "while capturing"), (summary.interfaceDropped, "by interfaces")] {
            guard let count, count > 0 else { continue }
            lines.append(style.warning("\(Self.plural(count, "packet")) dropped \(by)"))
        }
        return lines
    }

    /// Which filter, and what it left.
    private var filtered: String {
        let left = ": \(Quantity.count(wanted.flows)) of \(Self.plural(summary.flows, "flow")), \(carried)"
        let text = "filtered by \(Printable.text(filter.description))"
        return TerminalWidth.shorten(text, to: max(0, width - TerminalWidth.of(left))) + left
    }

    private var carried: String { "\(Self.plural(wanted.packets, "packet")), \(Quantity.bytes(wanted.bytes)) of IP" }

    /// What there was of it, after the filter.
    var wanted: TrafficSums.Sum {
        if filter.isEmpty {
            return TrafficSums.Sum(flows: summary.flows, packets: summary.packets, bytes: summary.ipBytes)
        }
        return tally.sums.protocols.reduce(into: TrafficSums.Sum()) { $0.add($1) }
    }

    private var sightings: String {
        let words: [(SightingKind, (one: String, many: String))] = [
            (.arp, ("ARP", "ARP")), (.neighbourDiscovery, ("neighbour discovery", "neighbour discovery")),
            (.dhcp, ("DHCP", "DHCP")), (.dhcpv6, ("DHCPv6", "DHCPv6")), (.icmpError, ("ICMP error", "ICMP errors")),
        ]
        return words.compactMap { kind, word in
            tally.sums.sightings[kind].map { $0 == 1 ? "1 \(word.one)" : "\(Quantity.count($0)) \(word.many)" }
        }.joined(separator: ", ")
    }

    private static func plural(_ count: UInt64, _ noun: String) -> String {
        "\(Quantity.count(count)) \(noun)\(count == 1 ? "" : "s")"
    }
}
