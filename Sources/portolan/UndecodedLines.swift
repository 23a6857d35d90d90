import Flows
import Records
import Wire

/// What a capture held that could not be read, and what was counted with care: a line each, most first.
struct UndecodedLines {
    private let summary: CaptureSummary

    init(_ summary: CaptureSummary) {
        self.summary = summary
    }

    /// One table each; those without rows show nothing.
    var tables: [TextTable] { [table("Not decoded to the end", undecoded), table("Counted with care", cares)] }

    private func table(_ heading: String, _ rows: [(UInt64, String)]) -> TextTable {
        var table = TextTable(heading, figures: [""])
        for (count, what) in rows where count > 0 { table.add([what], [Quantity.count(count)]) }
        return table
    }

    private var undecoded: [(UInt64, String)] {
        let decode = summary.decode
        return byLayer + byLinkType + [
            (decode.opaqueESP, "ESP packets: encrypted"),
            (decode.opaqueWireGuard, "WireGuard datagrams: encrypted"),
            (decode.tooDeep, "packets in more than \(TunnelStack.maximumDepth) tunnels"),
            (decode.other, "frames with neither IP nor ARP"),
        ]
    }

    private var cares: [(UInt64, String)] {
        [
            (summary.late, "frames older than one before them, counted at the newest time"),
            (summary.orphanedFragments, "fragments without their first, counted without ports"),
            (summary.evicted, "flows ended early: the flow table was full"),
            (summary.sightingsLost, "sightings forgotten: their table was full"),
            (summary.overflows.scopes, "looks for a scope past the bound: equal addresses may be joined"),
            (summary.overflows.points, "looks for an observation point past the bound"),
            (summary.overflows.tunnels, "flows whose tunnel is not told: the table was full"),
            (summary.overflows.applications, "flows whose names are not told: the table was full"),
            (summary.overflows.fragments, "fragments counted without ports: too many waited"),
            (summary.namesForgotten, "names forgotten early: their table was full"),
        ]
    }

    private var byLayer: [(UInt64, String)] {
        let decode = summary.decode
        var rows: [(UInt64, String)] = []
        for layer in Layer.allCases {
            let index = Int(layer.rawValue)
            rows.append((decode.truncatedByCapture[index], "\(layer) cut short by the capture"))
            rows.append((decode.truncatedBySender[index], "\(layer) cut short by the sender"))
            rows.append((decode.malformed[index], "\(layer) malformed"))
        }
        return rows.filter { $0.0 > 0 }.sorted { $0.0 != $1.0 ? $0.0 > $1.0 : $0.1 < $1.1 }
    }

    private var byLinkType: [(UInt64, String)] {
        summary.decode.unknownLinkTypes
            .sorted { $0.key < $1.key }
            .map { ($0.value, "frames of link type \(LinkTypeName.of($0.key)), which is not read") }
    }
}
