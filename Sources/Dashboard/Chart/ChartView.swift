import Addressing
import Graph
import Layout
import Records
import Terminal

/// The chart: folds the graph of a snapshot, lays it out, and draws it. Keeps what must not jump from frame to frame.
struct ChartView {
    var choices = ChartChoices()
    private(set) var folded = FoldedGraph(rung: .service)
    private(set) var layout = ChartLayout()
    /// What a fresh layout would have, where that is worth offering.
    private(set) var tidier: Int?
    private(set) var folder = Folder()
    private var layouter = ChartLayouter()
    private var rung = RungChoice()
    private var size = ChartSize(columns: 0, rows: 0)
    /// Rows by key, into the folded graph.
    private(set) var places: [RowKey: Int] = [:]
    private var judgedTidy: Int64 = .min
    /// What the layout is of; nil when something else was told since.
    private var made: Made?

    /// What the frame is about.
    struct Frame {
        var span: FoldSpan
        var now: Timestamp
        var lastKey: Timestamp?
        var isLossy = false
    }

    /// All that a layout depends on, besides what was told.
    private struct Made: Equatable {
        let span: FoldSpan
        let now: Timestamp
        let isLossy: Bool
        let size: ChartSize
        let folds: FoldChoices
        /// An end that stands out of its fold.
        let chosen: RowKey?
        let options: LayoutOptions
    }

    /// Takes another graph.
    mutating func take(_ picture: GraphPicture, _ rates: [EdgeKey: EdgeRate]) {
        made = nil
        folder.take(picture)
        folder.take(rates)
    }

    /// Compares with an earlier window, or with none.
    mutating func compare(with earlier: GraphPicture?, seconds: Double) {
        folder.compare(with: earlier, seconds: seconds)
        tidy()
    }

    mutating func filter(_ isWanted: (@Sendable (EdgeKey, Endpoint, Endpoint) -> Bool)?) {
        folder.filter(isWanted)
        refold()
    }

    mutating func tidy() {
        made = nil
        layouter.tidy()
    }

    /// Another rung by hand: what stood where is of no meaning any more.
    mutating func refold() {
        rung.reset()
        tidy()
    }

    /// Folds and lays out for a place of a size; nothing is done where all is as it was, as when only a key was pressed.
    mutating func lay(out frame: Frame, size: ChartSize) {
        guard made == nil || made != making(frame, size) else { return }
        defer { made = making(frame, size) }
        if size != self.size { rung.reset() }
        self.size = size
        var view = FoldView(.service, frame.span)
        view.choices = choices.folds
        view.isLossy = frame.isLossy
        if let chosen = choices.selection, chosen.rung == .end {
            view.chosen = EndpointKey(end: chosen).map { [$0] } ?? []
        }
        if choices.folds.rung == nil {
            view.rung = rung.next(
                at: frame.now,
                lastKey: frame.lastKey,
                isFitting: layout.fits || folded.rows.isEmpty,
                choose: { [folder] in
                    var trial = folder
                    return trial.finest(view, rows: max(size.rows, 8) * 3)
                }
            )
        }
        folded = folder.fold(view)
        places = Dictionary(folded.rows.enumerated().map { ($1.key, $0) }) { first, _ in first }
        followSelection()
        layout = layouter.layout(folded, size: size, options: options, at: frame.now) { DisplayWidth().of($0) }
        if frame.now.seconds != judgedTidy {
            judgedTidy = frame.now.seconds
            judgeTidiness(frame)
        }
    }

    private func making(_ frame: Frame, _ size: ChartSize) -> Made {
        Made(
            span: frame.span,
            now: frame.now,
            isLossy: frame.isLossy,
            size: size,
            folds: choices.folds,
            chosen: choices.selection?.rung == .end ? choices.selection : nil,
            options: options
        )
    }

    private var options: LayoutOptions {
        var options = LayoutOptions()
        options.labelWidth = choices.lens == .none ? 0 : 6
        options.hubs = choices.hubs
        options.selection = choices.edge == nil ? nil : choices.selection
        options.firstLayer = choices.firstLayer
        if let path = shownPath { options.path = path.map(\.key.source) + path.suffix(1).map(\.key.destination) }
        return options
    }

    /// A fresh layout costs as much as many frames: it is tried only where there is something to win, seldom, and with little effort:
    /// tidying itself takes more, and mostly finds more.
    private mutating func judgeTidiness(_ frame: Frame) {
        guard layout.figures.gaps > 4, frame.now.seconds % 10 == 0 else { return }
        var options = options
        options.effort = min(options.effort, 40_000)
        let fresh = layouter.fresh(folded, size: size, options: options, at: frame.now) { DisplayWidth().of($0) }
        tidier = fresh.gaps * 3 <= layout.figures.gaps * 2 ? fresh.gaps : nil
    }

    /// A selection that was folded away moves to the fold that holds it.
    private mutating func followSelection() {
        guard let selection = choices.selection, places[selection] == nil else { return }
        guard let end = EndpointKey(end: selection) else { return }
        for rung in Rung.ladder where rung > selection.rung {
            if let row = folder.row(of: end, at: rung), places[row] != nil {
                choices.selection = row
                return
            }
        }
    }

    func row(_ key: RowKey?) -> FoldedRow? { key.flatMap { places[$0] }.map { folded.rows[$0] } }

    /// Edges of a row, heaviest first.
    func edges(of key: RowKey) -> [FoldedEdge] {
        folded.edges.filter { $0.key.source == key || $0.key.destination == key }.sorted(by: FoldedEdge.isHeavier)
    }

    var chosenEdge: FoldedEdge? { choices.edge.flatMap { key in folded.edges.first { $0.key == key } } }

    /// The paths that are shown, and the one that is chosen of them.
    var paths: RowPaths? { choices.path.map { RowPaths(from: $0.from, to: $0.to, in: folded) } }

    var shownPath: [FoldedEdge]? {
        guard let choice = choices.path, let paths, !paths.paths.isEmpty else { return nil }
        return paths.paths[min(choice.index, paths.paths.count - 1)]
    }
}

extension EndpointKey {
    /// The end that a row of the finest rung is.
    init?(end row: RowKey) {
        guard row.rung == .end else { return nil }
        self.init(row.name)
    }
}
