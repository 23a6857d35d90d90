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
    let ends: [(source: Int, destination: Int)]
    /// The folded edge of each edge; -1 inside of a row.
    let folds: [Int]
    let foldEdges: [Int]
    let foldStarts: [Int]

    /// Folded edges between two rows for one protocol. Past it those that were seen first keep their port, and the rest has none.
    static var ports: Int { 16 }

    init(_ table: EndTable, _ edges: EdgeTable, _ assignment: RowAssignment, generation: Int) {
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

        var packs = [UInt64](repeating: 0, count: edges.lines.count)
        var first: [UInt64: Int64] = [:]
        for (number, line) in edges.lines.enumerated() {
            let (source, destination) = (slots[line.source], slots[line.destination])
            guard source != destination else { continue }
            let pack = PackedEdge(source, destination, line.protocolNumber, line.port).bits
            packs[number] = pack
            first[pack] = min(first[pack] ?? .max, line.first.nanoseconds)
        }
        let (unique, without) = Self.limited(first)
        var places: [UInt64: Int] = [:]
        places.reserveCapacity(unique.count)
        for (place, pack) in unique.enumerated() { places[pack] = place }
        var folds = [Int](repeating: -1, count: packs.count)
        for (number, pack) in packs.enumerated() where pack != 0 {
            folds[number] = places[without.contains(pack) ? PackedEdge(bits: pack).withoutPort.bits : pack] ?? -1
        }
        self.folds = folds
        let packed = unique.map { PackedEdge(bits: $0) }
        ends = packed.map { ($0.source, $0.destination) }
        keys = packed.map {
            FoldedEdgeKey(
                names.rows[rows[$0.source]].key,
                names.rows[rows[$0.destination]].key,
                protocolNumber: $0.protocolNumber,
                port: $0.port
            )
        }
        (foldStarts, foldEdges) = Self.grouped(edges.order, unique.count) { folds[$0] }
    }

    /// Folded edges in order, and those that count without their port.
    private static func limited(_ first: [UInt64: Int64]) -> (edges: [UInt64], without: Set<UInt64>) {
        let all = first.keys.sorted()
        var (result, without, start): ([UInt64], Set<UInt64>, Int) = ([], [], 0)
        while start < all.count {
            let pair = PackedEdge(bits: all[start]).pair
            let end = all[start...].firstIndex { PackedEdge(bits: $0).pair != pair } ?? all.count
            var run = Array(all[start..<end])
            start = end
            if run.count > ports {
                run.sort { (first[$0] ?? .max, $0) < (first[$1] ?? .max, $1) }
                without.formUnion(run[ports...])
                let rest = PackedEdge(bits: run[ports]).withoutPort.bits
                run.removeSubrange(ports...)
                if !run.contains(rest) { run.append(rest) }
                run.sort()
            }
            result += run
        }
        return (result, without)
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
