public import Addressing
public import Wire

/// The flow that a packet was counted for.
public struct PacketFlow: Hashable, Sendable {
    /// As in `Flow.serial`.
    public let serial: UInt32
    /// As in `Flow.identifier`.
    public let identifier: FlowIdentifier

    init(serial: UInt32, first: Int64) {
        self.serial = serial
        identifier = FlowIdentifier(serial: serial, first: Timestamp(nanoseconds: first))
    }
}

/// Which flow packets were counted for, asked after they were: the loop that counts them answers nobody.
extension FlowTable {
    /// The flow that one of a batch's packets was counted for, and the number of the point that saw it. Nil where it is of none.
    ///
    /// Only right after `count` took it, and nothing after it: by the next packet its flow may be over, or its record cut. A fragment
    /// that waits for the first of its datagram has no flow yet.
    public mutating func flow(
        of index: Int,
        in packets: borrowing PacketBatch,
        of batch: borrowing FrameBatch
    ) -> (flow: PacketFlow, point: UInt16)? {
        let isIPv6 = packets[index].flags.contains(.ipv6)
        guard isIPv6 || packets[index].flags.contains(.ipv4) else { return nil }
        let place = locate(packets, of: batch, index)
        var packet = packets[index]
        if packet.flags.contains(.laterFragment), Self.hasPorts(packet.protocolNumber) {
            guard let ports = fragments.ports(of: packet, scope: place.scope) else { return nil }
            packet.setPorts(ports, seed)
        }
        let flow = isIPv6 ? ipv6.flow(of: packet, in: place.scope) : ipv4.flow(of: packet, in: place.scope)
        return flow.map { ($0, place.point) }
    }

    /// Whether a first fragment alone says between which ports a datagram goes.
    static func hasPorts(_ protocolNumber: UInt8) -> Bool { [6, 17, 132, 136].contains(protocolNumber) }
}

extension FlowStore {
    /// The flow that packets of that key count for: of a stub the one that is kept.
    func flow(of packet: borrowing Packet, in scope: UInt32) -> PacketFlow? {
        let key = Key(packet, scope: scope)
        guard var number = find(key, Key.spread(packet.hash, scope)) else { return nil }
        if isStub(number) {
            guard let main = unsafe details[number].main?.number else { return nil }
            number = main
        }
        let serial = unsafe details[number].serial
        return serial == 0 ? nil : PacketFlow(serial: serial, first: unsafe details[number].first)
    }
}
