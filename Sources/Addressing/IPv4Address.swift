/// An IPv4 address, in host byte order.
@frozen public struct IPv4Address: Hashable, Comparable, Sendable, BitwiseCopyable {
    /// The address as a number: 10.0.0.1 is `0x0a000001`.
    public var bits: UInt32

    @inlinable public init(bits: UInt32) {
        self.bits = bits
    }

    /// Whether it is in 224.0.0.0/4 (RFC 5771).
    @inlinable public var isMulticast: Bool { bits >> 28 == 14 }

    /// Whether it is 255.255.255.255 (RFC 919).
    @inlinable public var isBroadcast: Bool { bits == .max }

    @inlinable public static func < (left: Self, right: Self) -> Bool { left.bits < right.bits }
}

extension IPv4Address: CustomStringConvertible {
    /// Four decimal numbers with dots.
    public var description: String {
        "\(bits >> 24).\(bits >> 16 & 255).\(bits >> 8 & 255).\(bits & 255)"
    }
}
