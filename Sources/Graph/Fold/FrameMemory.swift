/// What the last frame listed: lists are long, and mostly the next frame has the same.
struct FrameMemory {
    /// A list, and what tells whether another has the same members.
    private struct List<Member: Sendable> {
        var sign: Sign
        var members: [Member]
    }

    /// Stands for a set of numbers.
    struct Sign: Equatable {
        private var mixed: UInt64 = 0
        private(set) var count = 0

        mutating func add(_ number: Int) {
            mixed &+= (UInt64(truncatingIfNeeded: number) &+ 1) &* 0x9e37_79b9_7f4a_7c15 ^ UInt64(number) << 32
            count += 1
        }
    }

    private var edges: [List<EdgeKey>?] = []
    private var ends: [List<EndpointKey>?] = []
    private var named: [Int] = []
    private var names: [String] = []

    init() {}

    /// For another index; what was listed for the one before stays where rows are the same.
    init(_ index: FoldIndex, after old: FoldIndex?, _ memory: FrameMemory) {
        edges = [List<EdgeKey>?](repeating: nil, count: index.keys.count)
        ends = [List<EndpointKey>?](repeating: nil, count: index.rows.count)
        guard let old, old.rows == index.rows else { return }
        // Names may have changed.
        ends = memory.ends
        var place = 0
        for (fold, bits) in index.bits.enumerated() {
            while place < old.bits.count, old.bits[place] < bits { place += 1 }
            if place < old.bits.count, old.bits[place] == bits { edges[fold] = memory.edges[place] }
        }
    }

    mutating func edges(of fold: Int, _ sign: Sign, _ list: () -> [EdgeKey]) -> [EdgeKey] {
        if let known = edges[fold], known.sign == sign { return known.members }
        let members = list()
        edges[fold] = List(sign: sign, members: members)
        return members
    }

    mutating func ends(of slot: Int, _ sign: Sign, _ list: () -> [EndpointKey]) -> [EndpointKey] {
        if let known = ends[slot], known.sign == sign { return known.members }
        let members = list()
        ends[slot] = List(sign: sign, members: members)
        return members
    }

    /// Names of rows, by their numbers.
    mutating func names(of rows: [Int], in table: RowTable) -> [String] {
        if rows != named || names.isEmpty {
            named = rows
            names = RowNames.unique(rows.map { table.rows[$0] })
        }
        return names
    }
}
