import Addressing
import Wire

/// An entry as the value that others see.
extension FlowStore {
    /// The flow as it stands. Its twin is settled only when it ends.
    func snapshot(_ number: Int, _ book: borrowing FlowBook) -> Flow {
        var flow = copy(number, nil)
        if unsafe entries[number].counters.flags.contains(.hasAside) { takeMost(&flow, number, book) }
        return flow
    }

    /// The same flow as it stands now; nil when it is over.
    func current(_ flow: Flow, _ book: borrowing FlowBook) -> Flow? {
        let low = IPAddress(high: flow.lowHigh, low: flow.lowLow, isIPv6: flow.isIPv6)
        let high = IPAddress(high: flow.highHigh, low: flow.highLow, isIPv6: flow.isIPv6)
        guard let key = Key(TranslatedKey(low: low, high: high, transport: flow.transport)),
            let number = find(key, key.place(seed)), unsafe details[number].serial == flow.serial
        else { return nil }
        return snapshot(number, book)
    }

    /// The flow as its primary point saw it.
    @inline(never)
    func copy(_ number: Int, _ endReason: Flow.EndReason?) -> Flow {
        let key = unsafe entries[number].key
        let counters = unsafe entries[number].counters
        let low = key.halves(high: false)
        let high = key.halves(high: true)
        let lowPackets = UInt64(counters.lowPackets)
        let highPackets = UInt64(counters.highPackets)
        return unsafe Flow(
            lowHigh: low.high,
            lowLow: low.low,
            highHigh: high.high,
            highLow: high.low,
            transport: key.transport,
            sourceIsLow: !counters.flags.contains(.initiatorIsHigh),
            isIPv6: Key.isIPv6,
            lowPackets: lowPackets,
            lowBytes: counters.lowBytes,
            highPackets: highPackets,
            highBytes: counters.highBytes,
            last: Timestamp(nanoseconds: counters.last),
            counters: counters,
            detail: details[number],
            endReason: endReason,
            other: nil,
            gain: (lowPackets + highPackets, counters.lowBytes &+ counters.highBytes),
            repeatsTwin: false
        )
    }

    /// Puts in the counters of the point that saw most.
    @inline(never)
    func takeMost(_ flow: inout Flow, _ number: Int, _ book: borrowing FlowBook) {
        book.asides.forEachCount(of: flow.detail.aside) { point in
            guard point.packets > flow.packets else { return }
            flow.lowPackets = point.lowPackets
            flow.lowBytes = point.lowBytes
            flow.highPackets = point.highPackets
            flow.highBytes = point.highBytes
        }
        flow.last = Timestamp(nanoseconds: latest(number, book))
        flow.gain = (flow.packets, flow.bytes)
    }
}
