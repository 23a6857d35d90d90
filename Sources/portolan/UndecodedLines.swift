import Records
import Wire

/// What a capture held that could not be read, a line each, most first.
struct UndecodedLines {
    private let summary: CaptureSummary

    init(_ summary: CaptureSummary) {
        self.summary = summary
    }

    var lines: [String] {
        let decode = summary.decode
        var table = TextTable(rightAligned: [0])
        for (count, what) in byLayer + byLinkType {
            table.add([Quantity.count(count), what])
        }
        for (count, what) in [
            (decode.opaqueESP, "ESP packets: encrypted"),
            (decode.opaqueWireGuard, "WireGuard datagrams: encrypted"),
            (decode.tooDeep, "packets nested in more than \(TunnelStack.maximumDepth) tunnels"),
            (decode.other, "frames of other protocols than IP and ARP"),
            (summary.orphanedFragments, "fragments whose first part is missing: counted without ports"),
            (summary.late, "frames older than one before them: counted at the newest time"),
            (summary.evicted, "flows ended early because the flow table was full"),
            (summary.sightingsLost, "sightings forgotten because their table was full"),
        ] where count > 0 {
            table.add([Quantity.count(count), what])
        }
        return table.lines
    }

    private var byLayer: [(UInt64, String)] {
        let decode = summary.decode
        var rows: [(UInt64, String)] = []
        for layer in Layer.allCases {
            let index = Int(layer.rawValue)
            rows.append((decode.truncatedByCapture[index], "cut short in \(layer) by the capture's snapshot length"))
            rows.append((decode.truncatedBySender[index], "cut short in \(layer) by the sender"))
            rows.append((decode.malformed[index], "malformed \(layer)"))
        }
        return rows.filter { $0.0 > 0 }.sorted { $0.0 != $1.0 ? $0.0 > $1.0 : $0.1 < $1.1 }
    }

    private var byLinkType: [(UInt64, String)] {
        summary.decode.unknownLinkTypes
            .sorted { $0.key < $1.key }
            .map { ($0.value, "frames of link type \(LinkTypeName.of($0.key)), which is not read") }
    }
}
