import Flows

/// States by key, of which the one that was touched longest ago goes when there is no room. What comes out does not depend on the order
/// of a hash table.
struct SubjectTable<Key: Hashable & Sendable, State: Sendable>: Sendable {
    private var numbers: [Key: Int] = [:]
    private var keys: [Key] = []
    private var states: [State] = []
    private var recency = RecencyOrder()
    let limit: Int
    /// States that had to go.
    private(set) var forgotten: UInt64 = 0

    init(limit: Int) { self.limit = max(1, limit) }

    var count: Int { keys.count }

    subscript(key: Key) -> State? { numbers[key].map { states[$0] } }

    mutating func set(_ key: Key, _ state: State) { update(key, or: state) { $0 = state } }

    /// Changes a state, which begins as `fresh`.
    @discardableResult
    mutating func update<Result>(
        _ key: Key,
        or fresh: @autoclosure () -> State,
        _ change: (inout State) -> Result
    ) -> Result {
        let number = number(of: key, or: fresh)
        return change(&states[number])
    }

    /// Changes a state that is there; nil where there is none.
    mutating func change<Result>(_ key: Key, _ change: (inout State) -> Result) -> Result? {
        guard let number = numbers[key] else { return nil }
        recency.remove(number)
        recency.append(number)
        return change(&states[number])
    }

    private mutating func number(of key: Key, or fresh: () -> State) -> Int {
        if let known = numbers[key] {
            recency.remove(known)
            recency.append(known)
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
            numbers[keys[number]] = nil
            keys[number] = key
            states[number] = fresh()
            forgotten += 1
        }
        numbers[key] = number
        recency.append(number)
        return number
    }
}
