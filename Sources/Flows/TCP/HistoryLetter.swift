/// A thing that is noted once per direction in a flow's history, in Zeek's letters.
///
/// Upper case for the originator, lower case for the responder; the raw value is the letter's bit in `seen`.
enum HistoryLetter: UInt16 {
    case syn = 0x01
    case synAck = 0x02
    case ack = 0x04
    case data = 0x08
    case fin = 0x10
    case rst = 0x20
    /// SYN and FIN, or SYN and RST, in one packet.
    case multiFlag = 0x40
    /// FIN and RST in one packet.
    case inconsistent = 0x80

    /// The originator's letter.
    var character: UInt8 {
        switch self {
        case .syn: 0x53  // S
        case .synAck: 0x48  // H
        case .ack: 0x41  // A
        case .data: 0x44  // D
        case .fin: 0x46  // F
        case .rst: 0x52  // R
        case .multiFlag: 0x51  // Q
        case .inconsistent: 0x49  // I
        }
    }
}

/// A thing that is noted again at its 1st, 10th, 100th … occurrence.
enum CountedLetter: UInt8 {
    case retransmission = 0x54  // T
    case gap = 0x47  // G
    case zeroWindow = 0x57  // W
}

extension FlowDetail {
    /// The most letters that are kept: two words.
    static var historyLimit: UInt8 { 16 }

    /// Appends a letter; what is beyond the limit is dropped.
    mutating func append(_ letter: UInt8, _ counters: inout FlowCounters) {
        let length = counters.historyLength
        guard length < Self.historyLimit else { return }
        if length < 8 {
            historyLow |= UInt64(letter) << (UInt64(length) * 8)
        } else {
            historyHigh |= UInt64(letter) << (UInt64(length - 8) * 8)
        }
        counters.historyLength = length + 1
    }

    /// The letters as text.
    func history(length: UInt8) -> String {
        var text = ""
        for position in 0..<UInt64(length) {
            let word = position < 8 ? historyLow >> (position * 8) : historyHigh >> ((position - 8) * 8)
            text.unicodeScalars.append(UnicodeScalar(UInt8(truncatingIfNeeded: word)))
        }
        return text
    }
}
