import Addressing
import Flows
import Wire

/// The last record of a replay.
extension JSONRecordLines {
    /// Writes the `capture_summary`.
    ///
    /// What is not known is absent. Of reasons, layers and tunnels those that were not met are absent too.
    mutating func write(_ summary: CaptureSummary) {
        json.beginLine()
        json.pair("@timestamp", summary.last, digits: summary.timestampDigits)
        let event = json.beginObject("event")
        json.pair("kind", "metric")
        json.pair("action", "capture_summary")
        json.pair("start", summary.first, digits: summary.timestampDigits)
        json.pair("end", summary.last, digits: summary.timestampDigits)
        json.end(event)
        writeCapture(summary)
        let network = json.beginObject("network")
        json.pair("packets", summary.packets)
        json.pair("bytes", summary.ipBytes)
        json.end(network)
        json.pair("flows", summary.flows)
        write(summary.decode)
        let tunnels = json.beginObject("tunnels")
        for kind in TunnelKind.allCases {
            json.count(escaping: kind.description, summary.decode.tunnels[Int(kind.rawValue)])
        }
        json.end(tunnels)
        writeLimits(summary)
        json.pair("elapsed", summary.elapsed)
        json.endLine()
    }

    private mutating func writeCapture(_ summary: CaptureSummary) {
        let capture = json.beginObject("capture")
        json.pair("packets", summary.frames)
        json.pair("bytes", summary.bytes)
        json.pair("filtered", summary.filtered)
        json.pair("truncated", !summary.truncations.isEmpty)
        json.pair("offered", summary.offered)
        json.pair("dropped", summary.dropped)
        json.pair("unread", summary.unread)
        json.pair("if_dropped", summary.interfaceDropped)
        json.pair("loss_known", summary.dropped != nil)
        if let dropped = summary.dropped { json.pair("loss_ratio", part: dropped, besides: summary.frames) }
        write(summary.clocks)
        json.end(capture)
        let error = json.beginObject("error")
        let messages = json.beginArray("message")
        for truncation in summary.truncations { json.value(truncation) }
        json.end(messages)
        json.end(error)
    }

    private mutating func write(_ clocks: [CaptureClock]) {
        let list = json.beginArray("clocks")
        for clock in clocks {
            let element = json.beginElement()
            json.pair("file", clock.file)
            json.pair("standard", clock.standard)
            json.pair("via", clock.via)
            switch clock.finding {
            case .found(let offset, let uncertainty, let drift):
                json.pair("offset", offset)
                json.pair("uncertainty", uncertainty)
                // Nanoseconds gained in a second.
                if drift != 0 { json.pair("drift", Int64((drift * 1e9).rounded())) }
            case .told(let offset): json.pair("offset", offset)
            case .tooFew: json.pair("unknown", "too_few")
            case .oneWay: json.pair("unknown", "one_way")
            case .farApart: json.pair("unknown", "far_apart")
            case .contradictory: json.pair("unknown", "contradictory")
            }
            if clock.isCompared { json.pair("packets", clock.packets) }
            json.end(element)
        }
        json.end(list)
    }

    private mutating func write(_ counters: DecodeCounters) {
        let decode = json.beginObject("decode")
        let truncated = json.beginObject("truncated")
        for layer in Layer.allCases {
            let index = Int(layer.rawValue)
            let both = counters.truncatedByCapture[index] + counters.truncatedBySender[index]
            json.count(escaping: layer.description, both)
        }
        json.end(truncated)
        write("truncated_by_sender", counters.truncatedBySender)
        write("malformed", counters.malformed)
        let linkTypes = json.beginObject("unknown_link_type")
        for number in counters.unknownLinkTypes.keys.sorted() {
            json.count(escaping: LinkTypeName.of(number), counters.unknownLinkTypes[number] ?? 0)
        }
        json.end(linkTypes)
        json.count("too_deep", counters.tooDeep)
        json.count("other", counters.other)
        let opaque = json.beginObject("opaque")
        json.count("esp", counters.opaqueESP)
        json.count("wireguard", counters.opaqueWireGuard)
        json.end(opaque)
        json.end(decode)
    }

    private mutating func write(_ name: StaticString, _ counts: [UInt64]) {
        let object = json.beginObject(name)
        for layer in Layer.allCases { json.count(escaping: layer.description, counts[Int(layer.rawValue)]) }
        json.end(object)
    }

    /// How often a bound was met, and what was cut.
    private mutating func writeLimits(_ summary: CaptureSummary) {
        let portolan = json.beginObject("portolan")
        json.count("continuations", summary.continuations)
        json.count("evicted", summary.evicted)
        json.count("late", summary.late)
        json.count("orphaned_fragments", summary.orphanedFragments)
        json.count("sightings_lost", summary.sightingsLost)
        json.count("sockets_unasked", summary.socketsUnasked)
        let leftOut = json.beginObject("left_out_seconds")
        for detail in Detail.allCases {
            // A part of a second is one: what happened is never 0.
            json.count(escaping: detail.rawValue, ((summary.leftOut[detail] ?? 0) + 999_999_999) / 1_000_000_000)
        }
        json.end(leftOut)
        let full = json.beginObject("table_full")
        json.count("scopes", summary.overflows.scopes)
        json.count("points", summary.overflows.points)
        json.count("tunnels", summary.overflows.tunnels)
        json.count("applications", summary.overflows.applications)
        json.count("fragments", summary.overflows.fragments)
        json.count("names", summary.namesForgotten)
        json.end(full)
        json.end(portolan)
    }
}

extension JSONBuffer {
    fileprivate mutating func count(escaping name: String, _ number: UInt64) {
        guard number != 0 else { return }
        key(escaping: name)
        value(number)
    }

    /// Writes a key and what part a number is of itself and the rest, from 0 to 1 with six decimals.
    mutating func pair(_ name: StaticString, part: UInt64, besides rest: UInt64) {
        key(name)
        beginValue()
        // Files may claim any number: in floating point the sum cannot overflow.
        let whole = Double(part) + Double(rest)
        append(millionths: whole == 0 ? 0 : UInt64(Double(part) / whole * 1_000_000))
    }

    /// Writes a key and a share, from 0 to 1.
    mutating func pair(_ name: StaticString, millionths: UInt64) {
        key(name)
        beginValue()
        append(millionths: millionths)
    }

    /// Writes a share, from 0 to 1.
    package mutating func value(share: Double) {
        beginValue()
        append(millionths: UInt64((min(max(share, 0), 1) * 1_000_000).rounded()))
    }

    private mutating func append(millionths: UInt64) {
        appendDecimal(millionths / 1_000_000, width: 1)
        append(0x2e)
        appendDecimal(millionths % 1_000_000, width: 6)
    }
}
