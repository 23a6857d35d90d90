import Addressing
import Containers
import Flows
import Wire

@testable import Detection

extension Stream {
    static let here = NetworkNamespace(inode: 1)
    static let device = InterfaceKey(namespace: here, index: 7)

    mutating func journal(_ change: JournalEntry.Change, at seconds: Double = 0) {
        detectors.take(JournalEntry(time: Self.time(seconds), change: change))
        collect()
    }

    /// What the journal of a host in a VXLAN overlay says first: its own address, its device, and stations behind other ends.
    mutating func joinOverlay(own: String = "192.168.0.1", ends: [String], segment: UInt32 = 7) {
        journal(.host(Self.here, name: "node"))
        journal(.address(InterfaceKey(namespace: Self.here, index: 2), Self.host(own), prefixLength: 24))
        var device = Interface(key: Self.device, name: "flannel.1")
        device.kind = "vxlan"
        device.networkIdentifier = segment
        journal(.interface(device))
        for (number, end) in ends.enumerated() { journal(Self.station(number, behind: end)) }
    }

    static func station(_ number: Int, behind end: String) -> JournalEntry.Change {
        .remote(device, MACAddress(bits: 0x0200_0000_0000 + UInt64(number)), endpoint: host(end))
    }

    /// A flow begins whose first packet came in a tunnel.
    mutating func pass(
        _ source: Party,
        _ destination: Party = Party(Stream.host("10.244.1.1"), scope: 7),
        from outer: String,
        to receiver: String = "192.168.0.1",
        kind: TunnelKind = .vxlan,
        segment: UInt32 = 7,
        opening: Opening = .syn,
        at seconds: Double
    ) {
        serial += 1
        var stack = TunnelStack()
        stack.push(kind)
        var fact = FlowFact(
            .began,
            at: Self.time(seconds),
            serial: serial,
            identifier: FlowIdentifier(bits: UInt64(serial)),
            from: source,
            to: destination,
            port: 80,
            opening: opening
        )
        fact.tunnel = Tunnel(
            stack: stack,
            identifier: segment,
            source: Self.host(outer),
            destination: Self.host(receiver),
            destinationPort: 8472
        )
        begin(fact)
        settle(serial, as: .answered, at: fact.time)
        collect()
    }
}
