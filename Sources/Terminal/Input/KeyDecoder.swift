/// Turns the bytes a terminal sends into events.
///
/// Bytes may come in any pieces. Nothing they hold is trusted: what is no known sequence is dropped whole, and every
/// state is left after a bounded number of bytes or by `flush`. It has no clock: whoever reads calls `flush` when
/// `isPending` and nothing has come for a while (50 ms), for an escape that nothing follows is the key of that name.
package struct KeyDecoder {
    package static let pasteLimit = 65_536
    /// Bytes of a control sequence, and of a string such as the answer to OSC 11.
    static let sequenceLimit = 64
    static let stringLimit = 256
    /// What an endless string is let swallow before its bytes count as keys again.
    static let patience = 4096
    /// Silences after which a paste without an end is over: 2 s of 50 ms each.
    static let silences = 40

    enum State {
        case ground, escape, singleShift, control, string, stringEscape, paste
        case utf8(missing: Int)
    }

    var state = State.ground
    /// What came of the sequence, string or paste so far.
    var pending: [UInt8] = []
    /// Bytes of the string, also those no longer kept.
    var swallowed = 0
    private var silent = 0
    var scalar: UInt32 = 0
    var smallest: UInt32 = 0
    var isAlternate = false

    /// How many answers to `CSI 6 n` are due. Without one, what looks like it may be F3 with a modifier.
    package var expectedPositions = 0

    package init() {}

    /// Whether it waits for more; then call `flush` when none comes.
    package var isPending: Bool {
        if case .ground = state { false } else { true }
    }

    /// Takes bytes and appends the events they complete.
    package mutating func feed(_ bytes: some Sequence<UInt8>, to events: inout [TerminalEvent]) {
        silent = 0
        for byte in bytes { take(byte, &events) }
    }

    /// Nothing came for a while: what is there is all there will be.
    package mutating func flush(to events: inout [TerminalEvent]) {
        switch state {
        case .ground: break
        case .escape:
            events.append(.key(.escape, []))
            reset()
        case .singleShift, .control:
            // Alt and a letter that also begins sequences.
            if pending.isEmpty {
                let letter: Character = if case .control = state { "[" } else { "O" }
                events.append(.key(.character(letter), .alt))
            }
            reset()
        case .utf8:
            reset()
        case .string, .stringEscape:
            // An answer may come slowly; its rest must not count as keys.
            silent += 1
            if silent >= Self.silences / 4 { reset() }
        case .paste:
            silent += 1
            if silent >= Self.silences { endPaste(&events) }
        }
    }

    mutating func reset() {
        state = .ground
        pending.removeAll(keepingCapacity: true)
        swallowed = 0
        silent = 0
        isAlternate = false
    }

    private mutating func take(_ byte: UInt8, _ events: inout [TerminalEvent]) {
        switch state {
        case .ground: ground(byte, &events)
        case .escape: escape(byte, &events)
        case .utf8(let missing): continuation(byte, missing, &events)
        case .singleShift:
            state = .ground
            singleShift(byte, &events)
        case .control: control(byte, &events)
        case .string, .stringEscape: string(byte, &events)
        case .paste: paste(byte, &events)
        }
    }

    private mutating func escape(_ byte: UInt8, _ events: inout [TerminalEvent]) {
        switch byte {
        case 0x5b: state = .control
        case 0x4f: state = .singleShift
        // OSC, DCS, APC, PM, SOS: answers, of which one matters.
        case 0x5d, 0x50, 0x5f, 0x5e, 0x58:
            state = .string
            pending.append(byte)
        case 0x1b: events.append(.key(.escape, []))
        default:
            state = .ground
            isAlternate = true
            ground(byte, &events)
        }
    }

    mutating func ground(_ byte: UInt8, _ events: inout [TerminalEvent]) {
        let modifiers: Modifiers = isAlternate ? .alt : []
        var isDone = true
        switch byte {
        case 0x1b:
            state = .escape
            isDone = false
        case 0x0d: events.append(.key(.enter, modifiers))
        case 0x09: events.append(.key(.tab, modifiers))
        case 0x7f, 0x08: events.append(.key(.backspace, modifiers))
        case 0: events.append(.key(.character(" "), modifiers.union(.control)))
        // Control and a letter; 0x0a is Control-J.
        case 0x01..<0x1b:
            events.append(.key(.character(Character(Unicode.Scalar(byte + 0x60))), modifiers.union(.control)))
        case 0x1c..<0x20:
            events.append(.key(.character(Character(Unicode.Scalar(byte + 0x40))), modifiers.union(.control)))
        case 0x20..<0x7f: events.append(.key(.character(Character(Unicode.Scalar(byte))), modifiers))
        case 0xc2..<0xe0: begin(byte & 0x1f, missing: 1, smallest: 0x80)
        case 0xe0..<0xf0: begin(byte & 0x0f, missing: 2, smallest: 0x800)
        case 0xf0..<0xf5: begin(byte & 0x07, missing: 3, smallest: 0x1_0000)
        default: break
        }
        if case .utf8 = state { isDone = false }
        if isDone { isAlternate = false }
    }

    private mutating func begin(_ bits: UInt8, missing: Int, smallest: UInt32) {
        state = .utf8(missing: missing)
        scalar = UInt32(bits)
        self.smallest = smallest
    }

    private mutating func continuation(_ byte: UInt8, _ missing: Int, _ events: inout [TerminalEvent]) {
        guard byte & 0xc0 == 0x80 else {
            // The sequence was cut: it is dropped, and this byte begins anew.
            reset()
            return ground(byte, &events)
        }
        scalar = scalar << 6 | UInt32(byte & 0x3f)
        if missing > 1 {
            state = .utf8(missing: missing - 1)
            return
        }
        if scalar >= max(smallest, 0xa0), let character = Unicode.Scalar(scalar) {
            events.append(.key(.character(Character(character)), isAlternate ? .alt : []))
        }
        reset()
    }
}
