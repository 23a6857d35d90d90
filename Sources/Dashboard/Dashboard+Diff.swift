import Addressing
package import Graph

extension Dashboard {
    /// Takes a graph that somebody saved, to compare with.
    package mutating func take(baseline picture: GraphPicture, named name: String) {
        diff.baseline = (name, picture)
        screen = .diff
        refresh()
    }

    /// Draws the later window, compared with the earlier one.
    mutating func applyDiff(_ graph: GraphPicture, _ rates: [EdgeKey: EdgeRate]) {
        if let baseline = diff.baseline {
            chart.take(graph, rates)
            chart.compare(with: baseline.picture, seconds: 0)
            return
        }
        let end = moment?.nanoseconds ?? graph.minutes.last.map { $0.start.nanoseconds &+ 60_000_000_000 } ?? 0
        let (middle, start) = (end &- diff.length, end &- 2 &* diff.length)
        chart.take(graph.during(middle..<end), [:])
        chart.compare(with: graph.during(start..<middle), seconds: diff.seconds)
    }

    mutating func leaveDiff() {
        guard screen == .diff else { return }
        chart.compare(with: nil, seconds: 0)
        screen = .chart
        refresh()
    }

    /// What is new, gone and otherwise, in a line.
    var diffText: String {
        let edges = chart.folded.edges
        func count(_ standing: EdgeStanding) -> Int { edges.reduce(0) { $0 + ($1.standing == standing ? 1 : 0) } }
        return "compared with \(diff.word): +\(count(.new)) new, -\(count(.gone)) gone, ~\(count(.changed)) changed"
    }
}
