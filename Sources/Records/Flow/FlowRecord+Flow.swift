package import Flows

extension FlowRecord {
    /// What there is to tell of a flow that a pipeline speaks of.
    package init(_ action: FlowAction, _ flow: Flow, _ book: borrowing FlowBook, _ names: FlowNames) {
        let translation = book.translation(of: flow)
        let (real, nat) = FlowEnds.of(flow, translation)
        self.action = action
        identifier = flow.identifier
        first = flow.first
        last = flow.last
        timestampDigits = book.point(flow.point).timestampDigits
        state = flow.isClosed ? .closed : flow.isEstablished ? .established : .new
        endReason = action == .ended ? flow.endReason : nil
        joinedTo = flow.joinedTo
        twin = flow.twin
        relay = names.relay
        connectionState = flow.connectionState
        history = flow.hasHistory ? flow.history : ""
        isIPv6 = flow.isIPv6
        protocolNumber = flow.protocolNumber
        application = flow.applicationProtocol
        source = End(real.source, mac: flow.sourceMAC, packets: flow.sourcePackets, bytes: flow.sourceBytes)
        destination = End(
            real.destination,
            mac: flow.destinationMAC,
            packets: flow.destinationPackets,
            bytes: flow.destinationBytes
        )
        source.nat = nat.source
        destination.nat = nat.destination
        source.domain = names.source
        destination.domain = names.destination
        counted = translation == nil ? nil : FlowEnds(of: flow)
        icmp = flow.isICMP ? ICMP(type: flow.icmpType, code: flow.icmpCode) : nil
        beganWithResponder = flow.beganWithResponder
        scope = book.scopeName(of: flow)
        let (tunnel, port) = book.tunnel(of: flow) ?? (nil, 0)
        self.tunnel = tunnel
        tunnelPort = port
        details = book.application(of: flow)
        path = Self.path(of: flow, book)
        identities = names.identities
    }

    private static func path(of flow: Flow, _ book: borrowing FlowBook) -> [Place] {
        let length = book.pathLength(of: flow)
        var path: [Place] = []
        path.reserveCapacity(length)
        for index in 0..<length {
            let count = book.pathElement(index, of: flow)
            path.append(
                Place(
                    point: book.point(count.point),
                    packets: count.packets,
                    bytes: count.bytes,
                    isTranslated: count.isTranslated
                )
            )
        }
        return path
    }
}
