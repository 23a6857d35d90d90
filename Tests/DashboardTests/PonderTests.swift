import Addressing
import Containers
import Graph
import Terminal
import Testing

@testable import Dashboard

/// What is found between two frames.
@Suite("Between two frames")
struct PonderTests {
    private func time(_ second: Int64) -> Timestamp { Timestamp(nanoseconds: second * 1_000_000_000) }

    private func pod(_ namespace: Int, _ service: String) -> Endpoint {
        var container = Container(key: ContainerKey(identifier: "\(namespace)-\(service)", generation: 1))
        container.description.pod = "\(service)-7d9c8b6f5d-x1k2q"
        container.description.podNamespace = "n\(namespace)"
        container.description.creator = "deployment/\(service)"
        var end = Endpoint(EndpointKey(.container, container.key.identifier), at: time(0))
        end.container = container
        end.name = container.description.pod
        return end
    }

    /// Namespaces that are all alike: two rows each by service, and two in all by role.
    private func snapshot(_ namespaces: Int, at second: Int64) -> Snapshot {
        var edges: [EdgeKey: Edge] = [:]
        var endpoints: [EndpointKey: Endpoint] = [:]
        for namespace in 0..<namespaces {
            let ends = ["web", "cart"].map { pod(namespace, $0) }
            for end in ends { endpoints[end.key] = end }
            var edge = Edge(first: time(0), last: time(second))
            edge.counts.sourceBytes = UInt64(1000 + namespace)
            edge.counts.flows = 1
            edges[EdgeKey(ends[0].key, ends[1].key, protocolNumber: 6, port: 80)] = edge
        }
        let graph = GraphPicture(endpoints: endpoints, edges: edges, minutes: [], folding: GraphFolding())
        return Snapshot(origin: .agent(host: "host", socket: ""), time: time(second), graph: graph)
    }

    private func draw(_ dashboard: inout Dashboard, at second: Int64) {
        var grid = CellGrid(width: 120, height: 24)
        dashboard.draw(on: &grid, at: time(second))
    }

    @Test func aFrameNeverLooksForAnotherFoldingItself() {
        var dashboard = Dashboard()
        for second in 100...130 as ClosedRange<Int64> {
            // More than there is room for, but not so many more that all begins anew.
            dashboard.take(snapshot(second == 100 ? 10 : 18, at: second))
            draw(&dashboard, at: second)
            #expect(dashboard.chart.folded.rung == .service)
        }
        #expect(dashboard.chart.folded.rows.count == 36)
    }

    @Test func whatDoesNotFitIsFoldedStepByStep() {
        var dashboard = Dashboard()
        var changed: [Int64] = []
        for second in 100...130 as ClosedRange<Int64> {
            dashboard.take(snapshot(second == 100 ? 10 : 18, at: second))
            draw(&dashboard, at: second)
            let rung = dashboard.chart.folded.rung
            if dashboard.ponder() { changed.append(second) }
            #expect(dashboard.chart.folded.rung == rung)
        }
        // A second until it is seen, five of patience, and three foldings to try, one a second.
        #expect(changed == [109])
        #expect(dashboard.chart.folded.rung == .role)
        #expect(dashboard.chart.folded.rows.count == 2)
    }

    @Test func offersToTidyOnlyWhatWouldBeTidier() {
        var dashboard = Dashboard()
        let seen = (0..<60).map { second -> Bool in
            dashboard.take(ShopPicture.snapshot(at: ShopPicture.last + Int64(second)))
            draw(&dashboard, at: ShopPicture.last + Int64(second))
            return dashboard.ponder()
        }
        // A fresh layout is as tidy as it gets: there is nothing to offer, and so nothing to draw again.
        #expect(dashboard.chart.tidier == nil)
        #expect(!seen.contains(true))
    }
}

extension ShopPicture {
    fileprivate static func snapshot(at second: Int64) -> Snapshot {
        Snapshot(origin: .agent(host: "host", socket: ""), time: time(second), graph: picture())
    }
}
