/// Things that are counted, as many as there is room for; what is more is counted together.
struct BoundedTable<Key: Hashable, Value> {
    private(set) var values: [Key: Value] = [:]
    /// How often something was counted that there was no room for.
    private(set) var overflows: UInt64 = 0

    /// Things of each kind that a report tells apart.
    static var limit: Int { 65_536 }

    /// Changes what is known of a thing, or begins with what `fresh` gives.
    mutating func change(_ key: Key, fresh: @autoclosure () -> Value, _ body: (inout Value) -> Void) {
        if values[key] == nil, values.count >= Self.limit {
            overflows &+= 1
            return
        }
        body(&values[key, default: fresh()])
    }

    mutating func remove(_ key: Key) { values[key] = nil }
}
