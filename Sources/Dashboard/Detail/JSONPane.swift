import Addressing
import Containers
import Graph
import Records
import Terminal

/// A record as it is told, laid out for reading.
struct JSONPane: Sendable {
    let title: String
    /// As it is told, on one line.
    let text: String
    private let lines: [TextLine]
    var scroll = ScrollText()

    /// Of JSON as the writers of `Records` make it.
    init(_ title: String, _ bytes: [UInt8]) {
        self.title = title
        text = String(decoding: bytes, as: UTF8.self)
        lines = JSONLayout.lines(of: bytes).map { TextLine($0) }
    }

    init(_ flow: FlowRecord) {
        let writer = JSONRecordWriter()
        writer.write(flow)
        self.init("flow \(flow.identifier)", writer.bytes)
    }

    init(_ alert: AlertRecord) {
        let writer = JSONRecordWriter()
        writer.write(alert)
        self.init("alert \(alert.rule)", writer.bytes)
    }

    /// Of edges and their ends, as `portolan graph -o json` tells them.
    init(_ title: String, edges: [EdgeKey], of snapshot: Snapshot) {
        let keys = Set(edges)
        let ends = Set(edges.flatMap { [$0.source, $0.destination] })
        self.init(title, snapshot, edges: keys, ends: ends)
    }

    /// Of ends by themselves.
    init(_ title: String, ends: [EndpointKey], of snapshot: Snapshot) {
        self.init(title, snapshot, edges: [], ends: Set(ends))
    }

    private init(_ title: String, _ snapshot: Snapshot, edges: Set<EdgeKey>, ends: Set<EndpointKey>) {
        let part = GraphPicture(
            endpoints: snapshot.graph.endpoints.filter { ends.contains($0.key) },
            edges: snapshot.graph.edges.filter { edges.contains($0.key) },
            minutes: [],
            folding: GraphFolding()
        )
        self.init(title, JSONGraph.text(of: part, rates: snapshot.rates))
    }

    /// Of a row of the table of containers.
    init(_ row: ContainerRow, of snapshot: Snapshot) {
        let time = snapshot.time ?? Timestamp(nanoseconds: 0)
        var writer = InventoryWriter(hostName: snapshot.inventory.hostName, time: time)
        if let resident = row.resident { writer.write(resident, in: row.place) } else { writer.write(row.place) }
        self.init(row.name, writer.bytes)
    }

    mutating func handle(_ key: Key, _ modifiers: Modifiers) -> KeyAnswer {
        scroll.handle(key, modifiers) ? .taken : .ignored
    }

    mutating func draw(on grid: inout CellGrid, in area: ScreenArea) {
        area.rule(title, on: &grid, row: 0)
        scroll.draw(lines, on: &grid, in: area.part(top: 1))
    }
}
