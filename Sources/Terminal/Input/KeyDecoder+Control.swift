/// Sequences that begin with `ESC [` or `ESC O`. ECMA-48 5.4, and xterm's documentation of what keys send.
extension KeyDecoder {
    mutating func control(_ byte: UInt8, _ events: inout [TerminalEvent]) {
        switch byte {
        case 0x20..<0x40:
            // An endless one is dropped up to its final byte.
            if pending.count < Self.sequenceLimit { pending.append(byte) } else { swallowed += 1 }
            if swallowed > Self.patience { reset() }
        case 0x40..<0x7f:
            // The Linux console's F1 to F5: ESC [ [ A.
            if byte == 0x5b, pending.isEmpty {
                pending.append(byte)
                return
            }
            if pending.first == 0x5b {
                if (0x41...0x45).contains(byte) { events.append(.key(.function(Int(byte) - 0x40), [])) }
                return reset()
            }
            let isWhole = swallowed == 0
            let parameters = pending
            reset()
            if isWhole { finish(parameters, byte, &events) }
        case 0x1b:
            reset()
            state = .escape
        default:
            reset()
            if byte < 0x20 { ground(byte, &events) }
        }
    }

    mutating func singleShift(_ byte: UInt8, _ events: inout [TerminalEvent]) {
        switch byte {
        case 0x50...0x53: events.append(.key(.function(Int(byte) - 0x4f), []))
        // The keypad's Enter.
        case 0x4d: events.append(.key(.enter, []))
        case 0x1b: state = .escape
        default:
            if let key = Self.arrow(byte) {
                events.append(.key(key, []))
            } else if byte >= 0x20 {
                // Alt-O, and another key soon after.
                events.append(.key(.character("O"), .alt))
                ground(byte, &events)
            }
        }
    }

    private mutating func finish(_ bytes: [UInt8], _ final: UInt8, _ events: inout [TerminalEvent]) {
        if let first = bytes.first, (0x3c...0x3f).contains(first) {
            return finishPrivate(first, Self.numbers(bytes.dropFirst()), final, &events)
        }
        let numbers = Self.numbers(bytes[...])
        let modifiers = Modifiers(parameter: numbers.count > 1 ? numbers[1] : 1)
        switch final {
        case 0x7e: tilde(numbers, modifiers, &events)
        case 0x52 where numbers.count == 2 && expectedPositions > 0:
            expectedPositions -= 1
            events.append(.cursorPosition(row: numbers[0], column: numbers[1]))
        case 0x50...0x53: events.append(.key(.function(Int(final) - 0x4f), modifiers))
        case 0x5a: events.append(.key(.tab, .shift))
        case 0x49: events.append(.focus(true))
        case 0x4f: events.append(.focus(false))
        case 0x75: if let code = numbers.first { coded(code, modifiers, &events) }
        default: if let key = Self.arrow(final) { events.append(.key(key, modifiers)) }
        }
    }

    private mutating func finishPrivate(
        _ marker: UInt8,
        _ numbers: [Int],
        _ final: UInt8,
        _ events: inout [TerminalEvent]
    ) {
        switch (marker, final) {
        case (0x3c, 0x4d), (0x3c, 0x6d):
            if let event = MouseEvent(parameters: numbers, isRelease: final == 0x6d) { events.append(.mouse(event)) }
        case (0x3f, 0x63): events.append(.deviceAttributes(numbers))
        default: break
        }
    }

    private mutating func tilde(_ numbers: [Int], _ modifiers: Modifiers, _ events: inout [TerminalEvent]) {
        let key: Key
        switch numbers.first ?? 0 {
        case 1, 7: key = .home
        case 2: key = .insert
        case 3: key = .delete
        case 4, 8: key = .end
        case 5: key = .pageUp
        case 6: key = .pageDown
        // The numbers leave gaps where the VT220 had no keys.
        case 11...15: key = .function(numbers[0] - 10)
        case 17...21: key = .function(numbers[0] - 11)
        case 23...26: key = .function(numbers[0] - 12)
        case 28...29: key = .function(numbers[0] - 13)
        case 31...34: key = .function(numbers[0] - 14)
        case 27 where numbers.count == 3: return coded(numbers[2], modifiers, &events)
        case 200:
            state = .paste
            return
        default: return
        }
        events.append(.key(key, modifiers))
    }

    /// A key by its Unicode value, as xterm's modifyOtherKeys and kitty's protocol send it.
    private func coded(_ code: Int, _ modifiers: Modifiers, _ events: inout [TerminalEvent]) {
        switch code {
        case 9: events.append(.key(.tab, modifiers))
        case 13: events.append(.key(.enter, modifiers))
        case 27: events.append(.key(.escape, modifiers))
        case 8, 127: events.append(.key(.backspace, modifiers))
        case 32..<127, 0xa0..<0xe000, 0xf900...0x10_ffff:
            guard let scalar = Unicode.Scalar(UInt32(code)) else { return }
            events.append(.key(.character(Character(scalar)), modifiers))
        default: break
        }
    }

    private static func arrow(_ final: UInt8) -> Key? {
        switch final {
        case 0x41: .up
        case 0x42: .down
        case 0x43: .right
        case 0x44: .left
        case 0x46: .end
        case 0x48: .home
        default: nil
        }
    }

    /// The parameters, 0 where one is left out; at most 16, each below 2²⁰. What follows a colon is dropped.
    static func numbers(_ bytes: ArraySlice<UInt8>) -> [Int] {
        if bytes.isEmpty { return [] }
        var numbers = [0]
        var isSub = false
        for byte in bytes {
            switch byte {
            case 0x30...0x39:
                let value = numbers[numbers.count - 1]
                if !isSub, value < 100_000 { numbers[numbers.count - 1] = value * 10 + Int(byte - 0x30) }
            case 0x3a: isSub = true
            case 0x3b:
                if numbers.count == 16 { return numbers }
                numbers.append(0)
                isSub = false
            default: break
            }
        }
        return numbers
    }
}
