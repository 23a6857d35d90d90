import Addressing
import Containers
import Graph
import Records
import Terminal
import Testing

@testable import Dashboard

@Suite("Records as JSON")
struct JSONPaneTests {
    private func expect(
        _ name: String,
        _ pane: JSONPane,
        _ width: Int = 80,
        _ height: Int = 40,
        glyphs: GlyphSet = .unicode
    ) throws {
        var pane = pane
        try Screen.expect("json-\(name)", width, height, glyphs: glyphs) { grid, area in pane.draw(on: &grid, in: area)
        }
    }

    @Test func drawsRecords() throws {
        let flow = try #require(Example.flows.first)
        try expect("flow", JSONPane(flow))
        try expect("flow-narrow", JSONPane(flow), 40, 20)
        try expect("flow-hostile", JSONPane(Example.named(flow, hostile: Example.hostile)), 100, 60)
        try expect("flow-ascii", JSONPane(Example.named(flow, hostile: Example.hostile)), 100, 60, glyphs: .ascii)
        var snapshot = Example.snapshot()
        snapshot.inventory = Example.inventory(3)
        Example.edges(3, in: &snapshot)
        let place = snapshot.inventory.namespaces[0]
        try expect("container", JSONPane(ContainerRow(place.containers[0], in: place), of: snapshot), 100, 60)
        let edge = try #require(snapshot.graph.edges.keys.sorted().first)
        try expect("edge", JSONPane("edge", edges: [edge], of: snapshot), 100, 60)
    }

    @Test func whatIsLaidOutIsStillTheSame() throws {
        for flow in Example.flows {
            let writer = JSONRecordWriter()
            writer.write(flow)
            let bytes = writer.bytes
            let laidOut = Array(JSONLayout.lines(of: bytes).joined(separator: "\n").utf8)
            #expect(try JSONReader.read(laidOut.span) == JSONReader.read(bytes.span))
        }
    }

    @Test func emptyListsAndBracketsInTextsStayAsTheyAre() {
        let text = #"{"a":[],"b":{},"c":"x{[,:]}\"","d":[1,{"e":true}]}"#
        let expected = [
            "{", #"  "a": [],"#, #"  "b": {},"#, #"  "c": "x{[,:]}\"","#, #"  "d": ["#, "    1,", "    {",
            #"      "e": true"#, "    }", "  ]", "}",
        ]
        #expect(JSONLayout.lines(of: Array(text.utf8)) == expected)
    }

    @Test func anyBytesAreLaidOutWithoutEnd() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<2000 {
            let bytes = (0..<40).map { _ in Array(#"{}[]",:\a 1"#.utf8).randomElement(using: &random) ?? 0 }
            #expect(JSONLayout.lines(of: bytes).count <= 42)
        }
        #expect(JSONLayout.lines(of: Array(repeating: 0x2c, count: 50_000)).count == JSONLayout.limit + 1)
    }
}
