import Records

/// What is not known, and what was lost.
extension ReportTally {
    var blindSpots: ReportSection {
        var totals = Totals()
        for kind in FlowTally.OpaqueKind.allCases {
            let all =
                kind == .esp
                ? commands.flows(["--protocol", "esp"])
                : commands.flows().piped("grep", "-F", #""protocol":"wireguard""#)
            totals.add(
                kind == .esp ? "flows of ESP, which only their ends can read" : "flows of WireGuard, the same",
                .count(flows.opaque[kind]?.flows ?? 0),
                all,
                isCounted: kind == .wireguard
            )
        }
        totals.add(
            "flows with an end that is one of several, or nobody known",
            flows.whole.flows == flows.unnamed && flows.unnamed > 0 ? .unknown : .count(flows.unsure),
            commands.flows().piped("grep", "-E", #""confidence":"(ambiguous|unknown)""#),
            isCounted: flows.unnamed == 0
        )
        if flows.unnamed > 0 {
            totals.add(
                "flows of which nothing says who was who",
                .count(flows.unnamed),
                commands.flows().piped("grep", "-vF", #""identity":{"#),
                isCounted: true
            )
        }
        var section = section(.blindSpots, "alerts: overlays that nobody sees into", totals, [gapTable])
        section.remarks = remarks
        if !hasMemory { section.remarks.append("Unknown: a capture does not tell when nobody watched.") }
        section.remarks.append(
            "That there is no alert says that none was made: rules that lack a declaration abstain (portolan policy check "
                + "names them), and with --no-detection all do."
        )
        return section
    }

    private var gapTable: ReportTable {
        var table = ReportTable(
            "gaps",
            title: "Gaps",
            [
                .sentence("message", "what is missing"), .figure("portolan.count", "gaps"),
                .figure("event.duration", "seconds"),
            ]
        )
        guard hasMemory else { return table }
        for (reason, words) in ReportGap.reasons {
            let gap = gaps[reason] ?? GapCount()
            table.add(
                [.text(words), .count(gap.count), .count(gap.length / 1_000_000_000)],
                commands.gaps(reason)
            )
        }
        return table
    }

    var lossSection: ReportSection {
        var totals = Totals()
        if hasMemory {
            let gap = gaps["capture"] ?? GapCount()
            totals.add(
                "times that packets were dropped",
                .count(gap.count),
                commands.gaps("capture"),
                isCounted: true
            )
            if gap.count > 0 { totals.add("packets dropped then", .known(gap.dropped), commands.gaps("capture")) }
        }
        totals.add("packets of all the source", .known(losses?.packets), commands.losses)
        totals.add("packets lost of all the source", .known(losses?.dropped), commands.losses)
        totals.add("share of packets lost", share, commands.losses)
        var section = ReportSection(.loss, [totals.table])
        if case .agent = commands.source {
            section.remarks.append("An agent counts all its packets since it began, also outside the period.")
        }
        if losses?.dropped == nil {
            section.remarks.append("Where a number is unknown nobody counted it: it is not 0.")
        }
        return section
    }

    private var share: ReportCell {
        guard let dropped = losses?.dropped, let packets = losses?.packets else { return .unknown }
        let all = packets &+ dropped
        return .share(all == 0 ? 0 : Double(dropped) / Double(all))
    }
}
