import Addressing

/// Edges that a folder was told of, each with a number and the numbers of its ends.
struct EdgeTable {
    struct Line {
        let source: Int
        let destination: Int
        let protocolNumber: UInt8
        let port: UInt16?
        var counts = EdgeCounts()
        var first: Timestamp
        var last: Timestamp
        /// Of the picture that is compared with.
        var earlier = EdgeCounts()
        var flags: Flags = []
    }

    struct Flags: OptionSet {
        let rawValue: UInt8
        /// In the picture; in the one that it is compared with.
        static let here = Flags(rawValue: 1)
        static let before = Flags(rawValue: 2)
        /// What the filter lets through.
        static let wanted = Flags(rawValue: 4)
        static let crossing = Flags(rawValue: 8)
        static let dropped = Flags(rawValue: 16)
    }

    private(set) var keys: [EdgeKey] = []
    /// Of no meaning: what is fetched ahead must go somewhere.
    private var touched: UInt8 = 0
    var lines: [Line] = []
    /// Bytes a second over the last minute, by number; of further edges nobody knows. Apart from the lines, as they come in another
    /// order: so close together they are in the processor's cache.
    private var rates: [UInt64] = []
    private var numbers: [EdgeKey: Int] = [:]
    private var lastEdges = LastOrder()
    private var lastRates = LastOrder()
    /// All numbers in the order of their keys.
    private(set) var order: [Int] = []
    /// Flags that some line may have.
    private var marked: Flags = []
    /// Edges of the picture.
    var count: Int { lastEdges.count }

    /// Takes a picture's edges; returns those that are new.
    mutating func take(_ edges: [EdgeKey: Edge], _ ends: inout EndTable) -> Range<Int> {
        let known = keys.count
        for number in lines.indices { lines[number].flags.remove(.here) }
        for (key, edge) in edges {
            let number =
                if let guess = lastEdges.guess, keys[guess] == key { guess } else {
                    numbers[key] ?? add(key, edge.first, &ends)
                }
            lastEdges.came(number)
            // A twin's edge, of which everything is counted on the other one: it would be drawn, and say nothing.
            if !edge.counts.isZero { lines[number].flags.insert(.here) }
            lines[number].counts = edge.counts
            lines[number].first = edge.first
            lines[number].last = edge.last
        }
        lastEdges.end(numbers: keys.count)
        settle(&ends)
        return known..<keys.count
    }

    /// Takes the edges of the picture that is compared with.
    mutating func take(earlier edges: [EdgeKey: Edge], _ ends: inout EndTable) -> Range<Int> {
        let known = keys.count
        for number in lines.indices {
            lines[number].flags.remove(.before)
            lines[number].earlier = EdgeCounts()
        }
        for (key, edge) in edges {
            let number = numbers[key] ?? add(key, edge.first, &ends)
            if !edge.counts.isZero { lines[number].flags.insert(.before) }
            lines[number].earlier = edge.counts
        }
        settle(&ends)
        return known..<keys.count
    }

    mutating func take(_ told: [EdgeKey: EdgeRate]) {
        rates = [UInt64](repeating: Self.unknown, count: keys.count)
        for (place, (key, rate)) in told.enumerated() {
            // These stand anywhere, and to fetch them one after the other takes longer than all else: so many at once.
            if place % Self.ahead == 0 {
                touched = lastRates.next(Self.ahead).reduce(0) { $0 ^ keys[$1].protocolNumber }
            }
            let known = if let guess = lastRates.guess, keys[guess] == key { guess } else { numbers[key] }
            guard let number = known else { continue }
            lastRates.came(number)
            rates[number] = rate.minute.bytes
        }
        lastRates.end(numbers: keys.count)
    }

    private static var unknown: UInt64 { .max }
    /// Keys that are fetched at once.
    private static var ahead: Int { 16 }

    /// Bytes a second over the last minute, where they were told.
    func rate(of number: Int) -> UInt64? {
        guard number < rates.count, rates[number] != Self.unknown else { return nil }
        return rates[number]
    }

    /// Sets a flag on exactly these.
    mutating func mark(_ wanted: Set<EdgeKey>, _ flag: Flags) {
        if marked.contains(flag) { for number in lines.indices { lines[number].flags.remove(flag) } }
        marked.remove(flag)
        for key in wanted {
            guard let number = numbers[key] else { continue }
            lines[number].flags.insert(flag)
            marked.insert(flag)
        }
    }

    private mutating func add(_ key: EdgeKey, _ first: Timestamp, _ ends: inout EndTable) -> Int {
        let number = keys.count
        keys.append(key)
        numbers[key] = number
        lines.append(
            Line(
                source: ends.number(of: key.source, at: first),
                destination: ends.number(of: key.destination, at: first),
                protocolNumber: key.protocolNumber,
                port: key.port,
                first: first,
                last: first
            )
        )
        return number
    }

    /// Ends' ranks keep their order whoever comes, so numbers are compared, and never names.
    private mutating func settle(_ ends: inout EndTable) {
        ends.settle()
        guard order.count < keys.count else { return }
        let ranks = ends.ranks
        let isBefore = { [lines] (left: Int, right: Int) -> Bool in
            let (left, right) = (lines[left], lines[right])
            if left.source != right.source { return ranks[left.source] < ranks[right.source] }
            if left.destination != right.destination { return ranks[left.destination] < ranks[right.destination] }
            if left.protocolNumber != right.protocolNumber { return left.protocolNumber < right.protocolNumber }
            return (left.port.map(Int.init) ?? -1) < (right.port.map(Int.init) ?? -1)
        }
        order = merged(order, Array(order.count..<keys.count).sorted(by: isBefore), by: isBefore)
    }
}
