/// What was put into a text before it was parsed, and where: characters of no meaning before keys that stand twice.
///
/// Yams refuses a file with such keys at the first of them. With a character more they are different keys, the rest is read, and
/// each is told.
struct YAMLMarkers: Sendable {
    /// Where they stand, as places of the text without them.
    private(set) var places: [TextPlace] = []

    /// The place in the text without them of a place in the text with them.
    func original(_ place: TextPlace) -> TextPlace {
        var before = 0
        for column in places.filter({ $0.line == place.line }).map(\.column).sorted() {
            guard column + before < place.column else { break }
            before += 1
        }
        return TextPlace(line: place.line, column: place.column - before)
    }

    /// Puts one before the key at a place of the text with those there are. Nil, and nothing done, when the text ends before it.
    mutating func insert(into text: String, at place: TextPlace) -> String? {
        let scalars = text.unicodeScalars
        guard var index = Self.index(of: place, in: scalars), let marker = YAMLIndicators.marker(places.count) else {
            return nil
        }
        // Inside the quotes, where there are some.
        if scalars[index] == "\"" || scalars[index] == "'" { index = scalars.index(after: index) }
        places.append(original(place))
        var result = text
        result.unicodeScalars.insert(marker, at: index)
        return result
    }

    private static func index(of place: TextPlace, in text: String.UnicodeScalarView) -> String.Index? {
        var lines = LineCount()
        for index in text.indices {
            if lines.place == place { return index }
            lines.pass(text[index])
        }
        return nil
    }
}
