import Yams

/// A YAML text, parsed.
package struct YAMLDocument {
    /// What it holds; nil when that is nothing at all.
    package let root: YAMLNode?

    /// Parses the bytes of a file. Throws the first thing that is no YAML we read.
    package init(_ bytes: [UInt8]) throws(LocatedMistake) {
        try self.init(try YAMLText.text(bytes))
    }

    /// Parses a text that `YAMLText` let pass.
    private init(_ text: String) throws(LocatedMistake) {
        var markers = YAMLMarkers()
        var text = YAMLIndicators.replacing(in: text)
        while true {
            do {
                // UTF-8 is said because Yams would else ask the environment, and print what it found.
                let node = try compose(yaml: text, .basic, .default, .utf8)
                root = node.map { YAMLNode($0, markers: markers) }
                return
            } catch YamlError.duplicatedKeysInMapping(let names, let context) {
                let place = TextPlace(context.mark)
                guard let marked = Self.marking(place, in: text, &markers) else {
                    let name = YAMLIndicators.restoring(names.first ?? "")
                    throw LocatedMistake(at: markers.original(place), "key \(Quoted.text(name)) stands here twice")
                }
                text = marked
            } catch {
                throw Self.mistake(error, in: text, markers)
            }
        }
    }

    /// The text with a mark before the key at a place; nil where there are too many of them.
    private static func marking(_ place: TextPlace, in text: String, _ markers: inout YAMLMarkers) -> String? {
        guard markers.places.count < TextBounds.duplicates,
            text.utf8.count <= TextBounds.lengthForDuplicates
        else { return nil }
        return markers.insert(into: text, at: place)
    }

    private static func mistake(_ error: any Error, in text: String, _ markers: YAMLMarkers) -> LocatedMistake {
        let start = TextPlace(line: 1, column: 1)
        switch error {
        case YamlError.scanner(let context, let problem, let mark, _),
            YamlError.parser(let context, let problem, let mark, _),
            YamlError.composer(let context, let problem, let mark, _):
            let place = markers.original(TextPlace(mark))
            if problem.hasPrefix("Maximum nesting level") { return LocatedMistake(at: place, "nested too deep") }
            let surroundings = context.map { "\($0.text) (line \($0.mark.line)), " } ?? ""
            let hint =
                YAMLIndicators.stand(in: text, beforeLine: place.line)
                ? "; anchors, aliases and tags are not read here" : ""
            return LocatedMistake(at: place, "no YAML: \(surroundings)\(problem)\(hint)")
        case YamlError.reader(let problem, _, _, _): return LocatedMistake(at: start, "no YAML: \(problem)")
        default: return LocatedMistake(at: start, "cannot be parsed as YAML")
        }
    }
}

extension TextPlace {
    /// The same as Yams counts it.
    init(_ mark: Mark) {
        self.init(line: mark.line, column: mark.column)
    }
}
