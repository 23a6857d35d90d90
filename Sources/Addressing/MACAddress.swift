/// A 48-bit hardware address, EUI-48.
///
/// IEEE Std 802-2014, section 8.
@frozen public struct MACAddress: Hashable, Sendable, BitwiseCopyable {
    /// The six octets in the low 48 bits, first octet on the wire highest.
    public var bits: UInt64

    @inlinable public init(bits: UInt64) {
        self.bits = bits & 0xffff_ffff_ffff
    }

    /// Whether the frame was meant for more than one station (the I/G bit).
    @inlinable public var isMulticast: Bool { bits & 0x0100_0000_0000 != 0 }

    /// Whether no address is there, as on a link without hardware addresses.
    @inlinable public var isZero: Bool { bits == 0 }
}

extension MACAddress: CustomStringConvertible {
    /// Lower-case octets with colons, such as `02:42:0a:f4:00:02`.
    public var description: String {
        var text = ""
        text.reserveCapacity(17)
        for shift in stride(from: 40, through: 0, by: -8) {
            if shift < 40 { text.append(":") }
            let octet = UInt8(truncatingIfNeeded: bits >> UInt64(shift))
            text.append(HexadecimalDigits.character(octet >> 4))
            text.append(HexadecimalDigits.character(octet & 15))
        }
        return text
    }
}

/// The sixteen digits, without going through `String(_:radix:)` and its allocation.
enum HexadecimalDigits {
    static func character(_ value: UInt8) -> Character {
        Character(UnicodeScalar(value < 10 ? 48 &+ value : 87 &+ value))
    }

    /// What a digit of either case stands for.
    static func value(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x37
        case 0x61...0x66: byte - 0x57
        default: nil
        }
    }
}
