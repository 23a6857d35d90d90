/// Finds an entry's number by the hash of its key: open addressing over 64-bit slots, half hash, half number.
///
/// Like the index of the flow table, but a value that is copied with the detector that has it. Knows nothing of keys: callers compare
/// them. The order in here reaches no output.
struct NumberIndex: Sendable {
    private var slots: [UInt64] = [UInt64](repeating: 0, count: Self.least)
    private var mask = Self.least - 1
    private(set) var count = 0

    private static var least: Int { 64 }

    /// Where a search has come.
    struct Search {
        fileprivate let tag: UInt32
        fileprivate var position: Int
    }

    /// Begins to look for a hash.
    @inline(__always)
    func search(_ hash: UInt64) -> Search {
        let tag = UInt32(truncatingIfNeeded: hash >> 32)
        return Search(tag: tag, position: Int(tag) & mask)
    }

    /// The next number with the same half of a hash; nil when there is none. Without a closure, which would hold on to arrays.
    @inline(__always)
    func next(_ search: inout Search) -> Int? {
        while true {
            let slot = slots[search.position]
            if slot == 0 { return nil }
            search.position = (search.position &+ 1) & mask
            if UInt32(truncatingIfNeeded: slot >> 32) == search.tag {
                return Int(truncatingIfNeeded: slot & 0xffff_ffff) &- 1
            }
        }
    }

    /// Adds an entry that is not there yet. Numbers are below 2³² - 1.
    mutating func insert(_ hash: UInt64, _ number: Int) {
        if count &* 10 >= slots.count &* 7 { grow() }
        place(hash & ~0xffff_ffff | UInt64(number &+ 1))
        count &+= 1
    }

    /// Removes an entry; without effect when it is not there.
    mutating func remove(_ hash: UInt64, _ number: Int) {
        let wanted = hash & ~0xffff_ffff | UInt64(number &+ 1)
        var hole = Int(wanted >> 32) & mask
        while slots[hole] != wanted {
            if slots[hole] == 0 { return }
            hole = (hole &+ 1) & mask
        }
        // What probed past the hole moves into it, so that no tombstones are needed.
        var position = hole
        while true {
            position = (position &+ 1) & mask
            let slot = slots[position]
            if slot == 0 { break }
            let home = Int(slot >> 32) & mask
            if (position &- home) & mask >= (position &- hole) & mask {
                slots[hole] = slot
                hole = position
            }
        }
        slots[hole] = 0
        count &-= 1
    }

    private mutating func place(_ slot: UInt64) {
        var position = Int(slot >> 32) & mask
        while slots[position] != 0 { position = (position &+ 1) & mask }
        slots[position] = slot
    }

    @inline(never)
    private mutating func grow() {
        let old = slots
        slots = [UInt64](repeating: 0, count: old.count * 2)
        mask = slots.count - 1
        for slot in old where slot != 0 { place(slot) }
    }
}
