extension IPv4Address: LosslessStringConvertible {
    /// Reads four decimal numbers with dots, such as `10.0.0.1`. Nil for anything else, leading zeros among it: some read them
    /// as octal.
    public init?(_ description: String) {
        self.init(text: description.utf8Span.span)
    }

    init?(text: Span<UInt8>) {
        var bits: UInt32 = 0
        var octet: UInt32 = 0
        var digits = 0
        var octets = 0
        for place in 0..<text.count {
            let byte = text[place]
            if byte == 0x2e {
                guard digits > 0, octets < 3 else { return nil }
                bits = bits << 8 | octet
                octets += 1
                digits = 0
                octet = 0
            } else {
                guard byte >= 0x30, byte <= 0x39, digits == 0 || octet != 0 else { return nil }
                octet = octet * 10 + UInt32(byte - 0x30)
                digits += 1
                if octet > 255 { return nil }
            }
        }
        guard octets == 3, digits > 0 else { return nil }
        self.init(bits: bits << 8 | octet)
    }
}
