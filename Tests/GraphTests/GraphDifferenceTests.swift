import Testing

@testable import Graph

@Suite("Difference of graphs")
struct GraphDifferenceTests {
    private func graph(_ flows: [ObservedFlow]) -> GraphPicture {
        var graph = ConnectionGraph()
        for flow in flows { graph.count(flow) }
        return graph.picture
    }

    @Test func tellsWhatIsNewGoneAndChanged() {
        let before = graph([
            ObservedFlow(), ObservedFlow(source: "c"), ObservedFlow(source: "d", bytes: 100), ObservedFlow(source: "e"),
        ])
        let after = graph([
            ObservedFlow(), ObservedFlow(source: "d", bytes: 300), ObservedFlow(source: "e", failures: 1),
            ObservedFlow(source: "f"),
        ])
        let difference = GraphDifference(from: before.whole, to: after.whole)
        #expect(difference.new.map(\.source.name) == ["f"])
        #expect(difference.gone.map(\.source.name) == ["c"])
        #expect(difference.changed.map(\.source.name) == ["d", "e"])
        #expect(GraphDifference(from: before.whole, to: before.whole).isEmpty)
        #expect(GraphDifference(from: before.whole, to: after.whole, factor: 4).changed.map(\.source.name) == ["e"])
    }

    @Test func comparesWindowsOfTheLastMinutes() {
        let graph = graph([ObservedFlow(first: 10), ObservedFlow(first: 70), ObservedFlow(source: "c", first: 80)])
        let minute: Int64 = 60_000_000_000
        let difference = GraphDifference(from: graph.window(0..<minute), to: graph.window(minute..<2 * minute))
        #expect(difference.new.map(\.source.name) == ["c"])
        #expect(difference.gone.isEmpty && difference.changed.isEmpty)
        #expect(graph.window(0..<2 * minute).values.reduce(0) { $0 + $1.bytes } == 300)
    }
}
