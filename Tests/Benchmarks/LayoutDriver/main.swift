import Addressing
import Glibc
import Graph
import Layout

/// CPU seconds of this process.
func cpu() -> Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

func measure(_ name: String, _ graph: FoldedGraph, _ size: ChartSize, less: Bool = false, hubs: HubDrawing = .all) {
    var options = LayoutOptions()
    options.saysLess = less
    options.hubs = hubs
    var layouter = ChartLayouter()
    var fresh: [Double] = []
    var layout = ChartLayout()
    for _ in 0..<20 {
        layouter.tidy()
        let start = cpu()
        layout = layouter.layout(graph, size: size, options: options, at: Timestamp(nanoseconds: 0)) { $0.utf8.count }
        fresh.append(cpu() - start)
    }
    let first = layout.figures
    var churn = Churn(graph, seed: 1)
    var kept: [Double] = []
    var (rows, moved, cells, changed) = (0, 0, 0, 0)
    for second in 1...200 {
        let next = churn.next()
        let start = cpu()
        layout = layouter.layout(
            next,
            size: size,
            options: options,
            at: Timestamp(nanoseconds: Int64(second) * 1_000_000_000)
        ) { $0.utf8.count }
        kept.append(cpu() - start)
        if second <= 40 {
            rows += layout.rows.count
            moved += layout.figures.movedRows
            cells += layout.size.columns * layout.size.rows
            changed += layout.figures.changedCells
        }
        if second == 40 { print("  after 40 s \(layout.figures)") }
    }
    func milliseconds(_ times: [Double], _ part: Double) -> Double {
        let sorted = times.sorted()
        return (sorted[min(sorted.count - 1, Int(Double(sorted.count) * part))] * 1e5).rounded() / 100
    }
    print(
        "\(name): fresh p50 \(milliseconds(fresh, 0.5)) ms, kept p50 \(milliseconds(kept, 0.5)) p99 \(milliseconds(kept, 0.99)) ms"
    )
    print("  fresh \(first)")
    print(
        "  moved \(100 * Double(moved) / Double(max(rows, 1))) %, cells \(100 * Double(changed) / Double(max(cells, 1))) %"
    )
}

measure("shop", Shop.graph, ChartSize(columns: 120, rows: 24), hubs: .docked)
measure("shop, all", Shop.graph, ChartSize(columns: 120, rows: 24))
measure("142 services", Namespaces.graph(), ChartSize(columns: 240, rows: 60))
measure("142 services, less", Namespaces.graph(), ChartSize(columns: 240, rows: 60), less: true)
measure("150 rows, 300 edges", Namespaces.graph(services: 150, calls: 300), ChartSize(columns: 200, rows: 60))
measure("random 30, 90", FoldedGraph.random(5, nodes: 30...30, edges: 90...90), ChartSize(columns: 200, rows: 60))

/// What real packets made, and what is made as uneven as that.
func fold(_ picture: GraphPicture, rows: Int) -> FoldedGraph {
    var folder = Folder()
    folder.take(picture)
    let layouter = ChartLayouter()
    let folding = folder.finest(FoldView(.service)) {
        $0.rows.count > rows
            ? .no
            : layouter.fit($0, size: ChartSize(columns: 200, rows: 60), at: Timestamp(nanoseconds: 0)) { $0.utf8.count }
    }
    let graph = folder.fold(FoldView(folding.rung))
    return folding.joinsTwins ? graph.joiningTwins() : graph
}

for recorded in RecordedGraph.allCases {
    let graph = fold(recorded.picture, rows: 180)
    print("\(recorded): \(graph.rung) \(graph.rows.count) rows")
    measure("recorded \(recorded)", graph, ChartSize(columns: 200, rows: 60), hubs: .docked)
}
for ends in [50, 500, 5000] {
    let crowd = GraphCrowd(
        GraphDegrees(RecordedGraph.shop.picture),
        ends: ends,
        edges: ends * 4,
        replicas: ends < 500 ? 2 : 12
    )
    let graph = fold(crowd.picture, rows: 180)
    print(
        "\(crowd.picture.endpoints.count) ends, \(crowd.picture.edges.count) edges: \(graph.rung) \(graph.rows.count) rows"
    )
    measure("crowd of \(ends)", graph, ChartSize(columns: 200, rows: 60), hubs: .docked)
}
