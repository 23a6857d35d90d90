import Addressing
import Containers
import Flows
import Graph
import Records
import Terminal
import Testing

@testable import Dashboard

@Suite("Details and records")
struct DetailTests {
    private func expect(
        _ name: String,
        _ pane: DetailPane,
        _ width: Int = 80,
        _ height: Int = 40,
        glyphs: GlyphSet = .unicode,
        isStyled: Bool = false
    ) throws {
        var pane = pane
        try Screen.expect("detail-\(name)", width, height, glyphs: glyphs, isStyled: isStyled) { grid, area in
            pane.draw(on: &grid, in: area)
        }
    }

    private func flow(_ number: Int, hostile: String? = nil) throws -> FlowRecord {
        Example.named(
            try #require(Example.flows.indices.contains(number) ? Example.flows[number] : nil),
            hostile: hostile
        )
    }

    private func pane(_ flow: FlowRecord) -> DetailPane { DetailPane("flow", FlowDetail.fields(of: flow, zone: 0)) }

    @Test func drawsFlows() throws {
        try expect("flow", pane(flow(0)))
        try expect("flow-nobody", pane(Example.flows[9]), 120, 40)
        try expect("flow-narrow", pane(flow(0)), 40, 24)
        try expect("flow-hostile", pane(flow(0, hostile: Example.hostile)))
        try expect("flow-ascii", pane(flow(0)), glyphs: .ascii)
        try expect("flow-colours", pane(flow(20)), isStyled: true)
    }

    @Test func drawsContainersEdgesAndEnds() throws {
        var snapshot = Example.snapshot()
        snapshot.inventory = Example.inventory(4)
        Example.edges(4, in: &snapshot)
        let place = snapshot.inventory.namespaces[0]
        let row = ContainerRow(place.containers[0], in: place)
        try expect("container", DetailPane(row.name, ContainerDetail.fields(of: row, zone: 0)), 80, 24)
        let edge = try #require(snapshot.graph.edges.keys.sorted().first)
        try expect("edge", DetailPane("edge", EdgeDetail.fields(of: edge, in: snapshot, zone: 0)), 80, 16)
        try expect("end", DetailPane("end", EdgeDetail.fields(of: edge.destination, in: snapshot, zone: 0)), 80, 16)
        let gone = EdgeKey(edge.destination, edge.source, protocolNumber: 17, port: nil)
        #expect(EdgeDetail.fields(of: gone, in: snapshot, zone: 0).last?.value == "gone")
    }

    @Test func drawsRowsAndEdgesOfTheChart() throws {
        var snapshot = Example.snapshot()
        Example.edges(6, in: &snapshot)
        let (web, shop) = (RowKey(.service, "web"), RowKey(.service, "shop"))
        var row = FoldedRow(web, name: "web", members: snapshot.graph.endpoints.keys.sorted())
        (row.level, row.mark, row.talksToItself) = (Level.ordered(["public"]).first, .unsure, true)
        var edge = FoldedEdge(
            FoldedEdgeKey(web, shop, protocolNumber: 6, port: 8080),
            members: snapshot.graph.edges.keys.sorted()
        )
        (edge.isCrossing, edge.counts.flows, edge.counts.failures, edge.overlay) = (true, 20, 1, "vx42")
        let rowFields = RowDetail.fields(of: row, [edge], in: snapshot, zone: 0) { $0.name }
        try expect("row", DetailPane("web", rowFields), 80, 24)
        let edgeFields = RowDetail.fields(of: edge, in: snapshot, zone: 0) { $0.name }
        try expect("folded-edge", DetailPane("web to shop", edgeFields), 80, 24)
        // One end, and one edge, are told as themselves.
        row.members = Array(row.members.prefix(1))
        edge.members = Array(edge.members.prefix(1))
        #expect(RowDetail.fields(of: row, [edge], in: snapshot, zone: 0) { $0.name }.contains { $0.value == "web-0" })
        #expect(RowDetail.fields(of: edge, in: snapshot, zone: 0) { $0.name }.contains { $0.value == "web-1" })
    }

    @Test func thousandsOfMembersAreCountedNotListed() {
        var snapshot = Example.snapshot()
        Example.edges(3000, in: &snapshot)
        let row = FoldedRow(RowKey(.service, "web"), name: "web", members: snapshot.graph.endpoints.keys.sorted())
        let fields = RowDetail.fields(of: row, [], in: snapshot, zone: 0) { $0.name }
        #expect(fields.count < 300)
        #expect(fields.last?.value == "2,800 more")
    }

    @Test func longValuesAreWrappedAndNothingIsLost() {
        let words = (0..<40).map { "word\($0)" }
        let lines = DetailField.lines([DetailField("key", words.joined(separator: " "))], width: 40)
        #expect(lines.count > 5)
        let isNarrow = lines.allSatisfy { DisplayWidth().of($0.text) <= 40 }
        #expect(isNarrow)
        let text = lines.map { $0.text.drop { $0 == " " } }.joined(separator: " ")
        #expect(words.allSatisfy { text.contains($0) })
    }

    @Test(arguments: [2, 3, 7, 10, 33])
    func wrappingKeepsToItsWidth(width: Int) {
        for text in ["", "a", "one two three", String(repeating: "x", count: 100), "店铺 店铺店铺店铺 a店铺", "   ", "a  b"] {
            let lines = Wrapping.lines(of: text, width: width)
            #expect(lines.joined() == text)
            #expect(lines.allSatisfy { DisplayWidth().of($0) <= width })
        }
    }

    @Test func textsOfAMillionLettersAreBounded() {
        let lines = Wrapping.lines(of: String(repeating: "x", count: 1_000_000), width: 10)
        #expect(lines.count == Wrapping.limit + 1)
        #expect(lines.last == "…")
    }

    @Test func searchGoesToTheNextMatchAndRound() {
        var pane = DetailPane("x", (0..<100).map { DetailField("key\($0)", $0 % 30 == 5 ? "Needle" : "hay") })
        func draw() -> [String] { Screen.lines(40, 11) { grid, area in pane.draw(on: &grid, in: area) } }
        _ = draw()
        pane.scroll.search("needle")
        #expect(draw()[1].contains("key5"))
        for expected in ["key35", "key65"] {
            #expect(pane.handle(.character("n"), []) == .taken)
            #expect(draw()[1].contains(expected))
        }
        _ = pane.handle(.character("N"), [])
        #expect(draw()[1].contains("key35"))
        pane.scroll.search("")
        #expect(pane.handle(.character("n"), []) == .ignored)
    }
}
