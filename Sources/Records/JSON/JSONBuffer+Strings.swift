/// Strings from outside, made safe for whoever reads the line: a parser, a terminal, a program that splits at line ends.
extension JSONBuffer {
    /// Appends a string with its quotes. A `String` is valid Unicode, so what is written is valid UTF-8.
    ///
    /// Escaped are, besides what RFC 8259 (section 7) demands, DEL and whatever Unicode calls a control, a format
    /// character (such as one that reverses the direction of writing) or a separator of lines.
    mutating func appendQuoted(_ text: some StringProtocol) {
        append(0x22)
        if text.utf8.allSatisfy(Self.isPlain) {
            append(plain: text)
        } else {
            for scalar in text.unicodeScalars { append(scalar) }
        }
        append(0x22)
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte < 0x7f && byte != 0x22 && byte != 0x5c
    }

    private mutating func append(_ scalar: Unicode.Scalar) {
        switch scalar.value {
        case 0x22, 0x5c:
            append(0x5c)
            append(UInt8(truncatingIfNeeded: scalar.value))
        case 0x08: append(literal: "\\b")
        case 0x09: append(literal: "\\t")
        case 0x0a: append(literal: "\\n")
        case 0x0c: append(literal: "\\f")
        case 0x0d: append(literal: "\\r")
        case 0x20..<0x7f:
            append(UInt8(truncatingIfNeeded: scalar.value))
        case _ where Self.isInvisible(scalar):
            for unit in scalar.utf16 { appendEscape(unit) }
        default:
            for byte in scalar.utf8 { append(byte) }
        }
    }

    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }

    private mutating func appendEscape(_ unit: UInt16) {
        append(literal: "\\u")
        for shift in stride(from: 12, through: 0, by: -4) {
            append(Self.hexadecimal(UInt8(truncatingIfNeeded: unit >> UInt16(shift) & 15)))
        }
    }

    /// The digit for a number below 16.
    static func hexadecimal(_ value: UInt8) -> UInt8 {
        value < 10 ? 0x30 &+ value : 0x57 &+ value
    }
}
