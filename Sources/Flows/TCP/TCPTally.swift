/// How often packets were sent again, gaps were seen and windows were shut, for flows in which any of it happened.
///
/// A small table beside the flows: most have no entry. Bounded; when it is full, further flows' letters are noted once.
struct TCPTally {
    private struct Key: Hashable {
        var serial: UInt32
        var letter: UInt8
    }

    private var counts: [Key: UInt32] = [:]

    /// The most flows and letters that are counted apart.
    static var limit: Int { 65_536 }

    /// Counts one more occurrence, and writes its letter to the history at the 1st, 10th, 100th …
    @inline(never)
    mutating func note(
        _ letter: CountedLetter,
        _ caseBit: UInt8,
        serial: UInt32,
        _ counters: inout FlowCounters,
        _ detail: inout FlowDetail
    ) {
        let character = letter.rawValue | caseBit
        let key = Key(serial: serial, letter: character)
        let count = (counts[key] ?? 0) + 1
        if counts.count < Self.limit || count > 1 {
            counts[key] = count
        } else if counters.historyLength == FlowDetail.historyLimit {
            return
        }
        var power: UInt32 = 1
        while power < count, power < 1_000_000_000 { power *= 10 }
        if power == count { detail.append(character, &counters) }
    }

    /// Forgets a flow.
    mutating func forget(serial: UInt32) {
        if counts.isEmpty { return }
        for letter in [CountedLetter.retransmission, .gap, .zeroWindow] {
            counts[Key(serial: serial, letter: letter.rawValue)] = nil
            counts[Key(serial: serial, letter: letter.rawValue | 0x20)] = nil
        }
    }
}
