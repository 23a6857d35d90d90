/// JSON in lines, indented. Keys stay in their order, which a parsed value would not keep.
enum JSONLayout {
    /// The most lines that are made; the rest is left out, and the last one says so.
    static var limit: Int { 20_000 }

    /// Lays out valid JSON; of other bytes whatever comes, but no more than there is.
    static func lines(of bytes: [UInt8]) -> [String] {
        var layout = Layout()
        var isInString = false
        var isEscaped = false
        for (index, byte) in bytes.enumerated() {
            if layout.lines.count >= limit { return layout.lines + ["…"] }
            if isInString {
                layout.line.append(byte)
                if isEscaped {
                    isEscaped = false
                } else if byte == 0x5c {
                    isEscaped = true
                } else if byte == 0x22 {
                    isInString = false
                }
                continue
            }
            switch byte {
            case 0x22:
                isInString = true
                layout.line.append(byte)
            case 0x7b, 0x5b:
                layout.open(
                    byte,
                    isEmpty: index + 1 < bytes.count && (bytes[index + 1] == 0x7d || bytes[index + 1] == 0x5d)
                )
            case 0x7d, 0x5d: layout.close(byte)
            case 0x2c:
                layout.line.append(byte)
                layout.end()
            case 0x3a: layout.line += [byte, 0x20]
            case 0x20, 0x09, 0x0a, 0x0d: break
            default: layout.line.append(byte)
            }
        }
        layout.finish()
        return layout.lines
    }

    private struct Layout {
        var lines: [String] = []
        var line: [UInt8] = []
        var depth = 0
        var isEmpty = false

        mutating func open(_ byte: UInt8, isEmpty: Bool) {
            line.append(byte)
            depth += 1
            self.isEmpty = isEmpty
            if !isEmpty { end() }
        }

        mutating func close(_ byte: UInt8) {
            if !isEmpty { finish() }
            isEmpty = false
            depth = max(depth - 1, 0)
            if line.allSatisfy({ $0 == 0x20 }) { line = Array(repeating: 0x20, count: min(depth, 32) * 2) }
            line.append(byte)
        }

        mutating func end() {
            lines.append(String(decoding: line, as: UTF8.self))
            line = Array(repeating: 0x20, count: min(depth, 32) * 2)
        }

        mutating func finish() { if !line.allSatisfy({ $0 == 0x20 }) { end() } }
    }
}
