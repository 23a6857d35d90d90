import Records
import Wire

/// What went over the wire and inside tunnels, and what each container had of it.
extension ReportTally {
    /// A flow record of one that travels in a tunnel has this, and a label or name that spells it has its quotes escaped.
    private static var tunnelMark: String { #""tunnel":{"type":"# }

    var flowSection: ReportSection {
        var totals = Totals()
        let all = commands.flows()
        totals.add("flows", .count(flows.whole.flows), all, isCounted: true)
        totals.add(
            "flows on the wire, bare",
            .count(flows.whole.flows &- flows.encapsulated.flows),
            all.piped("grep", "-vF", Self.tunnelMark),
            isCounted: true
        )
        totals.add(
            "flows encapsulated",
            .count(flows.encapsulated.flows),
            all.piped("grep", "-F", Self.tunnelMark),
            isCounted: true
        )
        if flows.twins > 0 {
            totals.add(
                "flows seen both ways: two records, bytes counted once",
                .count(flows.twins),
                all.piped("grep", "-F", #""twin":""#),
                isCounted: true
            )
        }
        for direction in FlowDirection.allCases {
            let words =
                switch direction {
                case .internal: "flows between containers of this host"
                case .ingress: "flows to containers from elsewhere"
                case .egress: "flows from containers to elsewhere"
                case .external: "flows without a container of this host"
                }
            let count = flows.whole.flows == flows.unnamed && flows.unnamed > 0 ? nil : flows.directions[direction] ?? 0
            totals.add(
                words,
                .known(count),
                count == nil ? nil : commands.flows(["--direction", direction.rawValue]),
                isCounted: count != nil && flows.unnamed == 0
            )
        }
        totals.add("packets, each once", .count(flows.whole.packets), all)
        totals.add("bytes of IP packets", .bytes(flows.whole.bytes), all)
        var section = ReportSection(.flows, [totals.table, tunnels])
        note(flows.tunnels.overflows, "tunnels", in: &section)
        return section
    }

    private var tunnels: ReportTable {
        var table = ReportTable(
            "tunnels",
            title: "Tunnels",
            [
                ReportColumn("tunnel.type", "type"), ReportColumn("tunnel.id", "id"),
                .figure("portolan.flows", "flows"),
                .figure("network.packets", "packets"), .figure("network.bytes", "bytes"),
            ]
        )
        let sorted = flows.tunnels.values.sorted { left, right in
            if left.value.bytes != right.value.bytes { return left.value.bytes > right.value.bytes }
            return (left.key.kind.rawValue, left.key.identifier ?? 0)
                < (right.key.kind.rawValue, right.key.identifier ?? 0)
        }
        for (name, traffic) in sorted {
            let identifier = name.identifier.map { #","id":\#($0)[,}]"# } ?? ""
            table.add(
                [
                    .text("\(name.kind)"), name.identifier.map { .number(UInt64($0)) } ?? .absent,
                    .count(traffic.flows),
                    .count(traffic.packets), .bytes(traffic.bytes),
                ],
                commands.flows().piped("grep", "-E", #""tunnel":\{"type":"\#(name.kind)"\#(identifier)"#),
                isCounted: true
            )
        }
        return table
    }

    var consumption: ReportSection {
        var table = ReportTable(
            "consumption",
            [
                ReportColumn("container.name", "container"), .figure("portolan.flows", "flows"),
                .figure("portolan.failures", "failed"), .figure("source.bytes", "sent"),
                .figure("destination.bytes", "received"),
            ]
        )
        let sorted = flows.containers.values.sorted { left, right in
            let (mine, other) = (
                left.value.sentBytes &+ left.value.receivedBytes, right.value.sentBytes &+ right.value.receivedBytes
            )
            return mine != other ? mine > other : left.key < right.key
        }
        for (identifier, used) in sorted {
            table.add(
                [
                    .text(used.label), .count(used.flows), .count(used.failures), .bytes(used.sentBytes),
                    .bytes(used.receivedBytes),
                ],
                commands.flows(["--container=" + ContainerWord.of(identifier, used.label)]),
                isCounted: identifier.utf8.count >= 12 && flows.unsure == 0
            )
        }
        var section = ReportSection(.consumption, [table])
        if table.rows.isEmpty {
            section.remarks.append(
                flows.whole.flows == flows.unnamed && flows.unnamed > 0
                    ? "Unknown: nothing says who was who." : "No flow had a container at an end."
            )
        }
        note(flows.containers.overflows, "containers", in: &section)
        return section
    }

    /// What a bound left out is said where it is missing.
    func note(_ overflows: UInt64, _ what: String, in section: inout ReportSection) {
        guard overflows > 0 else { return }
        section.remarks.append(
            "There were more \(what) than are told apart: \(GroupedDigits.text(overflows)) further records of them are left out."
        )
    }
}

/// How a container is named to a filter: by as many digits of its identifier as runtimes print, where it has them.
enum ContainerWord {
    static func of(_ identifier: String, _ label: String) -> String {
        let isPlain = identifier.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x61...0x7a, 0x41...0x5a: true
            default: false
            }
        }
        return isPlain && identifier.utf8.count >= 12 ? String(identifier.prefix(12)) : label
    }
}
