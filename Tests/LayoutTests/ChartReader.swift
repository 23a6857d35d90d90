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

    /// What is in a cell: the sides a line opens to, or an arrowhead.
    private struct Piece: OptionSet {
        let rawValue: UInt8

        static let up = Piece(rawValue: 1)
        static let down = Piece(rawValue: 2)
        static let left = Piece(rawValue: 4)
        static let right = Piece(rawValue: 8)
        static let arrow = Piece(rawValue: 16)
        static let homeArrow = Piece(rawValue: 32)
        static let level: Piece = [.left, .right]
    }

    private let pieces: [[Piece]]
    private let names: [PlacedRow]
    private var namesByLine: [Int: [PlacedRow]] = [:]

    /// `lines` are those of the chart without its names.
    init(_ lines: [[Character]], names: [PlacedRow], glyphs: LineGlyphs) {
        let shapes = glyphs == .ascii ? Self.plain : Self.drawn
        pieces = lines.map { $0.map { shapes[$0] ?? [] } }
        self.names = names
        for name in names { namesByLine[name.y, default: []].append(name) }
    }

    func pairs() -> Set<Pair> {
        var result = Set<Pair>()
        for name in names {
            for end in ends(from: name) { result.insert(Pair(source: name.key, destination: end)) }
        }
        return result
    }

    private func ends(from name: PlacedRow) -> [RowKey] {
        var ends: [RowKey] = []
        var seen = Set<Step>()
        // A space may part the name from its line; the line opens to it.
        let first = name.x + name.width
        let isApart = at(first, name.y).isEmpty && at(first + 1, name.y).contains(.left)
        var open = [Step(x: isApart ? first + 1 : first, y: name.y, heading: .right)]
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

    private func right(_ step: Step, _ open: inout [Step], _ ends: inout [RowKey]) {
        let piece = at(step.x, step.y)
        if piece.contains(.arrow) {
            if let name = namesByLine[step.y]?.first(where: { $0.x == step.x + 1 }) { ends.append(name.key) }
        } else if piece.contains(.left) {
            leave(step, piece.subtracting(.left), &open)
        } else if !piece.isEmpty, !piece.contains(.homeArrow) {
            open.append(Step(x: step.x + 1, y: step.y, heading: .right))
        }
    }

    private func vertical(_ step: Step, _ open: inout [Step]) {
        let piece = at(step.x, step.y)
        let back: Piece = step.heading == .down ? .up : .down
        guard piece.contains(back) else { return }
        leave(step, piece.subtracting(back), &open)
    }

    private func home(_ step: Step, _ open: inout [Step], _ ends: inout [RowKey]) {
        let piece = at(step.x, step.y)
        if piece.contains(.homeArrow) {
            let behind = at(step.x - 1, step.y)
            if behind.contains(.right), !behind.isDisjoint(with: [.up, .down]) {
                leave(Step(x: step.x - 1, y: step.y, heading: .left), behind.subtracting(.right), &open)
            } else if let name = namesByLine[step.y]?.filter({ $0.x < step.x }).max(by: { $0.x < $1.x }) {
                ends.append(name.key)
            }
        } else if !piece.isEmpty, !piece.contains(.arrow), !piece.contains(.right) || piece == .level {
            open.append(Step(x: step.x - 1, y: step.y, heading: .left))
        }
    }

    private func leave(_ step: Step, _ sides: Piece, _ open: inout [Step]) {
        if sides.contains(.up) { open.append(Step(x: step.x, y: step.y - 1, heading: .up)) }
        if sides.contains(.down) { open.append(Step(x: step.x, y: step.y + 1, heading: .down)) }
        if sides.contains(.left) { open.append(Step(x: step.x - 1, y: step.y, heading: .left)) }
        if sides.contains(.right) { open.append(Step(x: step.x + 1, y: step.y, heading: .right)) }
    }

    private func at(_ x: Int, _ y: Int) -> Piece {
        guard y >= 0, y < pieces.count, x >= 0, x < pieces[y].count else { return [] }
        return pieces[y][x]
    }

    private static let drawn = shapes([
        ("─━═┄·", .level), ("│┃║┆:", [.up, .down]), ("┌┏╔", [.down, .right]), ("┐┓╗", [.down, .left]),
        ("└┗╚", [.up, .right]), ("┘┛╝", [.up, .left]), ("├┣╠", [.up, .down, .right]), ("┤┫╣", [.up, .down, .left]),
        ("┬┳╦", [.down, .left, .right]), ("┴┻╩", [.up, .left, .right]), ("┼╋╬", [.up, .down, .left, .right]),
        ("►#", .arrow), ("◄", .homeArrow),
    ])

    private static let plain = shapes([
        ("-=~x", .level), ("|H:X", [.up, .down]), (",", [.down, .right]), (".", [.down, .left]), ("`", [.up, .right]),
        ("'", [.up, .left]), ("}", [.up, .down, .right]), ("{", [.up, .down, .left]), (";", [.down, .left, .right]),
        ("^", [.up, .left, .right]), ("+", [.up, .down, .left, .right]), (">#", .arrow), ("<", .homeArrow),
    ])

    private static func shapes(_ list: [(String, Piece)]) -> [Character: Piece] {
        var result: [Character: Piece] = [:]
        for (glyphs, piece) in list {
            for glyph in glyphs { result[glyph] = piece }
        }
        return result
    }
}
