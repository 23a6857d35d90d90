import Graph
import Layout

/// Reads a chart as a person does: from its characters alone, and where the names stand.
///
/// Start right of a name, heading right. A piece that opens to the left is entered: leave it by any other side. One that
/// does not is in front: go on beneath it. Along a vertical go on, or right; or left if that leads home: straight over
/// everything to a `◄`, where an open corner behind the `◄` goes on and anything else ends at the name before it.
struct ChartReader {
    struct Pair: Hashable, Comparable, CustomStringConvertible {
        let source: RowKey
        let destination: RowKey

        static func < (left: Self, right: Self) -> Bool {
            left.source != right.source ? left.source < right.source : left.destination < right.destination
        }

        var description: String { "\(source.name)>\(destination.name)" }
    }

    private struct Step: Hashable {
        let x: Int
        let y: Int
        let heading: Heading
    }

    private enum Heading {
        case up, down, left, right
    }

    private let lines: [[Character]]
    private let names: [PlacedRow]
    private let glyphs: LineGlyphs

    /// - Parameter lines: of the chart without its names.
    init(_ lines: [[Character]], names: [PlacedRow], glyphs: LineGlyphs) {
        self.lines = lines
        self.names = names
        self.glyphs = glyphs
    }

    func pairs() -> Set<Pair> {
        var result = Set<Pair>()
        for name in names {
            for end in ends(from: name) { result.insert(Pair(source: name.key, destination: end)) }
        }
        return result
    }

    private func ends(from name: PlacedRow) -> Set<RowKey> {
        var ends = Set<RowKey>()
        var seen = Set<Step>()
        // A space may part the name from its line; the line opens to it.
        let first = name.x + name.width
        var open = [Step(x: first, y: name.y, heading: .right)]
        if at(first, name.y) == " ", arms(at(first + 1, name.y))?.contains("l") == true {
            open = [Step(x: first + 1, y: name.y, heading: .right)]
        }
        while let step = open.popLast() {
            guard seen.insert(step).inserted else { continue }
            switch step.heading {
            case .right: right(step, &open, &ends)
            case .up, .down: vertical(step, &open)
            case .left: home(step, &open, &ends)
            }
        }
        return ends
    }

    private func right(_ step: Step, _ open: inout [Step], _ ends: inout Set<RowKey>) {
        let glyph = at(step.x, step.y)
        if Self.isArrow(glyph) {
            if let name = names.first(where: { $0.y == step.y && $0.x == step.x + 1 }) { ends.insert(name.key) }
        } else if let arms = arms(glyph) {
            if arms.contains("l") {
                leave(step, arms.subtracting("l"), &open)
            } else {
                open.append(Step(x: step.x + 1, y: step.y, heading: .right))
            }
        }
    }

    private func vertical(_ step: Step, _ open: inout [Step]) {
        guard let arms = arms(at(step.x, step.y)) else { return }
        let back: Character = step.heading == .down ? "u" : "d"
        guard arms.contains(back) else { return }
        leave(step, arms.subtracting([back]), &open)
    }

    private func home(_ step: Step, _ open: inout [Step], _ ends: inout Set<RowKey>) {
        let glyph = at(step.x, step.y)
        if Self.isHomeArrow(glyph) {
            let behind = arms(at(step.x - 1, step.y)) ?? []
            if behind.contains("r"), behind.contains("u") || behind.contains("d") {
                leave(Step(x: step.x - 1, y: step.y, heading: .left), behind.subtracting("r"), &open)
            } else if let name = names.filter({ $0.y == step.y && $0.x < step.x }).max(by: { $0.x < $1.x }) {
                ends.insert(name.key)
            }
        } else if let arms = arms(glyph), !arms.contains("r") || arms == ["l", "r"] {
            open.append(Step(x: step.x - 1, y: step.y, heading: .left))
        }
    }

    private func leave(_ step: Step, _ arms: Set<Character>, _ open: inout [Step]) {
        for arm in arms {
            switch arm {
            case "u": open.append(Step(x: step.x, y: step.y - 1, heading: .up))
            case "d": open.append(Step(x: step.x, y: step.y + 1, heading: .down))
            case "l": open.append(Step(x: step.x - 1, y: step.y, heading: .left))
            default: open.append(Step(x: step.x + 1, y: step.y, heading: .right))
            }
        }
    }

    private func at(_ x: Int, _ y: Int) -> Character {
        guard y >= 0, y < lines.count, x >= 0, x < lines[y].count else { return " " }
        return lines[y][x]
    }

    private static func isArrow(_ glyph: Character) -> Bool { glyph == "►" || glyph == ">" || glyph == "#" }
    private static func isHomeArrow(_ glyph: Character) -> Bool { glyph == "◄" || glyph == "<" }

    /// The sides a character opens to; nil for what is no line.
    private func arms(_ glyph: Character) -> Set<Character>? {
        Self.shapes[glyphs == .ascii ? 1 : 0].first { $0.key.contains(glyph) }.map { Set($0.value) }
    }

    private static let shapes: [[(key: String, value: String)]] = [
        [
            ("─━═┄·", "lr"), ("│┃║┆:", "ud"), ("┌┏╔", "dr"), ("┐┓╗", "dl"), ("└┗╚", "ur"), ("┘┛╝", "ul"),
            ("├┣╠", "udr"), ("┤┫╣", "udl"), ("┬┳╦", "dlr"), ("┴┻╩", "ulr"), ("┼╋╬", "udlr"),
        ],
        [
            ("-=~x", "lr"), ("|HX:", "ud"), (",", "dr"), (".", "dl"), ("`", "ur"), ("'", "ul"), ("}", "udr"),
            ("{", "udl"),
            (";", "dlr"), ("^", "ulr"), ("+", "udlr"),
        ],
    ]
}
