/// An IPv6 address, in host byte order.
@frozen public struct IPv6Address: Hashable, Comparable, Sendable, BitwiseCopyable {
    /// The first eight octets: prefix and subnet, mostly.
    public var high: UInt64

    /// The last eight octets: the interface identifier, mostly.
    public var low: UInt64

    @inlinable public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// Whether it is in ff00::/8 (RFC 4291, section 2.7).
    @inlinable public var isMulticast: Bool { high >> 56 == 0xff }

    @inlinable public static func < (left: Self, right: Self) -> Bool {
        left.high != right.high ? left.high < right.high : left.low < right.low
    }
}

extension IPv6Address: CustomStringConvertible {
    /// The one text form of RFC 5952: lower case, no leading zeros, the longest run of zero groups (two or more, the
    /// first among equals) as `::`, and IPv4-mapped addresses with a dotted tail.
    public var description: String {
        if high == 0, low >> 32 == 0xffff {
            return "::ffff:\(IPv4Address(bits: UInt32(truncatingIfNeeded: low)))"
        }
        let zeros = longestRunOfZeroGroups
        var text = ""
        var group = 0
        while group < 8 {
            if group == zeros.lowerBound, !zeros.isEmpty {
                text += "::"
                group = zeros.upperBound
                continue
            }
            if group > 0, group != zeros.upperBound || zeros.isEmpty { text += ":" }
            text += String(self[group], radix: 16)
            group += 1
        }
        return text
    }

    /// One of the eight 16-bit groups, the first being 0.
    package subscript(group: Int) -> UInt16 {
        UInt16(truncatingIfNeeded: (group < 4 ? high : low) >> UInt64((3 - group & 3) * 16))
    }

    /// The groups that RFC 5952 writes as `::`; empty when there are none.
    package var longestRunOfZeroGroups: Range<Int> {
        var best = 0..<0
        var start = 0
        for group in 0...8 where group == 8 || self[group] != 0 {
            if group - start > best.count, group - start > 1 { best = start..<group }
            start = group + 1
        }
        return best
    }
}
