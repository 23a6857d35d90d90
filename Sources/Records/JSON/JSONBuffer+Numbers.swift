import Addressing

/// Numbers and addresses as text, digit by digit, so that no `String` is made on the way.
extension JSONBuffer {
    /// Appends a number in decimal.
    mutating func appendDecimal(_ number: some FixedWidthInteger) {
        if number < 0 { append(0x2d) }
        appendDecimal(UInt64(number.magnitude), width: 1)
    }

    /// Appends a number in decimal with at least `width` digits, at most 20.
    mutating func appendDecimal(_ number: UInt64, width: Int) {
        if number < 10, width <= 1 {
            append(0x30 &+ UInt8(truncatingIfNeeded: number))
            return
        }
        var digits = InlineArray<20, UInt8>(repeating: 0x30)
        var rest = number
        var start = 20
        while rest != 0 {
            start -= 1
            digits[start] = 0x30 &+ UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
        append(digits.span.extracting(min(start, 20 - width)..<20))
    }

    /// Appends an address.
    mutating func append(_ address: IPAddress) {
        switch address {
        case .v4(let address): append(address)
        case .v6(let address): append(address)
        }
    }

    private mutating func append(_ address: IPv4Address) {
        for shift in stride(from: UInt32(24), through: 0, by: -8) {
            if shift < 24 { append(0x2e) }
            appendDecimal(UInt64(address.bits >> shift & 0xff), width: 1)
        }
    }

    /// RFC 5952: the first longest run of two or more zero groups becomes `::`; IPv4-mapped ones end in dots.
    private mutating func append(_ address: IPv6Address) {
        if address.high == 0, address.low >> 32 == 0xffff {
            append(literal: "::ffff:")
            append(IPv4Address(bits: UInt32(truncatingIfNeeded: address.low)))
            return
        }
        let zeros = address.longestRunOfZeroGroups
        var group = 0
        while group < 8 {
            if group == zeros.lowerBound, !zeros.isEmpty {
                append(literal: "::")
                group = zeros.upperBound
                continue
            }
            if group > 0, group != zeros.upperBound || zeros.isEmpty { append(0x3a) }
            appendHexadecimal(address[group])
            group += 1
        }
    }

    private mutating func appendHexadecimal(_ number: UInt16) {
        var shift: UInt16 = number > 0xfff ? 12 : number > 0xff ? 8 : number > 0xf ? 4 : 0
        while true {
            append(Self.hexadecimal(UInt8(truncatingIfNeeded: number >> shift & 15)))
            if shift == 0 { return }
            shift -= 4
        }
    }

    /// Appends a hardware address in lower case with colons, as `ip link` and container runtimes print it.
    mutating func append(_ address: MACAddress) {
        for shift in stride(from: UInt64(40), through: 0, by: -8) {
            if shift < 40 { append(0x3a) }
            let octet = UInt8(truncatingIfNeeded: address.bits >> shift)
            append(Self.hexadecimal(octet >> 4))
            append(Self.hexadecimal(octet & 15))
        }
    }
}
