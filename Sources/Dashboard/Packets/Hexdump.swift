/// Bytes as sixteen a line: where they are, what they are, and which of them are letters.
enum Hexdump {
    /// Bytes that are shown; what is beyond is counted.
    static var limit: Int { 4096 }

    static func lines(of bytes: [UInt8], perLine: Int = 16) -> [String] {
        let perLine = max(perLine, 4)
        var lines: [String] = []
        for start in stride(from: 0, to: min(bytes.count, limit), by: perLine) {
            let part = bytes[start..<min(start + perLine, bytes.count, limit)]
            var text = hex(start, digits: 4) + " "
            for index in 0..<perLine {
                if index % 8 == 0 { text += " " }
                text += index < part.count ? hex(Int(part[start + index]), digits: 2) + " " : "   "
            }
            text += " "
            for byte in part { text.unicodeScalars.append(0x20..<0x7f ~= byte ? Unicode.Scalar(byte) : ".") }
            lines.append(text)
        }
        if bytes.count > limit { lines.append("… \(bytes.count - limit) bytes more") }
        return lines
    }

    static func hex(_ value: Int, digits: Int) -> String {
        let text = String(value, radix: 16)
        return String(repeating: "0", count: max(digits - text.count, 0)) + text
    }
}
