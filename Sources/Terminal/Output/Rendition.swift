/// The style in which the terminal writes now, and the bytes that change it: SGR, ECMA-48 8.3.117.
struct Rendition {
    private(set) var style = Style.standard

    mutating func change(to wanted: Style, bytes: inout [UInt8]) {
        guard wanted != style else { return }
        defer { style = wanted }
        if wanted == .standard {
            bytes.appendControl(final: 0x6d)
            return
        }
        var current = style
        bytes.append([UInt8].escape)
        bytes.append(0x5b)
        // One code ends both bold and faint, so whatever ends starts from nothing.
        if current.isEnded(by: wanted) {
            bytes.append(code: 0)
            current = .standard
        }
        if wanted.isBold && !current.isBold { bytes.append(code: 1) }
        if wanted.isFaint && !current.isFaint { bytes.append(code: 2) }
        if wanted.isUnderlined && !current.isUnderlined { bytes.append(code: 4) }
        if wanted.isReverse && !current.isReverse { bytes.append(code: 7) }
        if wanted.foreground != current.foreground { bytes.append(wanted.foreground, base: 30) }
        if wanted.background != current.background { bytes.append(wanted.background, base: 40) }
        // The semicolon after the last code makes way for the final byte.
        bytes[bytes.count - 1] = 0x6d
    }
}

extension Style {
    fileprivate func isEnded(by next: Style) -> Bool {
        (isBold && !next.isBold) || (isFaint && !next.isFaint) || (isReverse && !next.isReverse)
            || (isUnderlined && !next.isUnderlined)
    }
}

extension [UInt8] {
    fileprivate mutating func append(code: Int) {
        append(decimal: code)
        append(0x3b)
    }

    /// `base` is 30 for what is written and 40 for what lies behind it.
    fileprivate mutating func append(_ color: Color, base: Int) {
        switch color {
        case .standard: append(code: base + 9)
        case .ansi(let number): append(code: Int(number) + (number < 8 ? base : base + 52))
        case .palette(let number):
            append(code: base + 8)
            append(code: 5)
            append(code: Int(number))
        case .rgb(let red, let green, let blue):
            append(code: base + 8)
            append(code: 2)
            append(code: Int(red))
            append(code: Int(green))
            append(code: Int(blue))
        }
    }
}
