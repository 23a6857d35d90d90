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
        /// Bytes a second over the last minute, where they are measured.
        var rate: UInt64 = 0
        /// Of the picture that is compared with.
        var earlier = EdgeCounts()
        var flags: Flags = []

        var knownRate: UInt64? { flags.contains(.measured) ? rate : nil }
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
        /// Whose rate is known.
        static let measured = Flags(rawValue: 32)
    }

    private(set) var keys: [EdgeKey] = []
    var lines: [Line] = []
    private var numbers: [EdgeKey: Int] = [:]
    private var lastEdges = LastOrder()
    private var lastRates = LastOrder()
    /// All numbers in the order of their keys.
    private(set) var order: [Int] = []
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

    mutating func take(_ rates: [EdgeKey: EdgeRate]) {
        for number in lines.indices { lines[number].flags.remove(.measured) }
        for (key, rate) in rates {
            let known = if let guess = lastRates.guess, keys[guess] == key { guess } else { numbers[key] }
            guard let number = known else { continue }
            lastRates.came(number)
            lines[number].rate = rate.minute.bytes
            lines[number].flags.insert(.measured)
        }
        lastRates.end(numbers: keys.count)
    }

    /// Sets a flag on exactly these.
    mutating func mark(_ wanted: Set<EdgeKey>, _ flag: Flags) {
        for number in lines.indices { lines[number].flags.remove(flag) }
        for key in wanted { if let number = numbers[key] { lines[number].flags.insert(flag) } }
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
