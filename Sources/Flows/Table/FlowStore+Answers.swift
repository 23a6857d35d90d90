import Addressing
import Wire

/// Whether somebody answers: what a scan fails in.
extension FlowStore {
    /// Tells that a flow began, and waits for an answer to it if that is wanted.
    @inline(never)
    func tellStart(_ number: Int, _ book: inout FlowBook, _ sink: any FlowSink) {
        switch sink.begins(outline(number), book) {
        case .enough: return
        case .awaited: break
        case .tell: guard sink.started(snapshot(number, book), book) else { return }
        }
        guard configuration.reportsAnswers else { return }
        // Whose first packet was the responder's is answered.
        guard unsafe !entries[number].counters.flags.contains(.flipped) else { return }
        unsafe entries[number].counters.isAwaited = true
        let (due, isTooLate) = unsafe details[number].first.addingReportingOverflow(configuration.patience)
        let serial = unsafe details[number].serial
        book.tries.add(number, isIPv6: Key.isIPv6, serial: serial, due: isTooLate ? .max : due)
    }

    /// Whether a packet that was just counted is the answer that somebody waits for.
    @inline(__always)
    func isAwaitedAnswer(_ number: Int, _ packet: borrowing Packet) -> Bool {
        let entry = unsafe entries + number
        guard unsafe entry.pointee.counters.isAwaited else { return false }
        return unsafe entry.pointee.counters.flags.contains(.initiatorIsHigh) != packet.flags.contains(.reversed)
    }

    @inline(never)
    func tellAnswer(
        _ number: Int,
        _ packet: borrowing Packet,
        at time: Int64,
        _ book: borrowing FlowBook,
        _ sink: any FlowSink
    ) {
        unsafe entries[number].counters.isAwaited = false
        // No other protocol's packets have TCP flags.
        let outcome = packet.tcpFlags.contains(.rst) ? TryOutcome.refused : .answered
        if outcome == .answered, sink.answered(outline(number), book, at: Timestamp(nanoseconds: time)) { return }
        sink.settled(snapshot(number, book), as: outcome, book, at: Timestamp(nanoseconds: time))
    }

    /// Tells that nobody answered the flow that was in an entry, if it is still there and nobody did.
    func tellSilence(_ place: TryLine.Place, _ book: borrowing FlowBook, _ sink: any FlowSink) {
        let number = Int(place.number)
        // The hotter half first: nearly all were answered.
        guard unsafe entries[number].counters.isAwaited, unsafe details[number].serial == place.serial else { return }
        unsafe entries[number].counters.isAwaited = false
        sink.settled(snapshot(number, book), as: .silent, book, at: Timestamp(nanoseconds: place.due))
    }

    /// The flow whose first packet is quoted, if an answer to it is waited for; from now on none is.
    func unreachable(_ quote: QuotedPacket, scope: UInt32, _ book: borrowing FlowBook) -> Flow? {
        let source = FlowTranslation.End(address: quote.source, port: quote.sourcePort ?? 0)
        let destination = FlowTranslation.End(address: quote.destination, port: quote.destinationPort ?? 0)
        let (wide, isReversed) = TranslatedKey.of(
            source,
            destination,
            protocolNumber: quote.protocolNumber,
            scope: scope
        )
        guard let key = Key(wide), var number = find(key, key.place(seed)) else { return nil }
        var isFromHigh = isReversed
        if isStub(number) {
            guard let main = unsafe details[number].main else { return nil }
            number = main.number
            if main.isTurned { isFromHigh.toggle() }
        }
        guard unsafe entries[number].counters.isAwaited,
            unsafe entries[number].counters.flags.contains(.initiatorIsHigh) == isFromHigh
        else { return nil }
        unsafe entries[number].counters.isAwaited = false
        return snapshot(number, book)
    }
}

extension FlowTable {
    /// Tells of the tries that nobody answered until `time`.
    @inline(never)
    mutating func tellSilences(until time: Int64, _ sink: any FlowSink) {
        while let place = book.tries.take(at: time) {
            if let later = book.tries.ahead(16) {
                if later.isIPv6 { ipv6.prefetch(Int(later.number)) } else { ipv4.prefetch(Int(later.number)) }
            }
            if place.isIPv6 {
                ipv6.tellSilence(place, book, sink)
            } else {
                ipv4.tellSilence(place, book, sink)
            }
        }
    }

    /// The flow whose first packet an ICMP error quotes, when its answer is waited for; from now on it is not. As it stands now.
    public mutating func unreachable(_ quote: QuotedPacket, scope: UInt32) -> Flow? {
        switch quote.source {
        case .v4: ipv4.unreachable(quote, scope: scope, book)
        case .v6: ipv6.unreachable(quote, scope: scope, book)
        }
    }
}
