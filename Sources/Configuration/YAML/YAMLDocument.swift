import Yams

/// A YAML text, parsed.
struct YAMLDocument {
    /// What it holds; nil when that is nothing at all.
    let root: YAMLNode?

    /// Parses a text that `YAMLText` let pass.
    init(_ text: String) throws(LocatedMistake) {
        var markers = YAMLMarkers()
        var text = YAMLIndicators.replacing(in: text)
        while true {
            do {
                // UTF-8 is said because Yams would else ask the environment, and print what it found.
                let node = try compose(yaml: text, .basic, .default, .utf8)
                root = node.map { YAMLNode($0, markers: markers) }
                return
            } catch YamlError.duplicatedKeysInMapping(let names, let context) {
                let place = ConfigurationPlace(line: context.mark.line, column: context.mark.column)
                guard markers.places.count < ConfigurationBounds.duplicates,
                    let marked = markers.insert(into: text, at: place)
                else {
                    let name = YAMLIndicators.restoring(names.first ?? "")
                    throw LocatedMistake(at: markers.original(place), "key \(Quoted.text(name)) stands here twice")
                }
                text = marked
            } catch {
                throw Self.mistake(error, markers)
            }
        }
    }

    private static func mistake(_ error: any Error, _ markers: YAMLMarkers) -> LocatedMistake {
        let start = ConfigurationPlace(line: 1, column: 1)
        switch error {
        case YamlError.scanner(let context, let problem, let mark, _),
            YamlError.parser(let context, let problem, let mark, _),
            YamlError.composer(let context, let problem, let mark, _):
            let place = markers.original(ConfigurationPlace(line: mark.line, column: mark.column))
            let surroundings = context.map { ", \($0.text)" } ?? ""
            return LocatedMistake(at: place, "no YAML: \(YAMLIndicators.restoring(problem))\(surroundings)")
        case YamlError.reader(let problem, _, _, _): return LocatedMistake(at: start, "no YAML: \(problem)")
        default: return LocatedMistake(at: start, "cannot be parsed as YAML")
        }
    }
}
