/// What comes in brackets: pasted text, and strings such as the answer to OSC 11.
extension KeyDecoder {
    private static var pasteEnd: [UInt8] { [0x1b, 0x5b, 0x32, 0x30, 0x31, 0x7e] }

    mutating func paste(_ byte: UInt8, _ events: inout [TerminalEvent]) {
        // Past the bound only the last bytes are kept, to find the end by.
        if pending.count == Self.pasteLimit + Self.pasteEnd.count {
            pending.remove(at: Self.pasteLimit)
        }
        pending.append(byte)
        if byte == 0x7e, pending.suffix(Self.pasteEnd.count).elementsEqual(Self.pasteEnd) {
            pending.removeLast(Self.pasteEnd.count)
            endPaste(&events)
        }
    }

    mutating func endPaste(_ events: inout [TerminalEvent]) {
        var bytes = pending.prefix(Self.pasteLimit)
        // A character that the bound cut in half.
        if pending.count >= Self.pasteLimit, let lead = bytes.suffix(4).lastIndex(where: { $0 & 0xc0 != 0x80 }) {
            let length = bytes[lead] >= 0xf0 ? 4 : bytes[lead] >= 0xe0 ? 3 : bytes[lead] >= 0xc0 ? 2 : 1
            if bytes.endIndex - lead < length { bytes.removeLast(bytes.endIndex - lead) }
        }
        events.append(.paste(String(decoding: bytes, as: UTF8.self)))
        reset()
    }

    /// Ends at BEL or at `ESC \`; any other escape begins anew.
    mutating func string(_ byte: UInt8, _ events: inout [TerminalEvent]) {
        if case .stringEscape = state {
            let isEnd = byte == 0x5c
            if isEnd { finishString(&events) }
            reset()
            if !isEnd {
                state = .escape
                feed([byte], to: &events)
            }
            return
        }
        switch byte {
        case 0x07:
            finishString(&events)
            reset()
        case 0x1b: state = .stringEscape
        // CAN and SUB abort it.
        case 0x18, 0x1a: reset()
        default:
            swallowed += 1
            if pending.count < Self.stringLimit { pending.append(byte) }
            if swallowed > Self.patience { reset() }
        }
    }

    /// `]11;rgb:RRRR/GGGG/BBBB`, with one to four digits each. XParseColor(3).
    private func finishString(_ events: inout [TerminalEvent]) {
        guard swallowed < Self.stringLimit else { return }
        let text = String(decoding: pending, as: UTF8.self)
        guard text.hasPrefix("]11;rgb") else { return }
        guard let colon = text.firstIndex(of: ":") else { return }
        let parts = text[text.index(after: colon)...].split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 3 || parts.count == 4 else { return }
        var values: [UInt8] = []
        for part in parts.prefix(3) {
            guard (1...4).contains(part.utf8.count), let value = UInt32(part, radix: 16) else { return }
            let largest = (UInt32(1) << UInt32(4 * part.utf8.count)) - 1
            values.append(UInt8(value * 255 / largest))
        }
        events.append(.backgroundColor(values[0], values[1], values[2]))
    }
}
