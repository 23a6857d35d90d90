import Addressing
import Containers
import Graph
import Records
import Terminal

/// Who is here, as a table: containers, and if asked for the namespaces without any and the host.
struct ContainersTable: Sendable {
    var table = ListTable<ContainerRowID>(
        Self.columns,
        order: ListOrder(column: Column.name.rawValue, isReversed: false)
    )
    var signs = EndSigns()
    /// Which containers are shown; nil for all.
    var isShown: (@Sendable (ContainerInventory) -> Bool)?
    /// Whether the host and namespaces without containers are listed, after the others.
    private(set) var showsAll = false
    /// The row that is chosen, as it was last.
    private(set) var selected: ContainerRow?
    private var rows: [ContainerPlace] = []

    enum Column: Int, CaseIterable, Sendable {
        case name, level, image, address, network, listens, exposed, incoming, outgoing, who
    }

    static let columns = [
        ListColumn(title: "NAME", width: 16, share: 4),
        ListColumn(title: "LEVEL", width: 10, rank: 7, least: 110),
        ListColumn(title: "IMAGE", width: 12, share: 3, rank: 5),
        ListColumn(title: "ADDRESS", width: 15, share: 1),
        ListColumn(title: "NETWORK", width: 14, share: 3, rank: 6),
        ListColumn(title: "LISTENS", width: 12, share: 2, rank: 3),
        ListColumn(title: "EXPOSED", width: 12, share: 1, rank: 4),
        ListColumn(title: "IN", width: 6, rank: 1, isRight: true, isMostFirst: true),
        ListColumn(title: "OUT", width: 6, rank: 1, isRight: true, isMostFirst: true),
        ListColumn(title: "WHO", width: 13, rank: 2),
    ]

    var isGone: Bool { table.isGone }

    mutating func handle(_ key: Key, _ modifiers: Modifiers) -> KeyAnswer {
        switch key {
        case .enter:
            table.keep()
            return selected == nil ? .taken : .open
        case .character("a") where modifiers.isEmpty:
            showsAll.toggle()
            return .taken
        default: return table.handle(key, modifiers) ? .taken : .ignored
        }
    }

    mutating func draw(_ snapshot: Snapshot, on grid: inout CellGrid, in area: ScreenArea) {
        let hidden = arrange(snapshot)
        let (rows, signs, glyphs) = (rows, signs, grid.glyphs)
        let range = table.draw(on: &grid, in: area.part(top: 0, height: area.height - 1)) { index in
            Self.cells(of: rows[index].row(snapshot), signs, glyphs)
        }
        if rows.isEmpty, area.height > 2 {
            let text = hidden > 0 ? "The filter hides all \(hidden) containers." : "No containers are known here."
            area.put(text, on: &grid, row: 1, column: 1, .quiet)
        }
        let foot = footText(range, hidden, glyphs)
        area.put(foot, on: &grid, row: area.height - 1, column: 1, table.isGone ? .warning : .quiet)
    }

    private func footText(_ range: Range<Int>, _ hidden: Int, _ glyphs: GlyphSet) -> String {
        let dash = glyphs == .unicode ? "–" : "-"
        var words = [
            range.isEmpty ? "0 of \(rows.count)" : "\(range.lowerBound + 1)\(dash)\(range.upperBound) of \(rows.count)"
        ]
        if hidden > 0 { words[0] += ", \(hidden) hidden" }
        if table.isGone { words.append("gone: \(selected?.name ?? "the chosen one")") }
        words.append(showsAll ? "a hides the host and empty namespaces" : "a shows the host and empty namespaces")
        words.append("IN on edges others opened, OUT on its own")
        return words.joined(separator: "   ")
    }

    /// Makes the rows, in order; returns how many the filter hides.
    private mutating func arrange(_ snapshot: Snapshot) -> Int {
        let found = ContainerPlaces(snapshot, showsAll: showsAll, isShown)
        let column = Column(rawValue: table.order.column) ?? .name
        rows = found.sorted(by: column, isReversed: table.order.isReversed, signs)
        table.show(rows.map { $0.id(snapshot.inventory) })
        if !table.isGone { selected = table.chosen == nil ? nil : rows[table.place].row(snapshot) }
        return found.hidden
    }

    private static func cells(of row: ContainerRow, _ signs: EndSigns, _ glyphs: GlyphSet) -> [ListCell] {
        let key = row.resident?.container.key
        let sign = key.map { signs.sign(of: $0, isUnsure: row.isAmbiguous) } ?? EndSign()
        let network = row.network
        let who = row.who
        return [
            ListCell(sign, row.name, glyphs), ListCell(sign.level?.name ?? "-", sign.role),
            ListCell(row.image.isEmpty ? "-" : row.image),
            ListCell(several(network.addresses)), ListCell(PlainText.of(network.ways.first ?? "", glyphs), .quiet),
            ListCell(several(ServiceText.lines(of: row.listeners))),
            ListCell(PlainText.of(several(ServiceText.lines(of: row.exposures)), glyphs)), ListCell(row.incoming.text),
            ListCell(row.outgoing.text), ListCell(who.text, who.isSure ? .plain : .warning),
        ]
    }

    /// The first, and how many more.
    private static func several(_ texts: [String]) -> String {
        guard let first = texts.first else { return "-" }
        return texts.count > 1 ? "\(first) +\(texts.count - 1)" : first
    }
}
