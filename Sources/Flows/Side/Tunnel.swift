public import Addressing
public import Wire

/// The encapsulation around a packet: kinds, identifier, and the two hosts the outer header names.
public struct Tunnel: Hashable, Sendable {
    /// All tunnels around the packet, outermost first; `ends` belong to the innermost.
    public var stack: TunnelStack
    /// VNI, GRE key, TEID; meaningful as the innermost kind says.
    public var identifier: UInt32
    /// Who sent the outer packet; nil when its header could not be read again.
    public var source: IPAddress?
    /// Whom it was for.
    public var destination: IPAddress?
    /// The outer UDP destination port; 0 when the tunnel does not run over UDP.
    public var destinationPort: UInt16

    public init(
        stack: TunnelStack,
        identifier: UInt32,
        source: IPAddress?,
        destination: IPAddress?,
        destinationPort: UInt16
    ) {
        self.stack = stack
        self.identifier = identifier
        self.source = source
        self.destination = destination
        self.destinationPort = destinationPort
    }
}

/// All tunnels seen, numbered from 1. Bounded: past `limit` the number is 0, and that is counted.
public struct TunnelTable: Sendable {
    private var numbers: [Tunnel: UInt32] = [:]
    private var tunnels: [Tunnel] = []
    private var last: (tunnel: Tunnel, number: UInt32)?

    /// How many were not kept because the table was full.
    public private(set) var overflows: UInt64 = 0

    /// The most tunnels that are kept: pairs of hosts times identifiers.
    public static var limit: Int { 1 << 17 }

    /// Whether none was seen: then there are no twins either.
    var isEmpty: Bool { tunnels.isEmpty }

    /// A tunnel by its number; nil for 0.
    public subscript(_ number: UInt32) -> Tunnel? {
        number == 0 ? nil : tunnels[Int(number) - 1]
    }

    /// Who sent the outer packet, without a copy of the rest.
    func source(of number: UInt32) -> IPAddress? { number == 0 ? nil : tunnels[Int(number) - 1].source }

    mutating func number(of tunnel: Tunnel) -> UInt32 {
        if let last, last.tunnel == tunnel { return last.number }
        if let number = numbers[tunnel] {
            last = (tunnel, number)
            return number
        }
        guard tunnels.count < Self.limit else {
            overflows += 1
            return 0
        }
        tunnels.append(tunnel)
        let number = UInt32(tunnels.count)
        numbers[tunnel] = number
        return number
    }
}

extension Tunnel {
    /// Reads the outer header of a packet that travels in a tunnel.
    init(_ packet: borrowing Packet, _ frame: RawSpan) {
        stack = packet.tunnels
        identifier = packet.tunnelIdentifier
        destinationPort = UInt16(truncatingIfNeeded: packet.outerPorts)
        let offset = Int(packet.outerOffset)
        guard offset >= 0, offset < frame.byteCount else { return }
        let bytes = frame.extracting(droppingFirst: offset)
        do throws(WireError) {
            if bytes[0] >> 4 == 4 {
                let header = try IPv4Header(bytes)
                source = .v4(IPv4Address(bits: header.source))
                destination = .v4(IPv4Address(bits: header.destination))
            } else {
                let header = try IPv6Header(bytes)
                source = .v6(IPv6Address(high: header.source.high, low: header.source.low))
                destination = .v6(IPv6Address(high: header.destination.high, low: header.destination.low))
            }
        } catch {
            // The dissector read it a moment ago; without it the tunnel is still a tunnel.
            source = nil
            destination = nil
        }
    }
}
