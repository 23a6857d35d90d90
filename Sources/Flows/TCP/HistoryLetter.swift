/// A thing that is noted once per direction in a flow's history, in Zeek's letters.
///
/// The raw value is the letter's bit in `FlowCounters.seen`.
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

    /// How a history stores it; `isResponder` makes the letter a small one.
    func code(isResponder: Bool) -> UInt8 {
        UInt8(truncatingIfNeeded: rawValue.trailingZeroBitCount << 1) | (isResponder ? 1 : 0)
    }
}

/// A thing that is noted again at its 1st, 10th, 100th … occurrence.
enum CountedLetter: UInt8 {
    case retransmission = 16
    case gap = 18
    case zeroWindow = 20

    /// How a history stores it.
    func code(isResponder: Bool) -> UInt8 { rawValue | (isResponder ? 1 : 0) }
}
