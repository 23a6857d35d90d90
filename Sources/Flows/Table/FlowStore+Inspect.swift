import Addressing
import Wire

/// What the first payloads of a flow say.
extension FlowStore {
    /// Looks at one payload; counts it, and stops looking when there is nothing more to learn.
    @inline(never)
    func inspect(
        _ packet: borrowing Packet,
        _ number: Int,
        _ context: PacketContext,
        _ book: inout FlowBook,
        _ sink: any FlowSink
    ) {
        // Also of those whose every answer counts.
        if configuration.inspections == 0 { return }
        let start = Int(packet.payloadOffset)
        let payload = context.frame.extracting(start..<start + Int(packet.payloadCaptured))
        let isTCP = packet.protocolNumber == 6
        let inspected = unsafe entries[number].counters.inspected
        let isEarly = inspected < configuration.inspections
        if isEarly {
            unsafe entries[number].counters.inspected = inspected + 1
        } else if !Self.isDNSResponse(payload, isTCP: isTCP) {
            return
        }
        let fromHigh = packet.flags.contains(.reversed)
        let sourcePort = fromHigh ? packet.highPort : packet.lowPort
        let destinationPort = fromHigh ? packet.lowPort : packet.highPort
        let recognised = ApplicationProtocol.recognise(
            payload,
            isTCP: isTCP,
            sourcePort: sourcePort,
            destinationPort: destinationPort
        )
        if recognised == .unknown { return }
        // Only now is the flow's colder half touched: most payloads tell nothing.
        let known = unsafe details[number].applicationProtocol
        if known == ApplicationProtocol.unknown.rawValue {
            unsafe details[number].applicationProtocol = recognised.rawValue
        } else if known != recognised.rawValue {
            return
        }
        if recognised == .dns {
            unsafe entries[number].counters.flags.insert(.isDNS)
            if Self.isDNSResponse(payload, isTCP: isTCP) {
                let exchange = DNSExchange(
                    client: address(number, high: !fromHigh),
                    server: address(number, high: fromHigh),
                    scope: unsafe entries[number].key.scope,
                    isTCP: isTCP,
                    time: Timestamp(nanoseconds: context.time),
                    flow: unsafe FlowIdentifier(
                        serial: details[number].serial,
                        first: Timestamp(nanoseconds: details[number].first)
                    )
                )
                sink.resolved(payload, exchange, book)
            }
        }
        if isEarly { read(payload, as: recognised, number, isTCP: isTCP, fromHigh: fromHigh, &book) }
    }

    /// Reads what one end's first recognised payload says.
    private func read(
        _ payload: RawSpan,
        as recognised: ApplicationProtocol,
        _ number: Int,
        isTCP: Bool,
        fromHigh: Bool,
        _ book: inout FlowBook
    ) {
        let bit: UInt8 = fromHigh ? 2 : 1
        let done = unsafe details[number].payloadsRead
        if done & bit != 0 { return }
        unsafe details[number].payloadsRead = done | bit
        let more = ApplicationDetails.details(
            of: payload,
            as: recognised,
            isTCP: isTCP,
            isFromServer: unsafe fromHigh != entries[number].counters.flags.contains(.initiatorIsHigh)
        )
        if !more.isEmpty {
            unsafe details[number].application = book.applications.merge(more, into: details[number].application)
        }
        // Both have spoken.
        if done | bit == 3 { unsafe entries[number].counters.inspected = FlowCounters.inspectionDone }
    }

    /// Whether a DNS message answers: the QR bit. RFC 1035, section 4.1.1.
    private static func isDNSResponse(_ payload: RawSpan, isTCP: Bool) -> Bool {
        let offset = isTCP ? 4 : 2
        return payload.byteCount > offset && payload[offset] & 0x80 != 0
    }

    /// One end's address.
    func address(_ number: Int, high: Bool) -> IPAddress {
        unsafe entries[number].key.address(high: high)
    }
}
