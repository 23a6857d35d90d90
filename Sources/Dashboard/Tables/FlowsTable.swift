import Addressing
import Flows
import Graph
import Records
import Terminal

/// Flows of a snapshot as a table.
struct FlowsTable: Sendable {
    var table = ListTable<FlowIdentifier>(
        Self.columns,
        order: ListOrder(column: Column.bytes.rawValue, isReversed: true)
    )
    /// Which flows are shown; nil for all.
    var isShown: (@Sendable (FlowRecord) -> Bool)?
    var filter = FlowFilter()
    /// The flows that show an alert, and what that is called: then only those are listed, whatever else is filtered.
    var evidence: (flows: Set<FlowIdentifier>, title: String)?
    var signs = EndSigns()
    /// Seconds east of Greenwich.
    var zone = 0
    /// The flow that is chosen, as it was told last: also when it is told of no more.
    private(set) var selected: FlowRecord?
    /// What was drawn last: the flows that were let through, as places in the snapshot's, in the table's order.
    private var places: [Int] = []

    enum Column: Int, CaseIterable, Sendable {
        case from, to, protocols, bytes, rate, packets, overlay, state, started
    }

    static let columns = [
        ListColumn(title: "FROM", width: 12, share: 4),
        ListColumn(title: "TO", width: 16, share: 5),
        ListColumn(title: "PROTO", width: 9, rank: 1),
        ListColumn(title: "BYTES", width: 6, isRight: true, isMostFirst: true),
        ListColumn(title: "RATE", width: 6, rank: 3, isRight: true, isMostFirst: true),
        ListColumn(title: "PKTS", width: 7, rank: 5, least: 100, isRight: true, isMostFirst: true),
        ListColumn(title: "OVERLAY", width: 9, rank: 4),
        ListColumn(title: "STATE", width: 6, rank: 2),
        ListColumn(title: "STARTED", width: 9, rank: 6, least: 90, isMostFirst: true),
    ]

    /// Whether the chosen flow is told of no more.
    var isGone: Bool { table.isGone }

    mutating func handle(_ key: Key, _ modifiers: Modifiers) -> KeyAnswer {
        switch key {
        case .enter:
            table.keep()
            return selected == nil ? .taken : .open
        case .character("f") where !modifiers.contains(.control):
            table.order = ListOrder(column: Column.started.rawValue, isReversed: false)
            table.follow(!table.followsLast)
            return .taken
        default: return table.handle(key, modifiers) ? .taken : .ignored
        }
    }

    mutating func draw(_ snapshot: Snapshot, on grid: inout CellGrid, in area: ScreenArea) {
        let flows = snapshot.flows
        arrange(flows)
        let places = places
        let signs = signs
        let zone = zone
        let glyphs = grid.glyphs
        let range = table.draw(on: &grid, in: area.part(top: 0, height: area.height - 1)) { index in
            Self.cells(of: flows[places[index]], signs, zone: zone, glyphs)
        }
        if places.isEmpty, area.height > 2 {
            area.put(emptyText(snapshot), on: &grid, row: 1, column: 1, .quiet)
        }
        let foot = footText(snapshot, range, glyphs, width: area.width - 1)
        area.put(foot, on: &grid, row: area.height - 1, column: 1, table.isGone ? .warning : .quiet)
    }

    /// Filters, sorts, and finds what is chosen again.
    private mutating func arrange(_ flows: [FlowRecord]) {
        var shown = Array(flows.indices)
        if let evidence {
            shown.removeAll { !evidence.flows.contains(flows[$0].identifier) }
        } else {
            hideFiltered(flows, &shown)
        }
        let column = Column(rawValue: table.order.column) ?? .started
        let keys = FlowSorting.keys(of: flows, at: shown, by: column)
        places = SortKeys.order(keys, isReversed: table.order.isReversed).map { shown[$0] }
        table.show(places.map { flows[$0].identifier })
        if table.isGone { return }
        selected = table.chosen == nil ? nil : flows[places[table.place]]
    }

