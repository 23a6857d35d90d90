import CLinux
import Wire

/// One entry's hot half: key and counters, a cache line for IPv4.
struct FlowEntry<Key: FlowKey>: BitwiseCopyable {
    var key: Key
    var counters: FlowCounters
}

/// Flows of one address family: an index, and two dense arrays that grow without moving.
///
/// Entries are numbered in the order they came, and numbers of ended flows are used again, last freed first: nothing
/// here depends on the hash seed. Owns its memory; frees it when it goes. Safe, as every number it takes comes from itself.
@safe struct FlowStore<Key: FlowKey>: ~Copyable {
    var index: HashIndex
    /// Of tunnelled flows the first with its ends, in whatever scope, by the hash of the ends alone: twins are looked for here.
    var tunnelled = HashIndex()
    var wheel = TimerWheel()
    let seed: HashSeed
    /// As it holds now.
    var configuration: FlowConfiguration
    let entries: UnsafeMutablePointer<FlowEntry<Key>>
    let details: UnsafeMutablePointer<FlowDetail>
    /// When the last packet passed that was told of in an update, in nanoseconds plus one; touched only where updates are told.
    let told: UnsafeMutablePointer<Int64>
    let capacity: Int
    /// Entries ever used; those below it may be free again.
    private(set) var used = 0
    /// Flows in the store.
    private(set) var count = 0
    /// First of the freed entries, plus one.
    private var free: UInt32 = 0

    init(_ configuration: FlowConfiguration, seed: HashSeed) {
        self.configuration = configuration
        capacity = configuration.capacity
        self.seed = seed
        index = HashIndex()
        unsafe entries = Self.reserve(FlowEntry<Key>.self, capacity)
        unsafe details = Self.reserve(FlowDetail.self, capacity)
        unsafe told = Self.reserve(Int64.self, capacity)
    }

    deinit {
        unsafe CLinux_release(entries, capacity * MemoryLayout<FlowEntry<Key>>.stride)
        unsafe CLinux_release(details, capacity * MemoryLayout<FlowDetail>.stride)
        unsafe CLinux_release(told, capacity * MemoryLayout<Int64>.stride)
    }

    /// Address space only; the kernel gives pages as they are touched.
    private static func reserve<Element: BitwiseCopyable>(
        _ type: Element.Type,
        _ count: Int
    ) -> UnsafeMutablePointer<Element> {
        guard let memory = unsafe CLinux_reserve(count * MemoryLayout<Element>.stride, true) else {
            fatalError("out of memory: address space for \(count) flows")
        }
        return unsafe memory.bindMemory(to: type, capacity: count)
    }

    var isFull: Bool { count == capacity }

    @inline(__always)
    func prefetch(_ number: Int) {
        unsafe CLinux_prefetch(entries + number)
    }

    /// Asks for the colder half of a flow that is young enough to need it; its hot half should have been asked for.
    @inline(__always)
    func prefetchDetail(_ number: Int) {
        if unsafe entries[number].counters.historyLength < 8 { unsafe CLinux_prefetch(details + number) }
    }

    /// Asks for the colder half of a flow (-1 for none) whose primary point is another; returns whether it is.
    @inline(__always)
    func prefetchDetail(_ number: Int32, unlessSeenAt point: UInt16) -> Bool {
        guard number >= 0, unsafe entries[Int(number)].counters.point != point else { return false }
        unsafe CLinux_prefetch(details + Int(number))
        return true
    }

    /// Number of a flow's first aside; 0 for none.
    @inline(__always)
    func aside(_ number: Int) -> UInt32 { unsafe details[number].aside }

    /// Asks for entries some way behind one, when all are told in turn.
    @inline(__always)
    func prefetchAhead(of number: Int) {
        let number = min(number &+ 16, capacity &- 1)
        unsafe CLinux_prefetch(entries + number)
        unsafe CLinux_prefetch(details + number)
    }

    /// Asks for both halves of an entry that will most likely be made, the `born`th of a batch.
    @inline(__always)
    func prefetchNew(_ born: inout Int) {
        let number = min(free == 0 ? used &+ born : Int(free) &- 1, capacity &- 1)
        born &+= 1
        unsafe CLinux_prefetch(entries + number)
        unsafe CLinux_prefetch(details + number)
    }

    /// Whether the flow with that key lies at `number`; -1 is nowhere.
    @inline(__always)
    func holds(_ key: Key, at number: Int) -> Bool {
        number >= 0 && (unsafe entries[number].key == key)
    }

    @inline(__always)
    func find(_ key: Key, _ hash: UInt64) -> Int? {
        // The array alone: to capture self would copy it.
        let entries = unsafe entries
        return index.find(hash) { number in unsafe entries[number].key == key }
    }

    /// Adds an entry with empty counters. Only when not full and the key is not there.
    mutating func insert(_ key: Key, _ hash: UInt64) -> Int {
        let number: Int
        if free != 0 {
            number = Int(free) - 1
            free = unsafe details[number].next
        } else {
            number = used
            used += 1
        }
        unsafe entries[number] = FlowEntry(key: key, counters: FlowCounters())
        unsafe details[number] = FlowDetail()
        index.insert(hash, number)
        count += 1
        return number
    }

    /// Takes an entry out; its number will be used again.
    mutating func remove(_ number: Int, _ key: Key) {
        index.remove(key.place(seed), number)
        if tunnelled.count > 0 { tunnelled.remove(key.hash(seed), number) }
        // No packet has this key, so that nobody who remembers the number takes the entry for what it was.
        unsafe entries[number].key.transport = .max
        unsafe details[number].next = free
        unsafe details[number].serial = 0
        free = UInt32(truncatingIfNeeded: number + 1)
        count -= 1
    }

    /// Whether a flow lies there.
    func isLive(_ number: Int) -> Bool {
        unsafe number < used && details[number].serial != 0
    }
}
