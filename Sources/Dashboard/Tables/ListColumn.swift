/// A column of a table.
struct ListColumn: Sendable {
    let title: String
    /// The columns of the screen it takes at least, and of what is left then how many parts.
    let width: Int
    var share = 0
    /// When there is no room, the highest rank goes first; 0 stays, cut if need be.
    var rank = 0
    /// How wide the screen must be for it to be shown; whatever else there is room for.
    var least = 0
    /// Whether numbers stand at its right side.
    var isRight = false
    /// Whether sorting by it begins with the most.
    var isMostFirst = false
}

/// Where columns stand in so many columns of a screen.
struct ListLayout: Equatable {
    struct Place: Equatable {
        let column: Int
        let start: Int
        let width: Int
    }

    let places: [Place]

    /// Between two columns.
    static var gap: Int { 2 }

    /// Leaves columns out until the rest fits, and gives what is left to those that want it.
    init(_ columns: [ListColumn], width: Int) {
        var shown = columns.indices.filter { columns[$0].least <= width }
        func needed() -> Int { shown.reduce(0) { $0 + columns[$1].width } + Self.gap * max(shown.count - 1, 0) }
        while needed() > width {
            guard let last = shown.filter({ columns[$0].rank > 0 }).max(by: { columns[$0].rank < columns[$1].rank })
            else { break }
            shown.removeAll { $0 == last }
        }
        let spare = max(width - needed(), 0)
        let shares = shown.reduce(0) { $0 + columns[$1].share }
        var places: [Place] = []
        var start = 0
        var given = 0
        var before = 0
        for column in shown where start < width {
            before += columns[column].share
            // Whole columns, and all of them given away at the last share.
            let more = shares == 0 ? 0 : spare * before / shares - given
            given += more
            let own = min(columns[column].width + more, width - start)
            places.append(Place(column: column, start: start, width: own))
            start += own + Self.gap
        }
        self.places = places
    }
}
