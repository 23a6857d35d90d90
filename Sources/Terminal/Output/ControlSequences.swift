/// The bytes of control sequences, appended without a string in between. ECMA-48.
extension [UInt8] {
    static var escape: UInt8 { 0x1b }

    mutating func append(decimal value: Int) {
        if value >= 10 { append(decimal: value / 10) }
        append(0x30 + UInt8(value % 10))
    }

    /// `ESC [`, what is given, and the final byte.
    mutating func appendControl(_ value: Int? = nil, _ second: Int? = nil, final: UInt8) {
        append(Self.escape)
        append(0x5b)
        if let value { append(decimal: value) }
        if let second {
            append(0x3b)
            append(decimal: second)
        }
        append(final)
    }

    mutating func append(text: StaticString) {
        text.withUTF8Buffer { unsafe append(contentsOf: $0) }
    }

    /// The scalars of a cell in UTF-8.
    mutating func append(_ cluster: Cluster) {
        if cluster.low < 0x80 {
            append(UInt8(truncatingIfNeeded: cluster.low))
            return
        }
        for index in 0..<cluster.count { append(utf8: cluster[index]) }
    }

    private mutating func append(utf8 value: UInt32) {
        func continuation(_ shift: UInt32) -> UInt8 { 0x80 | UInt8(truncatingIfNeeded: value >> shift & 0x3f) }
        switch value {
        case 0..<0x80: append(UInt8(truncatingIfNeeded: value))
        case 0x80..<0x800:
            append(0xc0 | UInt8(truncatingIfNeeded: value >> 6))
            append(continuation(0))
        case 0x800..<0x1_0000:
            append(0xe0 | UInt8(truncatingIfNeeded: value >> 12))
            append(continuation(6))
            append(continuation(0))
        default:
            append(0xf0 | UInt8(truncatingIfNeeded: value >> 18 & 7))
            append(continuation(12))
            append(continuation(6))
            append(continuation(0))
        }
    }
}

extension Int {
    var decimalDigits: Int { self < 10 ? 1 : self < 100 ? 2 : self < 1000 ? 3 : 4 }
}
