/// A block of addresses that begin alike: `10.0.0.0/8`, `2001:db8::/32`. A single address is a block of one.
///
/// RFC 4632, section 3.1; RFC 4291, section 2.3.
public struct IPPrefix: Hashable, Sendable, BitwiseCopyable {
    /// The first address of the block.
    public let address: IPAddress
    /// How many bits all its addresses have in common: up to 32, or 128.
    public let length: UInt8

    /// The block that an address is in; bits past `length` are cleared. Nil when there are not so many bits.
    public init?(_ address: IPAddress, length: Int) {
        guard 0...(address.isIPv6 ? 128 : 32) ~= length else { return nil }
        self.length = UInt8(length)
        switch address {
        case .v4(let address):
            self.address = .v4(IPv4Address(bits: address.bits & Self.mask(length)))
        case .v6(let address):
            let high = address.high & Self.mask(min(length, 64))
            let low = address.low & Self.mask(max(length - 64, 0))
            self.address = .v6(IPv6Address(high: high, low: low))
        }
    }

    /// Ones in the first places. Swift's shifts past the width give zero.
    private static func mask<Bits: FixedWidthInteger & UnsignedInteger>(_ length: Int) -> Bits {
        .max << (Bits.bitWidth - length)
    }

    /// Whether an address is in it. None of the other family is, IPv4-mapped ones among them.
    public func contains(_ other: IPAddress) -> Bool {
        switch (address, other) {
        case (.v4(let first), .v4(let other)):
            (first.bits ^ other.bits) & Self.mask(Int(length)) == 0
        case (.v6(let first), .v6(let other)):
            (first.high ^ other.high) & Self.mask(min(Int(length), 64))
                | (first.low ^ other.low) & Self.mask(max(Int(length) - 64, 0)) == 0
        default: false
        }
    }
}

extension IPPrefix: LosslessStringConvertible {
    /// Reads an address, or one with `/` and a decimal length behind it; nil for anything else.
    public init?(_ description: String) {
        self.init(text: description.utf8Span.span)
    }

    /// The same of bytes, which need be no text.
    package init?(text: Span<UInt8>) {
        var slash = text.count
        while slash > 0, text[slash - 1] != 0x2f { slash -= 1 }
        guard slash > 0 else {
            guard let address = IPAddress(text: text) else { return nil }
            self.init(address, length: address.isIPv6 ? 128 : 32)
            return
        }
        let digits = text.extracting(slash..<text.count)
        // No sign, and no leading zero that somebody might read as octal.
        guard 1...3 ~= digits.count, digits.count == 1 || digits[0] != 0x30 else { return nil }
        var length = 0
        for place in 0..<digits.count {
            guard 0x30...0x39 ~= digits[place] else { return nil }
            length = length * 10 + Int(digits[place] - 0x30)
        }
        guard let address = IPAddress(text: text.extracting(0..<slash - 1)) else { return nil }
        self.init(address, length: length)
    }

    /// The address alone when it is a block of one.
    public var description: String {
        length == (address.isIPv6 ? 128 : 32) ? "\(address)" : "\(address)/\(length)"
    }
}
