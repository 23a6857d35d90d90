import Addressing
import Records
import Wire

/// Whom containers and hosts asked outside, and which hosts tunnels lead to.
extension ReportTally {
    var destinations: ReportSection {
        var totals = Totals()
        totals.add("addresses outside that were asked", .count(UInt64(flows.outside.values.count)), commands.flows())
        var table = ReportTable(
            "destinations",
            title: "Addresses outside, most bytes first",
            [
                ReportColumn("destination.ip", "address"), ReportColumn("destination.domain", "name"),
                ReportColumn("source.container.name", "asked by"), .figure("portolan.flows", "flows"),
                .figure("network.bytes", "bytes"),
            ]
        )
        let sorted = flows.outside.values.sorted { left, right in
            left.value.traffic.bytes != right.value.traffic.bytes
                ? left.value.traffic.bytes > right.value.traffic.bytes : left.key < right.key
        }
        for (address, peer) in sorted {
            table.add(
                [
                    .text("\(address)"), .optional(peer.name), .text(peer.askers.joined(separator: ", ")),
                    .count(peer.traffic.flows), .bytes(peer.traffic.bytes),
                ],
                commands.flows(["--to-ip", "\(address)"])
            )
        }
        var section = section(.destinations, "alerts about destinations", totals, [table])
        if flows.unnamed > 0 {
            section.remarks.append(
                "Of flows without a journal, public addresses count as outside, and private ones do not."
            )
        }
        note(flows.outside.overflows, "addresses outside", in: &section)
        return section
    }

    var hosts: ReportSection {
        var table = ReportTable(
            "tunnel_ends",
            title: "Tunnel ends (VTEPs and the like)",
            [
                ReportColumn("tunnel.ip", "address"), ReportColumn("portolan.known_by", "known by"),
                .figure("portolan.flows", "flows"), .figure("network.bytes", "bytes"),
            ]
        )
        let ends = Set(flows.tunnelEnds.values.keys).union(host.remotes.values.keys).sorted()
        for end in ends {
            let traffic = flows.tunnelEnds.values[end]
            let isWritten = host.remotes.values[end] != nil
            let pattern = PatternText.of("\(end)")
            table.add(
                [
                    .text("\(end)"),
                    .text(isWritten ? traffic == nil ? "forwarding entry" : "packets, forwarding entry" : "packets"),
                    .count(traffic?.flows ?? 0), .bytes(traffic?.bytes ?? 0),
                ],
                traffic == nil
                    ? commands.journal(#""change":"remote".*"ip":"\#(pattern)""#)
                    : commands.flows().piped("grep", "-E", #""tunnel":\{.*"ip":"\#(pattern)""#),
                isCounted: false
            )
        }
        var totals = Totals()
        totals.add(
            "hosts that were watched",
            host.isTold ? .count(UInt64(host.names.count)) : .unknown,
            commands.journal(#""change":"host""#)
        )
        totals.add("tunnel ends that were seen", .count(UInt64(ends.count)), commands.flows())
        var section = section(.hosts, "alerts: strangers in overlays", totals, [watched, table])
        note(flows.tunnelEnds.overflows, "tunnel ends of packets", in: &section)
        note(host.remotes.overflows &+ host.entries.overflows, "forwarding entries", in: &section)
        return section
    }

    private var watched: ReportTable {
        var table = ReportTable("hosts", title: "Hosts that were watched", [ReportColumn("host.name", "host")])
        for name in host.names {
            table.add([.text(name)], commands.journal(#""change":"host""#))
        }
        return table
    }
}