    private func hideFiltered(_ flows: [FlowRecord], _ shown: inout [Int]) {
        if !filter.isEmpty { shown.removeAll { !filter.holds(of: FilteredFlow(flows[$0])) } }
        if let isShown { shown.removeAll { !isShown(flows[$0]) } }
    }

    private func emptyText(_ snapshot: Snapshot) -> String {
        if let evidence {
            return "None of the \(evidence.flows.count) flows is remembered here any more.   Esc goes back."
        }
        return snapshot.flows.isEmpty
            ? "No flows yet."
            : "The filter hides all \(AmountText.count(UInt64(snapshot.flows.count))) flows.   Esc clears it."
    }

    /// `1–5 of 327   counted 19:01:11 to 19:02:11, loss 0 %`
    ///
    /// From when to when goes first where there is no room; the loss is always said.
    private func footText(_ snapshot: Snapshot, _ range: Range<Int>, _ glyphs: GlyphSet, width: Int) -> String {
        var words: [String] = []
        let count = AmountText.count(UInt64(places.count))
        let dash = glyphs == .unicode ? "–" : "-"
        words.append(range.isEmpty ? "0 of \(count)" : "\(range.lowerBound + 1)\(dash)\(range.upperBound) of \(count)")
        if let evidence {
            words[0] += ", evidence of \(evidence.title)"
            let missing = evidence.flows.count - places.count
            if missing > 0 { words[0] += ", \(missing) not remembered here any more" }
        } else if places.count < snapshot.flows.count {
            words[0] += ", \(AmountText.count(UInt64(snapshot.flows.count - places.count))) hidden"
        }
        if evidence == nil, snapshot.olderFlows > 0 { words[0] += ", \(AmountText.count(snapshot.olderFlows)) older" }
        if table.isGone { words.append("gone: " + (selected.map { Self.title($0, glyphs) } ?? "the chosen flow")) }
        if table.followsLast { words.append("following") }
        var counted = ""
        if let time = snapshot.time, let first = snapshot.flows.lazy.map(\.first).min() {
            counted = "counted \(TimeText.clock(first, zone: zone)) to \(TimeText.clock(time, zone: zone)), "
        }
        let loss = "loss \(AmountText.share(snapshot.health.loss))"
        let text = (words + [counted + loss]).joined(separator: "   ")
        return DisplayWidth().of(text) <= width ? text : (words + [loss]).joined(separator: "   ")
    }

    /// `cart ► pg-orders:5432`
    static func title(_ flow: FlowRecord, _ glyphs: GlyphSet) -> String {
        "\(FlowText.source(flow)) \(glyphs == .ascii ? "->" : "►") \(FlowText.destination(flow))\(FlowText.port(flow))"
    }

    private static func cells(
        of flow: FlowRecord,
        _ signs: EndSigns,
        zone: Int,
        _ glyphs: GlyphSet
    ) -> [ListCell] {
        let rate = FlowText.rate(flow).map { RateText.text($0) } ?? "-"
        let hasFailed = flow.protocolNumber == 6 && [.s0, .rej, .rstos0, .sh].contains(flow.connectionState)
        return [
            ListCell(signs.sign(of: flow.identities?.source), FlowText.source(flow), glyphs),
            ListCell(
                signs.sign(of: flow.identities?.destination),
                FlowText.destination(flow),
                tail: FlowText.port(flow),
                glyphs
            ),
            ListCell(FlowText.protocols(flow)), ListCell(AmountText.bytes(flow.bytes)), ListCell(rate),
            ListCell(AmountText.count(flow.packets)), ListCell(FlowText.overlay(flow)),
            ListCell(FlowText.state(flow), hasFailed ? .warning : .plain),
            ListCell(TimeText.clock(flow.first, zone: zone), .quiet),
        ]
    }
}
