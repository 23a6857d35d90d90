import CLinux

/// Asides by number, counted from 1. A flow has at most `Aside.limit` of them, so the flow table's bound bounds it.
///
/// They come in pairs, two neighbouring cache lines that are asked for at once: most flows of a container host are seen at
/// three points, of which one is the primary. Grows by pieces that never move, and costs no allocation for each. Owns its
/// memory; frees it when it goes. Safe, as every number is held against the pieces there are.
@safe struct AsideTable: ~Copyable {
    private var pieces: [Piece] = []
    /// Asides ever used, both of a pair.
    private var used: UInt32 = 0
    /// The first aside of the pair given back last; the other pairs follow by `next`.
    private var free: UInt32 = 0
    private var rarities: [UInt32: Rarity] = [:]

    /// Room for so many asides, as a power of two: 2 MiB, which one large page can hold.
    @safe private struct Piece {
        let base: UnsafeMutablePointer<Aside>

        static var shift: UInt32 { 15 }
        static var capacity: Int { 1 << shift }
        static var size: Int { capacity * MemoryLayout<Aside>.stride }
    }

    init() {}

    deinit {
        for piece in pieces { unsafe CLinux_release(piece.base, Piece.size) }
    }

    /// Whether there never were any.
    @inline(__always)
    var isUntouched: Bool { used == 0 }

    /// Where an aside lies; traps for one that never was. Good until the table goes.
    @inline(__always)
    private func address(_ number: UInt32) -> UnsafeMutablePointer<Aside> {
        let index = number &- 1
        return unsafe pieces[Int(index >> Piece.shift)].base + Int(index & UInt32(Piece.capacity - 1))
    }

    subscript(_ number: UInt32) -> Aside {
        @inline(__always)
        unsafeAddress { unsafe UnsafePointer(address(number)) }
        @inline(__always)
        unsafeMutableAddress { unsafe address(number) }
    }

    /// Asks for the cache lines of a flow's first pair.
    @inline(__always)
    func prefetch(_ first: UInt32) {
        let pair = unsafe address(first)
        unsafe CLinux_prefetch(pair)
        unsafe CLinux_prefetch(pair + 1)
    }

    /// Two empty asides; the number of the first.
    mutating func make() -> UInt32 {
        let number: UInt32
        if free != 0 {
            number = free
            free = self[number].next
        } else {
            if Int(used >> Piece.shift) == pieces.count { grow() }
            number = used + 1
            used += 2
        }
        self[number] = Aside()
        self[number + 1] = Aside()
        return number
    }

    private static func isFirstOfPair(_ number: UInt32) -> Bool { number & 1 != 0 }

    /// Gives back all of a flow's asides; without effect for 0.
    mutating func release(_ first: UInt32) {
        guard first != 0 else { return }
        if self[first].flags.contains(.hasRarity) { rarities[first] = nil }
        var number = first
        while number != 0 {
            let next = self[number].next
            // Without flags nobody follows `next`, which now leads through what is free.
            self[number].flags = []
            if Self.isFirstOfPair(number) {
                self[number].next = free
                free = number
            }
            number = next
        }
    }

    @inline(never)
    private mutating func grow() {
        // The first piece is small change for most: it takes pages as it is touched.
        guard let memory = unsafe CLinux_reserve(Piece.size, !pieces.isEmpty) else {
            fatalError("out of memory: \(Piece.size) bytes for what is beside flows")
        }
        unsafe pieces.append(Piece(base: memory.bindMemory(to: Aside.self, capacity: Piece.capacity)))
    }
}

/// What is said of a flow under the number of its first aside.
extension AsideTable {
    /// What hardly any flow has, empty where there is none.
    subscript(rarity first: UInt32) -> Rarity {
        get { first != 0 && self[first].flags.contains(.hasRarity) ? rarities[first] ?? Rarity() : Rarity() }
        _modify {
            self[first].flags.insert(.hasRarity)
            yield &rarities[first, default: Rarity()]
        }
    }

    /// The aside of a point that sees the flow's addresses as they are, or as NAT made them; 0 when there is none.
    @inline(__always)
    func find(_ point: UInt16, of first: UInt32, isTranslated: Bool = false) -> UInt32 {
        var number = first
        while number != 0 {
            let aside = unsafe address(number)
            guard unsafe aside.pointee.flags.contains(.isCounted) else { return 0 }
            if unsafe aside.pointee.count.point == point, unsafe aside.pointee.count.isTranslated == isTranslated {
                return number
            }
            number = unsafe aside.pointee.next
        }
        return 0
    }

    /// Adds a point behind the others of the flow and returns its number; where there is no room, that of the last, which counts
    /// for it and is left as it is.
    mutating func append(_ count: PointCount, to first: UInt32) -> (number: UInt32, isNew: Bool) {
        if !self[first].flags.contains(.isCounted) {
            self[first].count = count
            self[first].flags.insert(.isCounted)
            return (first, true)
        }
        var last = first
        var length = 1
        while self[last].next != 0 {
            last = self[last].next
            length += 1
        }
        guard length < Aside.limit else { return (last, false) }
        let number = Self.isFirstOfPair(last) ? last + 1 : make()
        self[number].count = count
        self[number].flags = .isCounted
        self[last].next = number
        return (number, true)
    }

    /// What the flow's further points counted, in the order in which they first saw it.
    func forEachCount(of first: UInt32, _ body: (PointCount) -> Void) {
        var number = first
        while number != 0, self[number].flags.contains(.isCounted) {
            body(self[number].count)
            number = self[number].next
        }
    }

    /// How many further points there are.
    func counts(of first: UInt32) -> Int {
        var count = 0
        forEachCount(of: first) { _ in count += 1 }
        return count
    }

    /// One of them, by its place among them.
    func count(_ index: Int, of first: UInt32) -> PointCount? {
        var number = first
        for _ in 0..<index where number != 0 { number = self[number].next }
        return number != 0 && self[number].flags.contains(.isCounted) ? self[number].count : nil
    }

    /// What the primary point counted, with its mark where it saw the flow's other addresses.
    func marked(_ primary: PointCount, _ first: UInt32) -> PointCount {
        var primary = primary
        primary.isTranslated = first != 0 && self[first].flags.contains(.isPrimaryTranslated)
        return primary
    }
}
