import Addressing

/// Who had it then.
extension Chronicle {
    /// Calls `body` with each period under a key that held at a time, newest first; if none did, with those that began next,
    /// before `limit`.
    ///
    /// `counts` says which values are asked for; others might as well not be there.
    func forEach(
        _ key: Key,
        at time: Timestamp,
        orUntil limit: Timestamp,
        where counts: (Value) -> Bool = { _ in true },
        _ body: (Period) -> Void
    ) {
        guard let list = periods[key] else { return }
        var isFound = false
        var next: Timestamp?
        for period in list.reversed() {
            if period.contains(time) {
                guard counts(period.value) else { continue }
                isFound = true
                body(period)
            } else if period.from > time, period.from <= limit, counts(period.value) {
                next = period.from
            }
        }
        guard !isFound, let next else { return }
        for period in list.reversed() where period.from == next && counts(period.value) { body(period) }
    }

    /// The newest period that `forEach` would find.
    func first(
        _ key: Key,
        at time: Timestamp,
        orUntil limit: Timestamp,
        where counts: (Value) -> Bool = { _ in true }
    ) -> Period? {
        var found: Period?
        forEach(key, at: time, orUntil: limit, where: counts) { period in
            if found == nil { found = period }
        }
        return found
    }
}
