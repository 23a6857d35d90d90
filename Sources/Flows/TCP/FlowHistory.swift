/// What happened in a flow, in order, as Zeek's letters: five bits each, in three words of 32.
///
/// Upper case for the originator, lower case for the responder. Its length is kept beside the counters.
struct FlowHistory: BitwiseCopyable {
    /// The first twelve letters, the first lowest.
    private var low: UInt64 = 0
    /// The others.
    private var high: UInt32 = 0

    /// The most letters that are kept; what is beyond is dropped.
    static var limit: UInt8 { 18 }

    /// The first of its words as a number, for protocols that have no history.
    var bits: UInt64 {
        get { low }
        set { low = newValue }
    }

    /// Appends a letter's code to a history that has `length` letters.
    mutating func append(_ code: UInt8, length: inout UInt8) {
        guard length < Self.limit else { return }
        if length < 12 {
            low |= UInt64(code & 31) << (UInt64(length) * 5)
        } else {
            high |= UInt32(code & 31) << (UInt32(length - 12) * 5)
        }
        length += 1
    }

    /// The letter at a position below `limit`, in ASCII.
    func character(at position: UInt8) -> UInt8 {
        let code = code(at: position)
        let letter: UInt8 =
            switch code >> 1 {
            case 0: 0x53  // S
            case 1: 0x48  // H
            case 2: 0x41  // A
            case 3: 0x44  // D
            case 4: 0x46  // F
            case 5: 0x52  // R
            case 6: 0x51  // Q
            case 7: 0x49  // I
            case 8: 0x54  // T
            case 9: 0x47  // G
            default: 0x57  // W
            }
        return letter | (code & 1) << 5
    }

    /// Whether the first letter of one that has any is an `S`, whose code is 0.
    var beginsWithSYN: Bool { low & 31 == 0 }

    /// Whether a letter stands among the first `length`.
    func contains(_ code: UInt8, length: UInt8) -> Bool {
        for position in 0..<length where self.code(at: position) == code { return true }
        return false
    }

    private func code(at position: UInt8) -> UInt8 {
        position < 12
            ? UInt8(truncatingIfNeeded: low >> (UInt64(position) * 5)) & 31
            : UInt8(truncatingIfNeeded: high >> (UInt32(position &- 12) * 5)) & 31
    }
}
