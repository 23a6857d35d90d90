import ArgumentParser
import Graph

/// In whose words a graph is told, or as which picture.
enum GraphFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json, dot, mermaid, graphml, svg, html
}

extension Rung: ExpressibleByArgument {
    package init?(argument: String) {
        guard let rung = Rung.ladder.first(where: { $0.word == argument }) else { return nil }
        self = rung
    }

    package static var allValueStrings: [String] { ladder.map(\.word) }
}

/// So much time, as people write it: `90s`, `10m`, `1h`, `2d`; at most a hundred years.
struct SpanArgument: ExpressibleByArgument {
    let nanoseconds: Int64
    let text: String

    init?(argument: String) {
        let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
        guard let unit = argument.last.flatMap({ units[$0] }), let number = Int64(argument.dropLast()), number > 0,
            number <= 100 * 366 * 86_400 / unit
        else { return nil }
        nanoseconds = number * unit * 1_000_000_000
        text = argument
    }

    var seconds: Double { Double(nanoseconds) / 1e9 }
}

/// What a graph is compared with: one that somebody saved, or the time before.
enum GraphBaseline {
    case file(String)
    case before(SpanArgument)

    /// What reads as a span is one; a file of that name is `./1h`.
    init(_ argument: String) {
        self = SpanArgument(argument: argument).map(Self.before) ?? .file(argument)
    }
}
