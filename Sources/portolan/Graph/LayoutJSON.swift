import Graph
import Layout

/// By what a layout can be judged, as a graph's JSON has it under `layout`. Not how long it took: the same graph gives the same bytes.
enum LayoutJSON {
    /// Puts it at the end of the object that is a graph's text.
    static func append(_ figures: LayoutFigures, _ rung: Rung, to text: inout [UInt8]) {
        guard let end = text.lastIndex(of: UInt8(ascii: "}")) else { return }
        let pairs = [
            ("rows", figures.rows), ("edges_drawn", figures.edgesDrawn), ("edges_docked", figures.edgesDocked),
            ("edges_hidden", figures.edgesHidden), ("tracks", figures.tracks), ("gaps", figures.gaps),
            ("merges", figures.merges), ("back_edges", figures.backEdges), ("moved_rows", figures.movedRows),
            ("moved_distance", figures.movedDistance), ("changed_cells", figures.changedCells),
        ]
        let object = "{" + pairs.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",") + ",\"rung\":\"\(rung.word)\"}"
        text.replaceSubrange(end..., with: Array(",\"layout\":\(object)}\n".utf8))
    }
}
