import Addressing

/// A flow's name in records: the same for the same capture and settings, and hardly ever the same for two.
public struct FlowIdentifier: Hashable, Sendable, CustomStringConvertible {
    /// The name as a number.
    public let bits: UInt64

    /// The name that a number stands for, such as one that was stored.
    public init(bits: UInt64) {
        self.bits = bits
    }

    /// Mixed from when the flow began and how many began before it, so that it tells nothing and collides with nothing.
    init(serial: UInt32, first: Timestamp) {
        var mixed = UInt64(bitPattern: first.nanoseconds) &* 0x9e37_79b9_7f4a_7c15 ^ UInt64(serial)
        mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
        bits = mixed ^ mixed >> 31
    }

    /// Sixteen hexadecimal digits.
    public var description: String {
        let digits = String(bits, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
