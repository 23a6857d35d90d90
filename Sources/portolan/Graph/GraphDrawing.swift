import Addressing
import Export
import Graph
import Layout
import Terminal

/// A folded graph with what has to be said beside it: what every format is written from.
struct GraphDrawing {
    let graph: FoldedGraph
    let caption: ChartCaption
    /// When the last of it was counted.
    private let moment: Timestamp

    /// The place that a picture has: names are whole there, and rows apart.
    static var place: ChartSize { ChartSize(columns: 200, rows: 120) }
    /// Rows that can be read in one picture.
    private static var rows: Int { 60 }
    /// Rows that a layout is tried for on a terminal.
    private static var readableRows: Int { 150 }
    /// Rows that are laid out at most, however somebody folds: nobody reads more, and finding them places takes ever longer.
    static var limit: Int { 1000 }

    init(
        _ material: GraphMaterial,
        compared: (picture: GraphPicture, seconds: Double, name: String)?,
        fold: Rung?,
        focus: String?,
        on terminal: ChartSize? = nil
    ) {
        var folder = Folder()
        folder.take(material.picture)
        folder.take(material.rates)
        if let compared { folder.compare(with: compared.picture, seconds: compared.seconds) }
        var view = FoldView(.service, Self.span(material, isCompared: compared != nil))
        view.isLossy = (material.loss?.lost ?? 0) > 0
        let moment = Timestamp(nanoseconds: material.seen?.upperBound ?? 0)
        let folding = fold.map { Folding($0) } ?? Self.finest(&folder, view, terminal, moment)
        view.rung = folding.rung
        // What is written to a file names everybody.
        let joinsTwins = terminal != nil && folding.joinsTwins
        graph = joinsTwins ? folder.fold(view).joiningTwins() : folder.fold(view)
        self.moment = moment
        var caption = ChartCaption()
        caption.origin = material.origin
        let span = material.span ?? material.seen
        // What began before all time was not asked for.
        let seen = material.seen
        caption.first = span.flatMap { $0.lowerBound > 0 ? $0.lowerBound : seen?.lowerBound }
            .map { Timestamp(nanoseconds: $0) }
        caption.last = span.flatMap { $0.upperBound < .max ? $0.upperBound - 1 : seen.map { $0.upperBound - 1 } }
            .map { Timestamp(nanoseconds: $0) }
        caption.loss = material.lossText
        caption.filter = focus.map { "focus on \($0)" }
        caption.comparison = compared?.name
        caption.remarks = material.remarks
        self.caption = caption
    }

    /// As `portolan tui` folds on a terminal; elsewhere what is not too much for one picture.
    private static func finest(
        _ folder: inout Folder,
        _ view: FoldView,
        _ terminal: ChartSize?,
        _ moment: Timestamp
    ) -> Folding {
        folder.finest(view) { graph in
            guard let terminal else {
                return graph.rows.count <= rows && graph.rows.allSatisfy(\.joined.isEmpty) ? .whole : .no
            }
            guard graph.rows.count <= readableRows else { return .no }
            return ChartLayouter().fit(graph, size: terminal, at: moment, width: width)
        }
    }

    /// Rates are told by an agent for the last minute; of a window, a capture or a comparison they are means.
    private static func span(_ material: GraphMaterial, isCompared: Bool) -> FoldSpan {
        guard material.rates.isEmpty || isCompared || material.span != nil else { return .whole }
        return .window(seconds: seconds(of: material.span, seen: material.seen))
    }

    /// How long a span is, as far as anything was seen at its open ends; a second at least.
    static func seconds(of span: Range<Int64>?, seen: Range<Int64>?) -> Double {
        guard let seen else { return 1 }
        let first = span.map { $0.lowerBound > 0 ? $0.lowerBound : seen.lowerBound } ?? seen.lowerBound
        let last = span.map { $0.upperBound < .max ? $0.upperBound : seen.upperBound } ?? seen.upperBound
        return max(1, (Double(last) - Double(first)) / 1e9)
    }

    private static func width(_ text: String) -> Int { DisplayWidth().of(text) }

    /// Where everything stands in a place of a size; nil where there are too many rows.
    func layout(in size: ChartSize = GraphDrawing.place) -> ChartLayout? {
        guard graph.rows.count <= Self.limit else { return nil }
        var layouter = ChartLayouter()
        return layouter.layout(graph, size: size, at: moment, width: Self.width)
    }

    /// The same on a terminal, where names go before rates: a name that is cut is nobody's.
    func layout(on terminal: ChartSize) -> ChartLayout? {
        guard let labelled = layout(in: terminal), cutNames(in: labelled) > 0 else { return layout(in: terminal) }
        var options = LayoutOptions()
        options.labelWidth = 0
        var layouter = ChartLayouter()
        let bare = layouter.layout(graph, size: terminal, options: options, at: moment, width: Self.width)
        return cutNames(in: bare) < cutNames(in: labelled) ? bare : labelled
    }

    /// Names that a layout has no room for, besides the two columns before each.
    func cutNames(in layout: ChartLayout) -> Int {
        layout.rows.count { $0.width < Self.width(graph.rows[$0.index].name) + 2 }
    }

    /// Hubs, as a chart docks them.
    var hubs: [DockedHub] {
        var dock = HubDock()
        return dock.dock(graph, LayoutOptions(), at: moment).hubs
    }

    /// In another tool's words, or as a picture; nil where there are too many rows for one.
    func text(_ format: GraphFormat) -> [UInt8]? {
        switch format {
        case .dot: DotText.text(of: graph, caption: caption)
        case .mermaid: MermaidText.text(of: graph, caption: caption)
        case .graphml: GraphMLText.text(of: graph, caption: caption)
        case .svg: layout().map { SVGText.text(of: graph, layout: $0, caption: caption, width: Self.width) }
        case .html: layout().map { HTMLPage.text(of: graph, layout: $0, caption: caption, width: Self.width) }
        case .text, .json: nil
        }
    }
}
