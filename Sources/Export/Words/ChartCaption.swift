package import Addressing
package import Graph
package import Layout
import Records

/// What has to be said beside a picture, or it says more than is known: of which host, when, what was left out, what was lost.
package struct ChartCaption: Hashable, Sendable {
    /// The host, or the files that were read.
    package var origin: String?
    package var first: Timestamp?
    package var last: Timestamp?
    /// What was asked for: filters and focus, as they were written.
    package var filter: String?
    /// What it is compared with.
    package var comparison: String?
    /// Frames lost while it was captured: `0.3 %`; nil where nobody can say.
    package var loss: String?
    /// Whatever else the reader has to know, a line each.
    package var remarks: [String] = []

    package init() {}

    /// Harmless lines: who and when, what is drawn and what is not, what was lost.
    package func lines(_ graph: FoldedGraph, _ figures: LayoutFigures? = nil) -> [String] {
        var lines = [title]
        let ends = graph.rows.reduce(0) { $0 + $1.members.count }
        var counts = "fold \(graph.rung.word): \(ends) ends as \(graph.rows.count)"
        if let figures {
            counts += ", \(figures.edgesDrawn) of \(graph.edges.count) edges drawn"
            if figures.edgesDocked > 0 { counts += ", \(figures.edgesDocked) docked" }
            if figures.edgesHidden > 0 { counts += ", \(figures.edgesHidden) quiet ones hidden" }
        } else {
            counts += ", \(graph.edges.count) edges"
        }
        lines.append(counts)
        if let comparison {
            func count(_ standing: EdgeStanding) -> Int {
                graph.edges.reduce(0) { $0 + ($1.standing == standing ? 1 : 0) }
            }
            lines.append(
                "compared with \(HarmlessText.text(comparison)): "
                    + "\(count(.new)) new, \(count(.gone)) gone, \(count(.changed)) changed"
            )
        }
        if let filter { lines.append("filter: " + HarmlessText.text(filter)) }
        lines.append("loss: " + (loss.map(HarmlessText.text) ?? "unknown"))
        return lines + remarks.map(HarmlessText.text)
    }

    var title: String {
        var title = "portolan"
        if let origin { title += "  " + HarmlessText.text(origin) }
        if let first, let last { title += "  \(first.secondText) to \(last.secondText)" }
        return title
    }
}
