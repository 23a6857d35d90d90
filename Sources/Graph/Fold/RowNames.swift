/// What rows are called: short, and no two of a level alike among those that are shown.
enum RowNames {
    /// Unicode scalars of a name; the rest is cut. Whoever draws cuts further.
    static var limit: Int { 128 }

    /// A name is the row's label; where that is another's, too, with what it is in before it; and if that does not help, its key.
    static func unique(_ rows: [RowTable.Row]) -> [String] {
        var names = rows.map { cut($0.label) }
        for spelling in [qualified, identifier] as [(RowTable.Row) -> String] {
            let shared = Self.shared(rows, names)
            if shared.isEmpty { return names }
            for place in shared { names[place] = cut(spelling(rows[place])) }
        }
        // Names that are longer than any should be, or that were chosen to look like another's.
        var used: Set<Called> = []
        for (place, row) in rows.enumerated() {
            var (name, number) = (names[place], 1)
            while !used.insert(Called(level: row.key.level, name: name)).inserted {
                number += 1
                name = "\(names[place]) #\(number + place)"
            }
            names[place] = name
        }
        return names
    }

    private struct Called: Hashable {
        let level: Int?
        let name: String
    }

    private static func shared(_ rows: [RowTable.Row], _ names: [String]) -> [Int] {
        var counts: [Called: Int] = [:]
        for (row, name) in zip(rows, names) { counts[Called(level: row.key.level, name: name), default: 0] += 1 }
        return names.indices.filter { counts[Called(level: rows[$0].key.level, name: names[$0]), default: 0] > 1 }
    }

    private static func qualified(_ row: RowTable.Row) -> String {
        row.qualifier.map { "\($0)/\(row.label)" } ?? row.label
    }

    /// Its key; of an end that is nothing but an address, that.
    private static func identifier(_ row: RowTable.Row) -> String {
        guard row.key.rung == .end || row.key.rung == .service, let end = EndpointKey(row.key.name),
            end.kind == .address
        else { return row.key.name }
        return end.name
    }

    private static func cut(_ name: String) -> String {
        // A name that is nothing would be a row that nobody sees.
        if name.isEmpty { return "-" }
        // No scalar has more than four bytes, so that most names need not be counted.
        if name.utf8.count <= limit || name.unicodeScalars.count <= limit { return name }
        return String(String.UnicodeScalarView(name.unicodeScalars.prefix(limit))) + "…"
    }
}
