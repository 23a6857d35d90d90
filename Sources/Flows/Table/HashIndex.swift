import CLinux

/// Finds an entry's number by the hash of its key: open addressing over 64-bit slots, half hash, half number.
///
/// Knows nothing of keys: callers compare them, and say what to do on a match. Slots are placed by the same 32 bits that
/// they store, so growing and deleting never touch an entry. Order in here is random and must reach no output.
///
/// Safe: every position is masked to the slots there are.
@safe struct HashIndex: ~Copyable {
    private var slots: UnsafeMutablePointer<UInt64>
    private(set) var mask: Int
    private(set) var count = 0

    /// Room for about `capacity` entries; grows by doubling.
    init(capacity: Int = 1024) {
        var size = 1024
        while size * 7 < capacity * 10 { size *= 2 }
        mask = size - 1
        unsafe slots = Self.allocate(size)
    }

    deinit {
        unsafe CLinux_release(slots, (mask + 1) * MemoryLayout<UInt64>.stride)
    }

    private static func allocate(_ size: Int) -> UnsafeMutablePointer<UInt64> {
        let bytes = size * MemoryLayout<UInt64>.stride
        guard let memory = unsafe CLinux_reserve(bytes, bytes >= 4 << 20) else {
            fatalError("out of memory: an index of \(bytes) bytes")
        }
        return unsafe memory.bindMemory(to: UInt64.self, capacity: size)
    }

    /// Asks for the slot's cache line.
    @inline(__always)
    func prefetch(_ hash: UInt64) {
        unsafe CLinux_prefetch(slots + Int(truncatingIfNeeded: hash) & mask)
    }

    /// The first number with the same 32 bits of hash, most likely the one that is looked for; -1 when there is none.
    @inline(__always)
    func candidate(_ hash: UInt64) -> Int32 {
        let tag = UInt32(truncatingIfNeeded: hash)
        var position = Int(tag) & mask
        while true {
            let slot = unsafe slots[position]
            if slot == 0 { return -1 }
            if UInt32(truncatingIfNeeded: slot >> 32) == tag {
                return Int32(truncatingIfNeeded: slot) &- 1
            }
            position = (position &+ 1) & mask
        }
    }

    /// The number for which `matches` says yes, among those with the same 32 bits of hash.
    @inline(__always)
    func find(_ hash: UInt64, _ matches: (Int) -> Bool) -> Int? {
        let tag = UInt32(truncatingIfNeeded: hash)
        var position = Int(tag) & mask
        while true {
            let slot = unsafe slots[position]
            if slot == 0 { return nil }
            if UInt32(truncatingIfNeeded: slot >> 32) == tag {
                let number = Int(truncatingIfNeeded: slot & 0xffff_ffff) &- 1
                if matches(number) { return number }
            }
            position = (position &+ 1) & mask
        }
    }

    /// Adds an entry that is not there yet.
    mutating func insert(_ hash: UInt64, _ number: Int) {
        if count &* 10 >= (mask &+ 1) &* 7 { grow() }
        let tag = UInt32(truncatingIfNeeded: hash)
        place(UInt64(tag) << 32 | UInt64(number &+ 1))
        count &+= 1
    }

    @inline(__always)
    private func place(_ slot: UInt64) {
        var position = Int(slot >> 32) & mask
        while unsafe slots[position] != 0 { position = (position &+ 1) & mask }
        unsafe slots[position] = slot
    }

    /// Removes an entry; without effect when it is not there.
    mutating func remove(_ hash: UInt64, _ number: Int) {
        let tag = UInt32(truncatingIfNeeded: hash)
        let wanted = UInt64(tag) << 32 | UInt64(number &+ 1)
        var hole = Int(tag) & mask
        while unsafe slots[hole] != wanted {
            if unsafe slots[hole] == 0 { return }
            hole = (hole &+ 1) & mask
        }
        // Backward shift: what probed past the hole moves into it, so that no tombstones are needed.
        var position = hole
        while true {
            position = (position &+ 1) & mask
            let slot = unsafe slots[position]
            if slot == 0 { break }
            let home = Int(slot >> 32) & mask
            if (position &- home) & mask >= (position &- hole) & mask {
                unsafe slots[hole] = slot
                hole = position
            }
        }
        unsafe slots[hole] = 0
        count &-= 1
    }

    @inline(never)
    private mutating func grow() {
        let old = unsafe slots
        let size = mask + 1
        unsafe slots = Self.allocate(size * 2)
        mask = size * 2 - 1
        for position in 0..<size {
            let slot = unsafe old[position]
            if slot != 0 { place(slot) }
        }
        unsafe CLinux_release(old, size * MemoryLayout<UInt64>.stride)
    }
}
