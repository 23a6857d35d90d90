package import Addressing

/// How the packets of a flow went from host to host: in a tunnel, or as one.
package struct Carriage: Hashable, Sendable {
    package var source: IPAddress
    package var destination: IPAddress
    /// `vxlan`, `wireguard` and the like.
    package var tunnel: String
    /// A VNI, where the tunnel has one.
    package var identifier: UInt32?
    /// Whether what is inside cannot be read.
    package var isEncrypted: Bool

    package init(
        source: IPAddress,
        destination: IPAddress,
        tunnel: String,
        identifier: UInt32? = nil,
        isEncrypted: Bool = false
    ) {
        self.source = source
        self.destination = destination
        self.tunnel = tunnel
        self.identifier = identifier
        self.isEncrypted = isEncrypted
    }
}

/// A host that sends or receives others' packets in tunnels: a VTEP (RFC 7348), a gateway of a VPN.
package struct TunnelEnd: Hashable, Sendable {
    package let address: IPAddress
    package private(set) var first: Timestamp
    package private(set) var last: Timestamp
    /// Kinds of tunnel, in order of their first sight; at most `tunnelLimit`.
    package private(set) var tunnels: [String] = []
    /// Identifiers of what it carries, in order of their first sight; at most `identifierLimit`.
    package private(set) var identifiers: [UInt32] = []
    /// Whether it had more than that.
    package private(set) var hasMoreIdentifiers = false
    /// Whether some of what it carries could be read by anybody on the way.
    package private(set) var carriesReadable = false
    /// Whether some of it is encrypted: ESP (RFC 4303), WireGuard.
    package private(set) var carriesEncrypted = false

    package static var tunnelLimit: Int { 8 }
    package static var identifierLimit: Int { 16 }

    package init(_ address: IPAddress, at time: Timestamp) {
        self.address = address
        first = time
        last = time
    }

    /// One as it was told; beyond the bounds of its lists nothing is kept.
    package init(
        _ address: IPAddress,
        from first: Timestamp,
        to last: Timestamp,
        tunnels: [String],
        identifiers: [UInt32],
        hasMoreIdentifiers: Bool,
        carriesReadable: Bool,
        carriesEncrypted: Bool
    ) {
        self.address = address
        self.first = first
        self.last = last
        self.tunnels = Array(tunnels.prefix(Self.tunnelLimit))
        self.identifiers = Array(identifiers.prefix(Self.identifierLimit))
        self.hasMoreIdentifiers = hasMoreIdentifiers || identifiers.count > Self.identifierLimit
        self.carriesReadable = carriesReadable
        self.carriesEncrypted = carriesEncrypted
    }

    package mutating func note(_ carriage: Carriage, from first: Timestamp, to last: Timestamp) {
        self.first = min(self.first, first)
        self.last = max(self.last, last)
        if carriage.isEncrypted { carriesEncrypted = true } else { carriesReadable = true }
        if !tunnels.contains(carriage.tunnel), tunnels.count < Self.tunnelLimit { tunnels.append(carriage.tunnel) }
        guard let identifier = carriage.identifier, !identifiers.contains(identifier) else { return }
        if identifiers.count < Self.identifierLimit {
            identifiers.append(identifier)
        } else {
            hasMoreIdentifiers = true
        }
    }
}

extension ConnectionGraph {
    /// Notes both hosts that a flow went between; beyond the bound new ones are counted only.
    mutating func note(_ carriage: Carriage, _ flow: FlowObservation) {
        for address in [carriage.source, carriage.destination] {
            if tunnelEnds[address] == nil {
                guard tunnelEnds.count < limits.tunnelEnds else {
                    if flow.isAnother { folding.tunnelEnds &+= 1 }
                    continue
                }
                tunnelEnds[address] = TunnelEnd(address, at: flow.first)
            }
            tunnelEnds[address]?.note(carriage, from: flow.first, to: flow.last)
        }
    }
}
