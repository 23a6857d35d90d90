/// A colour as a program asks for it; what the terminal is sent depends on its `ColorDepth`.
package enum Color: Hashable, Sendable {
    /// What the user chose for text, or for what lies behind it.
    case standard
    /// One of the sixteen colours the user's terminal defines, 0 to 15; only the low four bits count.
    case ansi(UInt8)
    /// One of 256: the sixteen, a cube of 6 × 6 × 6, and 24 greys.
    case palette(UInt8)
    case rgb(UInt8, UInt8, UInt8)
}

extension Color {
    /// 26 bits: two for the kind, 24 for the value.
    init(bits: UInt64) {
        let value = UInt32(truncatingIfNeeded: bits & 0xff_ffff)
        switch bits >> 24 & 3 {
        case 0: self = .standard
        case 1: self = .ansi(UInt8(truncatingIfNeeded: value))
        case 2: self = .palette(UInt8(truncatingIfNeeded: value))
        default:
            self = .rgb(
                UInt8(truncatingIfNeeded: value >> 16),
                UInt8(truncatingIfNeeded: value >> 8),
                UInt8(truncatingIfNeeded: value)
            )
        }
    }

    var bits: UInt64 {
        switch self {
        case .standard: 0
        case .ansi(let number): 1 << 24 | UInt64(number & 15)
        case .palette(let number): 2 << 24 | UInt64(number)
        case .rgb(let red, let green, let blue):
            3 << 24 | UInt64(red) << 16 | UInt64(green) << 8 | UInt64(blue)
        }
    }
}
