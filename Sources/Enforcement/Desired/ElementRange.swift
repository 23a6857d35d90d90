import Addressing
import Netlink

/// Addresses and ports that are blocked together for somebody: a rectangle, the one side addresses, the other ports.
///
/// The kernel's sets of ranges refuse ranges that overlap, so overlapping ones are cut into pieces that do not, each as long in force as
/// the longest of those it is cut from.
struct ElementRange {
    var addresses: ClosedRange<UInt128>
    var ports: ClosedRange<UInt16>
    var element: DesiredElement

    /// What covers the same and has no two that overlap, in order of ports and addresses.
    static func disjoint(_ ranges: [Self]) -> [Self] {
        guard ranges.count > 1 else { return ranges }
        var pieces: [Self] = []
        for ports in segments(ranges.map(\.ports)) {
            let there = ranges.filter { $0.ports.contains(ports.lowerBound) }
            for piece in sweep(there, ports) {
                // Neighbours that are alike are one, so that what had no overlap stays whole.
                if let last = pieces.last, last.ports == piece.ports, last.element == piece.element,
                    last.addresses.upperBound &+ 1 == piece.addresses.lowerBound
                {
                    pieces[pieces.count - 1].addresses = last.addresses.lowerBound...piece.addresses.upperBound
                } else {
                    pieces.append(piece)
                }
            }
        }
        return pieces
    }

    /// The pieces of one segment of ports: from edge to edge, whatever lies over it.
    private static func sweep(_ ranges: [Self], _ ports: ClosedRange<UInt16>) -> [Self] {
        let sorted = ranges.sorted { $0.addresses.lowerBound < $1.addresses.lowerBound }
        let edges = segments(sorted.map(\.addresses))
        var (next, open): (Int, [Self]) = (0, [])
        return edges.compactMap { edge in
            open.removeAll { $0.addresses.upperBound < edge.lowerBound }
            while next < sorted.count, sorted[next].addresses.lowerBound <= edge.lowerBound {
                open.append(sorted[next])
                next += 1
            }
            guard var element = open.first?.element else { return nil }
            for other in open.dropFirst() { element.join(other.element) }
            return Self(addresses: edge, ports: ports, element: element)
        }
    }

    /// Cuts ranges at each other's edges; gaps between them are among what comes out.
    private static func segments<Number: FixedWidthInteger>(_ ranges: [ClosedRange<Number>]) -> [ClosedRange<Number>] {
        var starts = Set(ranges.map(\.lowerBound))
        for range in ranges where range.upperBound < .max { starts.insert(range.upperBound + 1) }
        let sorted = starts.sorted()
        let last = ranges.map(\.upperBound).max() ?? .min
        return sorted.indices.compactMap { place in
            let end = place + 1 < sorted.count ? sorted[place + 1] - 1 : last
            return sorted[place] <= end ? sorted[place]...end : nil
        }
    }
}

extension IPPrefix {
    /// Its addresses as numbers.
    var numbers: ClosedRange<UInt128> {
        switch address {
        case .v4(let first):
            let size: UInt128 = 1 << (32 - UInt128(length))
            return UInt128(first.bits)...UInt128(first.bits) + size - 1
        case .v6(let first):
            let number = UInt128(first.high) << 64 | UInt128(first.low)
            let rest: UInt128 = length == 0 ? .max : (1 << (128 - UInt128(length))) - 1
            return number...number + rest
        }
    }
}

extension Nftables.Field {
    /// Addresses by their numbers.
    static func addresses(_ numbers: ClosedRange<UInt128>, isIPv6: Bool) -> Self {
        let kind: Nftables.FieldKind = isIPv6 ? .ipv6 : .ipv4
        // Both ends are as long as the kind says and in order, so there is one.
        return Self(
            kind,
            first: octets(numbers.lowerBound, count: kind.length),
            last: octets(numbers.upperBound, count: kind.length)
        ) ?? .address(.v4(IPv4Address(bits: 0)))
    }

    private static func octets(_ number: UInt128, count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: number >> UInt128(8 * (count - 1 - $0))) }
    }
}
