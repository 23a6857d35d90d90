import Graph
import HTTP
import Records

/// What becomes otherwise in the graph, a line each time.
actor ChangeLines {
    private let live: Subscription<GraphChanges>

    init(_ live: Subscription<GraphChanges>) {
        self.live = live
    }

    func next() async -> [UInt8]? {
        guard let portion = await live.next() else { return nil }
        if portion.dropped > 0 {
            return ErrorText.line(
                "\(portion.dropped) changes were dropped, as they were not read; ask for the whole anew"
            )
        }
        guard !portion.elements.isEmpty else { return [0x0a] }
        var sum = GraphChanges()
        for changes in portion.elements { sum.add(changes) }
        return JSONGraph.text(of: sum)
    }
}
