/// How often packets were sent again, gaps were seen and windows were shut, for flows in which any of it happened.
///
/// A small table beside the flows: most have no entry. Bounded; when it is full, further flows' letters are noted once.
struct TCPTally {
    private struct Key: Hashable {
        var serial: UInt32
        var code: UInt8
    }

    private var counts: [Key: UInt32] = [:]

    /// The most flows and letters that are counted apart.
    static var limit: Int { 65_536 }

    /// Counts one more occurrence, and writes its letter to the history at the 1st, 10th, 100th …
    @inline(never)
    mutating func note(
        _ letter: CountedLetter,
        isResponder: Bool,
        _ counters: inout FlowCounters,
        _ detail: inout FlowDetail
    ) {
        let code = letter.code(isResponder: isResponder)
        let key = Key(serial: detail.serial, code: code)
        let known = counts[key] ?? 0
        if known == 0 {
            if counts.count < Self.limit {
                counts[key] = 1
            } else if detail.history.contains(code, length: counters.historyLength) {
                return
            }
            detail.history.append(code, length: &counters.historyLength)
            return
        }
        guard known < .max else { return }
        counts[key] = known + 1
        if Self.isPowerOfTen(known + 1) { detail.history.append(code, length: &counters.historyLength) }
    }

    private static func isPowerOfTen(_ count: UInt32) -> Bool {
        var power: UInt32 = 1
        while power < count, power < 1_000_000_000 { power *= 10 }
        return power == count
    }

    /// Whether nothing was counted at all.
    var isEmpty: Bool { counts.isEmpty }

    /// Forgets a flow.
    mutating func forget(serial: UInt32) {
        if counts.isEmpty { return }
        for code in CountedLetter.retransmission.rawValue...CountedLetter.zeroWindow.rawValue | 1 {
            counts[Key(serial: serial, code: code)] = nil
        }
    }
}
