package import Addressing

/// Tells edges apart: who began, who was asked, and for which service.
package struct EdgeKey: Hashable, Comparable, Sendable {
    package var source: EndpointKey
    package var destination: EndpointKey
    /// As IANA registers them: 6 for TCP.
    package var protocolNumber: UInt8
    /// The responder's port; nil for protocols without ports, and where there are too many between the two.
    package var port: UInt16?

    package init(_ source: EndpointKey, _ destination: EndpointKey, protocolNumber: UInt8, port: UInt16?) {
        self.source = source
        self.destination = destination
        self.protocolNumber = protocolNumber
        self.port = port
    }

    /// Everything beyond the graph's bound.
    static func others(_ protocolNumber: UInt8) -> Self {
        Self(.others, .others, protocolNumber: protocolNumber, port: nil)
    }

    var isOfOthers: Bool { source == .others && destination == .others }

    package static func < (left: Self, right: Self) -> Bool {
        if left.source != right.source { return left.source < right.source }
        if left.destination != right.destination { return left.destination < right.destination }
        if left.protocolNumber != right.protocolNumber { return left.protocolNumber < right.protocolNumber }
        return (left.port.map(Int.init) ?? -1) < (right.port.map(Int.init) ?? -1)
    }
}

/// What was counted on an edge. Bytes are those of the innermost IP packets.
package struct EdgeCounts: Hashable, Sendable {
    /// Sent by the initiator.
    package var sourcePackets: UInt64 = 0
    package var sourceBytes: UInt64 = 0
    /// Sent by the responder.
    package var destinationPackets: UInt64 = 0
    package var destinationBytes: UInt64 = 0
    /// Flows that began; one that is cut by the active time-out is one.
    package var flows: UInt64 = 0
    /// TCP flows that came to nothing: no answer, or refused.
    package var failures: UInt64 = 0

    package init() {}

    package var packets: UInt64 { sourcePackets &+ destinationPackets }
    package var bytes: UInt64 { sourceBytes &+ destinationBytes }
    package var isZero: Bool { self == Self() }

    /// The same seen from the other end.
    package var turned: Self {
        var turned = self
        swap(&turned.sourcePackets, &turned.destinationPackets)
        swap(&turned.sourceBytes, &turned.destinationBytes)
        return turned
    }

    mutating func add(_ more: Self) { self = self + more }

    /// Whether nothing of it is less than in another.
    func holds(_ other: Self) -> Bool {
        sourcePackets >= other.sourcePackets && sourceBytes >= other.sourceBytes
            && destinationPackets >= other.destinationPackets && destinationBytes >= other.destinationBytes
            && flows >= other.flows && failures >= other.failures
    }

    /// No more of anything than another has.
    func limited(to other: Self) -> Self { combined(other, min) }

    package static func + (left: Self, right: Self) -> Self { left.combined(right, &+) }

    /// What `left` has more than `right`; nothing where it has less.
    package static func - (left: Self, right: Self) -> Self { left.combined(right) { $0 > $1 ? $0 &- $1 : 0 } }

    private func combined(_ other: Self, _ operation: (UInt64, UInt64) -> UInt64) -> Self {
        var result = Self()
        result.sourcePackets = operation(sourcePackets, other.sourcePackets)
        result.sourceBytes = operation(sourceBytes, other.sourceBytes)
        result.destinationPackets = operation(destinationPackets, other.destinationPackets)
        result.destinationBytes = operation(destinationBytes, other.destinationBytes)
        result.flows = operation(flows, other.flows)
        result.failures = operation(failures, other.failures)
        return result
    }
}

/// What goes between two endpoints for one service.
package struct Edge: Hashable, Sendable {
    package var counts = EdgeCounts()
    package var first: Timestamp
    package var last: Timestamp
    /// Addresses of hosts that were asked for it, and led here: published ports. In order of their first sight, at most
    /// `publishedLimit`.
    package private(set) var published: [PublishedAddress] = []

    package static var publishedLimit: Int { 4 }

    package init(first: Timestamp, last: Timestamp) {
        self.first = first
        self.last = last
    }

    package mutating func note(_ asked: PublishedAddress) {
        guard !published.contains(asked), published.count < Self.publishedLimit else { return }
        published.append(asked)
    }

    mutating func add(_ more: EdgeCounts, from first: Timestamp, to last: Timestamp) {
        counts = counts + more
        self.first = min(self.first, first)
        self.last = max(self.last, last)
    }
}

/// What a client asked for where something else answered: a published port, a service's address.
package struct PublishedAddress: Hashable, Sendable {
    package let address: IPAddress
    package let port: UInt16

    package init(address: IPAddress, port: UInt16) {
        self.address = address
        self.port = port
    }
}
