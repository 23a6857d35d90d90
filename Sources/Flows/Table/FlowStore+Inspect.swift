import Addressing
import Wire

/// What the first payloads of a flow say.
extension FlowStore {
    /// Looks at one payload; counts it, and stops looking when there is nothing more to learn.
    @inline(never)
    func inspect(
        _ packet: Packet,
        _ number: Int,
        _ context: PacketContext,
        _ book: inout FlowBook,
        _ sink: any FlowSink
    ) {
        let start = Int(packet.payloadOffset)
        let payload = context.frame.extracting(start..<start + Int(packet.payloadCaptured))
        let isTCP = packet.protocolNumber == 6
        let fromHigh = packet.flags.contains(.reversed)
        let sourcePort = fromHigh ? packet.highPort : packet.lowPort
        let destinationPort = fromHigh ? packet.lowPort : packet.highPort
        let recognised = ApplicationProtocol.recognise(
            payload,
            isTCP: isTCP,
            sourcePort: sourcePort,
            destinationPort: destinationPort
        )
        let known = unsafe details[number].applicationProtocol
        let inspected = unsafe entries[number].counters.inspected
        if inspected < context.configuration.inspections { unsafe entries[number].counters.inspected = inspected + 1 }
        guard recognised != .unknown else { return }
        if known == ApplicationProtocol.unknown.rawValue {
            unsafe details[number].applicationProtocol = recognised.rawValue
        } else if known != recognised.rawValue {
            return
        }
        if recognised == .dns {
            unsafe entries[number].counters.flags.insert(.isDNS)
            let client = address(number, high: fromHigh == (destinationPort == 53))
            let scope = unsafe entries[number].key.scope
            let time = Timestamp(nanoseconds: context.time)
            sink.resolved(payload, isTCP: isTCP, client: client, scope: scope, at: time)
        }
        guard inspected < context.configuration.inspections else { return }
        let more = ApplicationDetails.details(
            of: payload,
            as: recognised,
            isTCP: isTCP,
            isFromServer: unsafe fromHigh != entries[number].counters.flags.contains(.initiatorIsHigh)
        )
        if more.isEmpty { return }
        unsafe details[number].application = book.applications.merge(more, into: details[number].application)
    }

    /// One end's address.
    func address(_ number: Int, high: Bool) -> IPAddress {
        unsafe entries[number].key.address(high: high)
    }
}
