/// An IPv4 or an IPv6 address.
@frozen public enum IPAddress: Hashable, Sendable, BitwiseCopyable {
    case v4(IPv4Address)
    case v6(IPv6Address)

    /// An address from two numbers, an IPv4 one from the second alone, as flow keys hold it.
    @inlinable public init(high: UInt64, low: UInt64, isIPv6: Bool) {
        self =
            isIPv6
            ? .v6(IPv6Address(high: high, low: low)) : .v4(IPv4Address(bits: UInt32(truncatingIfNeeded: low)))
    }

    /// Whether it is an IPv6 address.
    @inlinable public var isIPv6: Bool {
        switch self {
        case .v4: false
        case .v6: true
        }
    }

    /// Whether packets to it are meant for more than one host: multicast or limited broadcast.
    @inlinable public var isMulticast: Bool {
        switch self {
        case .v4(let address): address.isMulticast || address.isBroadcast
        case .v6(let address): address.isMulticast
        }
    }
}

extension IPAddress: Comparable {
    /// IPv4 before IPv6, then by number.
    public static func < (left: Self, right: Self) -> Bool {
        switch (left, right) {
        case (.v4(let left), .v4(let right)): left < right
        case (.v6(let left), .v6(let right)): left < right
        case (.v4, .v6): true
        case (.v6, .v4): false
        }
    }
}

extension IPAddress: CustomStringConvertible {
    public var description: String {
        switch self {
        case .v4(let address): address.description
        case .v6(let address): address.description
        }
    }
}
