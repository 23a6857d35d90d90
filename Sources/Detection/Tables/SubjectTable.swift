import Flows

/// States by key, of which the one that was touched longest ago goes when there is no room. What comes out does not depend on the order
/// of a hash table.
struct SubjectTable<Key: TableKey, State: Sendable>: Sendable {
    private var index = NumberIndex()
    private let secret = Fold.secret()
    private var keys: [Key] = []
    private var states: [State] = []
    private var recency = RecencyOrder()
    let limit: Int
    /// States that had to go.
    private(set) var forgotten: UInt64 = 0

    init(limit: Int) { self.limit = max(1, limit) }

    var count: Int { keys.count }

    subscript(key: Key) -> State? { number(of: key).map { states[$0] } }

    func has(_ key: Key) -> Bool { number(of: key) != nil }

    mutating func set(_ key: Key, _ state: State) { states[touched(key) { state }] = state }

    /// Changes a state, which begins as `fresh`.
    @discardableResult
    @inline(__always)
    mutating func update<Result>(
        _ key: Key,
        or fresh: @autoclosure () -> State,
        _ change: (inout State) -> Result
    ) -> Result {
        let number = touched(key, fresh)
        return change(&states[number])
    }

    /// Changes a state that is there; nil where there is none.
    @inline(__always)
    mutating func change<Result>(_ key: Key, _ change: (inout State) -> Result) -> Result? {
        guard let number = number(of: key) else { return nil }
        touch(number)
        return change(&states[number])
    }

    @inline(__always)
    private func hash(_ key: Key) -> UInt64 {
        var fold = Fold(secret)
        key.fold(into: &fold)
        return fold.value
    }

    @inline(__always)
    private func number(of key: Key) -> Int? {
        keys.isEmpty ? nil : number(of: key, hash(key))
    }

    @inline(__always)
    private func number(of key: Key, _ hash: UInt64) -> Int? {
        var search = index.search(hash)
        while let number = index.next(&search) {
            if keys[number] == key { return number }
        }
        return nil
    }

    @inline(__always)
    private mutating func touch(_ number: Int) {
        if recency.last == number { return }
        recency.remove(number)
        recency.append(number)
    }

    @inline(__always)
    private mutating func touched(_ key: Key, _ fresh: () -> State) -> Int {
        let hash = hash(key)
        if let known = number(of: key, hash) {
            touch(known)
            return known
        }
        let number: Int
        if keys.count < limit {
            number = keys.count
            keys.append(key)
            states.append(fresh())
        } else {
            // There is a first one, as there is no room.
            number = recency.first ?? 0
            recency.remove(number)
            index.remove(self.hash(keys[number]), number)
            keys[number] = key
            states[number] = fresh()
            forgotten += 1
        }
        index.insert(hash, number)
        recency.append(number)
        return number
    }

    /// All states, in an order that depends on what was done to the table alone.
    var all: [State] { states }
}
