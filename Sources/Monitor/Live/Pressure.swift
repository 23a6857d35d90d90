import Records

/// Whether a live capture keeps up with what comes, and what it leaves out while it does not.
///
/// A plain value: times are a clock's that nobody sets, in nanoseconds. It is behind while frames wait that it has not come to, or
/// those it took last are older than `oldest`. Behind for `patience`, it leaves out the next thing of its order; in trouble for
/// none of `calm`, it takes the last one back. Behind for a moment, as after a pause of the whole machine, it is in no trouble.
struct Pressure {
    /// What becomes otherwise.
    struct Change: Hashable {
        var detail: Detail
        var isLeftOut: Bool
        /// When it fell behind, or when what is back was left out.
        var since: Int64
        /// How old the frames were that it took last.
        var lag: Int64
    }

    private struct LeftOut {
        var detail: Detail
        var since: Int64
    }

    /// What may be left out, first that which comes first.
    private let order: [Detail]
    private var leftOut: [LeftOut] = []
    /// How long each was left out that is there again.
    private var durations: [Detail: UInt64] = [:]
    /// Since when it has not caught up.
    private var behind: Int64?
    /// When it was in trouble last, or something was changed for that.
    private var troubled = Int64.min
    private var changed = Int64.min

    static var patience: Int64 { 500_000_000 }
    static var calm: Int64 { 10_000_000_000 }
    /// The kernel hands frames over within some 8 ms.
    static var oldest: Int64 { 100_000_000 }
    /// Shorter than that it is no trouble: a burst.
    private static var burst: Int64 { 100_000_000 }

    init(order: [Detail] = Detail.allCases) {
        self.order = order
    }

    /// Whether something is left out now.
    func lacks(_ detail: Detail) -> Bool { leftOut.contains { $0.detail == detail } }

    /// Some frames were taken, the last of them `lag` old, or there were none; `isDrained` when no more wait. Returns what
    /// becomes otherwise by that, at most one thing at a time.
    mutating func note(isDrained: Bool, lag: Int64, at now: Int64) -> Change? {
        behind = isDrained && lag <= Self.oldest ? nil : behind ?? now
        if let behind, now - behind >= Self.burst { troubled = now }
        if let behind, now - max(behind, changed) >= Self.patience, leftOut.count < order.count {
            let next = LeftOut(detail: order[leftOut.count], since: now)
            leftOut.append(next)
            changed = now
            return Change(detail: next.detail, isLeftOut: true, since: behind, lag: lag)
        }
        guard !leftOut.isEmpty, behind == nil, now - max(troubled, changed) >= Self.calm, let last = leftOut.popLast()
        else { return nil }
        changed = now
        durations[last.detail, default: 0] += UInt64(max(0, now - last.since))
        return Change(detail: last.detail, isLeftOut: false, since: last.since, lag: lag)
    }

    /// How long each was left out so far, in nanoseconds; those that never were are absent.
    func durations(at now: Int64) -> [Detail: UInt64] {
        var all = durations
        for each in leftOut { all[each.detail, default: 0] += UInt64(max(0, now - each.since)) }
        return all
    }
}
