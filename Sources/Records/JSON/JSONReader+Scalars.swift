/// Strings and numbers.
extension JSONReader {
    /// A string with its quotes.
    mutating func string() throws(JSONError) -> String {
        let start = position
        position += 1
        skipPlain()
        // Most strings are plain to their end, and need no copy on the way.
        if next == 0x22 {
            guard let plain = try? UTF8Span(validating: bytes.extracting((start + 1)..<position)) else {
                throw .unexpected(at: start)
            }
            position += 1
            return String(copying: plain)
        }
        var text: [UInt8] = []
        for place in (start + 1)..<position { text.append(bytes[place]) }
        while let byte = next {
            switch byte {
            case 0x22:
                position += 1
                guard let string = String(validating: text, as: UTF8.self) else { throw .unexpected(at: start) }
                return string
            case 0x5c:
                position += 1
                try appendEscape(to: &text)
            case 0..<0x20: throw .unexpected(at: position)
            default:
                text.append(byte)
                position += 1
            }
        }
        throw .unexpected(at: position)
    }

    /// Goes on to the first byte that ends a string, begins an escape, or may not stand in one.
    private mutating func skipPlain() {
        while let byte = next, byte >= 0x20, byte != 0x22, byte != 0x5c { position += 1 }
    }

    private mutating func appendEscape(to text: inout [UInt8]) throws(JSONError) {
        guard let byte = next else { throw .unexpected(at: position) }
        position += 1
        switch byte {
        case 0x22, 0x5c, 0x2f: text.append(byte)
        case 0x62: text.append(0x08)
        case 0x66: text.append(0x0c)
        case 0x6e: text.append(0x0a)
        case 0x72: text.append(0x0d)
        case 0x74: text.append(0x09)
        case 0x75: text.append(contentsOf: String(Character(try scalar())).utf8)
        default: throw .unexpected(at: position - 1)
        }
    }

    /// Four hexadecimal digits, or a surrogate pair of them. Half a pair is refused: no UTF-8 can say it.
    private mutating func scalar() throws(JSONError) -> Unicode.Scalar {
        let start = position
        var value = try unit()
        if value >> 10 == 0x36 {
            guard take(0x5c), take(0x75) else { throw .unexpected(at: position) }
            let low = try unit()
            guard low >> 10 == 0x37 else { throw .unexpected(at: start) }
            value = 0x1_0000 + (value & 0x3ff) << 10 + low & 0x3ff
        }
        guard let scalar = Unicode.Scalar(value) else { throw .unexpected(at: start) }
        return scalar
    }

    private mutating func unit() throws(JSONError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            let byte = next ?? 0
            switch byte {
            case 0x30...0x39: value = value << 4 | UInt32(byte - 0x30)
            case 0x41...0x46, 0x61...0x66: value = value << 4 | UInt32((byte | 0x20) - 0x57)
            default: throw .unexpected(at: position)
            }
            position += 1
        }
        return value
    }

    mutating func number() throws(JSONError) -> JSONValue {
        let start = position
        let isNegative = take(0x2d)
        var value: Int128 = 0
        var isLarge = false
        let first = position
        while let byte = next, byte >= 0x30, byte <= 0x39 {
            if value > Int128(UInt64.max) { isLarge = true } else { value = value * 10 + Int128(byte - 0x30) }
            position += 1
        }
        let digits = position - first
        // RFC 8259, section 6: no leading zeros.
        guard digits > 0, digits == 1 || bytes[first] != 0x30 else { throw .unexpected(at: first) }
        var isWhole = true
        if take(0x2e) {
            isWhole = false
            try someDigits()
        }
        if let byte = next, byte | 0x20 == 0x65 {
            position += 1
            isWhole = false
            if next == 0x2b || next == 0x2d { position += 1 }
            try someDigits()
        }
        guard isWhole, !isLarge else { return .fraction(try double(from: start)) }
        return .integer(isNegative ? -value : value)
    }

    /// The number whose digits end here.
    private func double(from start: Int) throws(JSONError) -> Double {
        guard let text = try? UTF8Span(validating: bytes.extracting(start..<position)),
            let number = Double(String(copying: text))
        else { throw .unexpected(at: start) }
        return number
    }

    private mutating func someDigits() throws(JSONError) {
        let start = position
        while let byte = next, byte >= 0x30, byte <= 0x39 { position += 1 }
        guard position > start else { throw .unexpected(at: position) }
    }
}
