import Addressing

/// Which folded edge each edge counts on. It stands as long as ends are in the same rows and no edge comes, and does not know of time,
/// so that a frame only sums.
struct FoldIndex {
    let assignment: RowAssignment
    /// Of the tables it was made from.
    let generation: Int
    /// Rows in the order of their keys, by their number; and the place of each end's row among them.
    let rows: [Int]
    let slots: [Int]
    /// Ends of each row in order: those of slot 3 stand from `rowStarts[3]` to `rowStarts[4]`.
    let rowEnds: [Int]
    let rowStarts: [Int]
    /// Folded edges in the order of their keys.
    let keys: [FoldedEdgeKey]
    /// The same in a word each, while rows are the same.
    let bits: [UInt64]
    /// The folded edge of each edge; -1 inside of a row.
    let folds: [Int]
    let foldEdges: [Int]
    let foldStarts: [Int]
    /// Edges by what they fold to, all with their ports: what the next index begins with.
    private let packs: [Pack]

    /// Folded edges between two rows for one protocol. Past it those that were seen first keep their port, and the rest has none.
    static var ports: Int { 16 }

    /// `old` is the one that stood before: where rows are the same, only edges that came since are looked at.
    init(_ table: EndTable, _ edges: EdgeTable, _ assignment: RowAssignment, generation: Int, after old: FoldIndex?) {
        self.assignment = assignment
        self.generation = generation
        let names = table.rows
        var isShown = [Bool](repeating: false, count: names.rows.count)
        for row in assignment.rows { isShown[row] = true }
        let rows = isShown.indices.filter { isShown[$0] }.sorted { names.ranks[$0] < names.ranks[$1] }
        var slotOfRow = [Int](repeating: 0, count: isShown.count)
        for (slot, row) in rows.enumerated() { slotOfRow[row] = slot }
        let slots = assignment.rows.map { slotOfRow[$0] }
        self.rows = rows
        self.slots = slots
        (rowStarts, rowEnds) = Self.grouped(table.order, rows.count) { slots[$0] }

        // Sorted by what they fold to, so that equal ones stand together: nothing is hashed.
        let ranks = inverse(edges.order)
        let known = old.flatMap { $0.rows == rows && slots.starts(with: $0.slots) ? $0 : nil }
        var fresh: [Pack] = []
        for number in (known?.folds.count ?? 0)..<edges.lines.count {
            let line = edges.lines[number]
            let (source, destination) = (slots[line.source], slots[line.destination])
            guard source != destination else { continue }
            let bits = PackedEdge(source, destination, line.protocolNumber, line.port).bits
            fresh.append(Pack(bits: bits, number: number))
        }
        fresh.sort { $0.isBefore($1, ranks) }
        packs = known.map { Self.merged($0.packs, fresh, ranks) } ?? fresh
        var packs = packs
        Self.limitPorts(&packs, ranks) { edges.lines[$0].first.nanoseconds }
        var folds = [Int](repeating: -1, count: edges.lines.count)
        var (unique, starts): ([UInt64], [Int]) = ([], [])
        for (place, pack) in packs.enumerated() {
            if unique.last != pack.bits {
                unique.append(pack.bits)
                starts.append(place)
            }
            folds[pack.number] = unique.count - 1
        }
        self.folds = folds
        bits = unique
        foldEdges = packs.map(\.number)
        foldStarts = starts + [packs.count]
        let packed = unique.map { PackedEdge(bits: $0) }
        keys = packed.map {
            FoldedEdgeKey(
                names.rows[rows[$0.source]].key,
                names.rows[rows[$0.destination]].key,
                protocolNumber: $0.protocolNumber,
                port: $0.port
            )
        }
    }

    /// An edge and what it folds to.
    private struct Pack {
        var bits: UInt64
        let number: Int

        /// `ranks` has the place of each edge in the order of all.
        func isBefore(_ other: Self, _ ranks: [Int]) -> Bool {
            bits != other.bits ? bits < other.bits : ranks[number] < ranks[other.number]
        }
    }

    private static func merged(_ left: [Pack], _ right: [Pack], _ ranks: [Int]) -> [Pack] {
        var result: [Pack] = []
        result.reserveCapacity(left.count + right.count)
        var next = right[...]
        for pack in left {
            while let first = next.first, first.isBefore(pack, ranks) {
                result.append(first)
                next.removeFirst()
            }
            result.append(pack)
        }
        return result + next
    }

    /// Takes the port from edges between two rows that have too many: those that were seen first keep theirs.
    private static func limitPorts(_ packs: inout [Pack], _ ranks: [Int], _ first: (Int) -> Int64) {
        var (start, isChanged) = (0, false)
        while start < packs.count {
            let pair = PackedEdge(bits: packs[start].bits).pair
            var (end, count) = (start, 0)
            while end < packs.count, PackedEdge(bits: packs[end].bits).pair == pair {
                if end == start || packs[end].bits != packs[end - 1].bits { count += 1 }
                end += 1
            }
            if count > ports {
                var seen: [UInt64: Int64] = [:]
                for pack in packs[start..<end] { seen[pack.bits] = min(seen[pack.bits] ?? .max, first(pack.number)) }
                let kept = Set(seen.sorted { ($0.value, $0.key) < ($1.value, $1.key) }.prefix(ports).map(\.key))
                for place in start..<end where !kept.contains(packs[place].bits) {
                    packs[place].bits = PackedEdge(bits: packs[place].bits).withoutPort.bits
                }
                isChanged = true
            }
            start = end
        }
        if isChanged { packs.sort { $0.isBefore($1, ranks) } }
    }

    /// Numbers by the group each is in, in their order; those of group -1 are left out.
    private static func grouped(_ order: [Int], _ count: Int, _ group: (Int) -> Int) -> (starts: [Int], numbers: [Int])
    {
        var starts = [Int](repeating: 0, count: count + 1)
        for number in order where group(number) >= 0 { starts[group(number) + 1] += 1 }
        for place in 0..<count { starts[place + 1] += starts[place] }
        var next = starts
        var numbers = [Int](repeating: 0, count: starts[count])
        for number in order {
            let place = group(number)
            guard place >= 0 else { continue }
            numbers[next[place]] = number
            next[place] += 1
        }
        return (starts, numbers)
    }
}

/// A folded edge in one word that orders as its key does, for rows are numbered in their order. Never 0, for no row has an edge to
/// itself. Rows are fewer than 2^18, as `EndTable.limit` has it.
private struct PackedEdge {
    let bits: UInt64

    init(bits: UInt64) { self.bits = bits }

    init(_ source: Int, _ destination: Int, _ protocolNumber: UInt8, _ port: UInt16?) {
        let service = UInt64(protocolNumber) << 17 | (port.map { UInt64($0) + 1 } ?? 0)
        bits = UInt64(source) << 43 | UInt64(destination) << 25 | service
    }

    var source: Int { Int(bits >> 43) }
    var destination: Int { Int(bits >> 25 & 0x3ffff) }
    var protocolNumber: UInt8 { UInt8(truncatingIfNeeded: bits >> 17) }
    var port: UInt16? { bits & 0x1ffff == 0 ? nil : UInt16(truncatingIfNeeded: (bits & 0x1ffff) - 1) }
    /// Both rows and the protocol.
    var pair: UInt64 { bits >> 17 }
    var withoutPort: Self { Self(bits: bits & ~0x1ffff) }
}
