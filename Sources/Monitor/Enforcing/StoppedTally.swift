import Enforcement

/// What blocks have stopped in all: the kernel's counters begin anew with every element that is made anew.
struct StoppedTally {
    private struct Count {
        /// Of elements that are no more.
        var before: StoppedTraffic
        var last = StoppedTraffic()
        /// Whether `before` is what was written down before a restart, through which the kernel may have gone on counting.
        var isRemembered = false
    }

    private var counts: [BlockIdentifier: Count] = [:]

    /// Begins with what was counted before a restart.
    mutating func begin(_ identifier: BlockIdentifier, with stopped: StoppedTraffic) {
        counts[identifier] = Count(before: stopped, isRemembered: true)
    }

    /// Takes in what the kernel says now, and returns what that makes in all.
    mutating func note(_ now: StoppedTraffic, by identifier: BlockIdentifier) -> StoppedTraffic {
        var count = counts[identifier] ?? Count(before: StoppedTraffic())
        if count.isRemembered, now.packets >= count.before.packets { count.before = StoppedTraffic() }
        count.isRemembered = false
        if now.packets < count.last.packets { count.before = count.before + count.last }
        count.last = now
        counts[identifier] = count
        return count.before + now
    }

    mutating func forget(_ identifier: BlockIdentifier) { counts[identifier] = nil }
}
