import Addressing

/// What was so under a key, and from when until when.
///
/// What has closed is kept for a while and then forgotten, oldest first. Bounded: `limit` periods in all and
/// `depth` under one key. When there is no room the oldest closed one goes early; where all are open, the new one is
/// refused. Both are counted. Time must not run back.
struct Chronicle<Key: Hashable, Value> {
    /// A value and the time it held: from its beginning up to, but not at, its end.
    struct Period {
        var value: Value
        var from: Timestamp
        /// Nil while it holds.
        var until: Timestamp?

        func contains(_ time: Timestamp) -> Bool {
            guard from <= time else { return false }
            guard let until else { return true }
            return time < until
        }
    }

    /// By key, each in order of beginning.
    private(set) var periods: [Key: [Period]] = [:]
    /// What has closed, in order of closing.
    private var closed = WaitingLine<Key>()
    /// Periods under all keys, open and closed.
    private(set) var count = 0
    /// How often there was no room for a new one.
    private(set) var refused: UInt64 = 0
    /// How often a closed one was forgotten before its time.
    private(set) var forgotten: UInt64 = 0
    let limit: Int

    /// The most periods under one key: how often one address may change hands within what is kept.
    static var depth: Int { 256 }

    init(limit: Int) {
        self.limit = max(1, limit)
    }

    /// Opens a period, or gives the open one that `isSame` the new value. Returns false when there was no room.
    @discardableResult
    mutating func open(
        _ value: Value,
        under key: Key,
        at time: Timestamp,
        isSame: (Value) -> Bool
    ) -> Bool {
        if let index = periods[key]?.lastIndex(where: { $0.until == nil && isSame($0.value) }) {
            periods[key]?[index].value = value
            return true
        }
        guard makeRoom(under: key) else {
            refused += 1
            return false
        }
        periods[key, default: []].append(Period(value: value, from: time, until: nil))
        count += 1
        return true
    }

    /// Closes the open periods under a key that match, and gives each its last value. Returns how many there were.
    @discardableResult
    mutating func close(
        _ key: Key,
        at time: Timestamp,
        where matches: (Value) -> Bool,
        lastly: (inout Value) -> Void = { _ in }
    ) -> Int {
        guard let list = periods[key] else { return 0 }
        var found = 0
        for index in list.indices where list[index].until == nil && matches(list[index].value) {
            periods[key]?[index].until = time
            if var value = periods[key]?[index].value {
                lastly(&value)
                periods[key]?[index].value = value
            }
            closed.append(key, at: time)
            found += 1
        }
        // The line still has those that `depth` took early; it must not grow with them.
        while closed.count > limit * 2, let next = closed.first {
            closed.removeFirst()
            removeOldest(under: next.item)
        }
        return found
    }

    /// Gives the newest period under a key another value, whether it is open or not. False when there is none.
    @discardableResult
    mutating func amend(_ key: Key, _ change: (inout Value) -> Void) -> Bool {
        guard let index = periods[key]?.indices.last, var value = periods[key]?[index].value else { return false }
        change(&value)
        periods[key]?[index].value = value
        return true
    }

    /// Forgets what closed before a time.
    mutating func forget(before time: Timestamp) {
        while let next = closed.first, next.time < time {
            closed.removeFirst()
            removeOldest(under: next.item)
        }
    }

    /// Periods under a key, in order of beginning.
    subscript(key: Key) -> [Period] { periods[key] ?? [] }

    private mutating func makeRoom(under key: Key) -> Bool {
        if let list = periods[key], list.count >= Self.depth {
            guard removeOldest(under: key) else { return false }
            forgotten += 1
        }
        while count >= limit {
            guard let next = closed.first else { return false }
            closed.removeFirst()
            if removeOldest(under: next.item) { forgotten += 1 }
        }
        return true
    }

    /// Removes what closed first under a key. False when nothing there is closed, as after `depth` took it already.
    @discardableResult
    private mutating func removeOldest(under key: Key) -> Bool {
        guard let list = periods[key] else { return false }
        var oldest: (index: Int, time: Timestamp)?
        for index in list.indices {
            guard let until = list[index].until else { continue }
            if let known = oldest, known.time <= until { continue }
            oldest = (index, until)
        }
        guard let index = oldest?.index else { return false }
        if list.count == 1 { periods[key] = nil } else { periods[key]?.remove(at: index) }
        count -= 1
        return true
    }
}
