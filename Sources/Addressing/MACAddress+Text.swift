extension MACAddress: LosslessStringConvertible {
    /// Reads six octets of two hexadecimal digits each with colons between; nil for anything else.
    public init?(_ description: String) {
        let text = description.utf8
        guard text.count == 17 else { return nil }
        var bits: UInt64 = 0
        for (place, byte) in text.enumerated() {
            if place % 3 == 2 {
                guard byte == 0x3a else { return nil }
            } else {
                guard let digit = HexadecimalDigits.value(byte) else { return nil }
                bits = bits << 4 | UInt64(digit)
            }
        }
        self.init(bits: bits)
    }
}
