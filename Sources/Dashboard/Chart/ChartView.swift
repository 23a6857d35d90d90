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
    /// Edges between rows that carry most, those that should not be there first.
    private(set) var heaviest: [FoldedEdge] = []
    /// What alerts speak of, and of the edges that are drawn the rules.
    private(set) var alerted = AlertedPlaces()
    private(set) var alertedEdges: [FoldedEdgeKey: Set<String>] = [:]
    /// What a fresh layout would have, where that is worth offering.
    private(set) var tidier: Int?
    private(set) var folder = Folder()
    private var layouter = ChartLayouter()
    private var rung = FoldingChoice()
    private var joinsTwins = false
    /// Endpoints there are, and how many there were when the folding was chosen.
    private var ends = 0
    private var endsWhenChosen = 0
    private var size = ChartSize(columns: 0, rows: 0)
    /// Rows by key, into the folded graph.
    private(set) var places: [RowKey: Int] = [:]
    /// Second of the last look at whether tidying is worth it.
    private var judgedTidy: Int64?
    /// The look for a finer folding that is under way, and the view and time that the last layout was of.
    private var search: FinestSearch?
    /// Whether somebody calls `ponder`, so that what is not urgent may wait for it.
    private var isPondering = false
    private var view = FoldView()
    private var now = Timestamp(nanoseconds: 0)
    /// What the layout is of; nil when something else was told since.
    private var made: Made?

    /// Rows of a graph that a layout is tried for: more are unreadable, however they stand.
    private static var rowLimit: Int { 150 }
    /// Seconds between two looks at whether tidying is worth it.
    private static var tidiness: Int64 { 10 }

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

    init() {}

    /// One that was folded and laid out elsewhere, to be drawn.
    init(_ folded: FoldedGraph, _ layout: ChartLayout) {
        self.folded = folded
        self.layout = layout
    }

    /// Takes another graph.
    mutating func take(_ picture: GraphPicture, _ rates: [EdgeKey: EdgeRate]) {
        made = nil
        folder.take(picture, isPatient: isPondering)
        ends = picture.endpoints.count
        folder.take(rates)
    }

    /// Takes what alerts speak of now.
    mutating func take(_ alerted: AlertedPlaces) {
        guard alerted != self.alerted else { return }
        made = nil
        self.alerted = alerted
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
        tidier = nil
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
        // What was chosen for little says nothing of much, as while a file is read.
        if size != self.size || ends > 2 * endsWhenChosen { rung.reset() }
        self.size = size
        var view = FoldView(.service, frame.span)
        view.choices = choices.folds
        view.isLossy = frame.isLossy
        view.alerts = Set(alerted.ends.keys)
        view.crossings = alerted.crossings
        if let chosen = choices.selection, chosen.rung == .end {
            view.chosen = EndpointKey(end: chosen).map { [$0] } ?? []
        }
        self.view = view
        now = frame.now
        let last = Set(folded.rows.map(\.key))
        if choices.folds.rung == nil {
            let isFitting = layout.fits || folded.rows.isEmpty
            let isAsked = rung.folding == nil
            var first = Folding(.service)
            if isAsked {
                var trial = folder
                first = trial.finest(view, fits: fit)
            }
            let folding = rung.next(at: frame.now, lastKey: frame.lastKey, isFitting: isFitting) { first }
            if isAsked { endsWhenChosen = ends }
            view.rung = folding.rung
            joinsTwins = folding.joinsTwins
        } else {
            joinsTwins = false
        }
        folded = folder.fold(view)
        if joinsTwins { folded = folded.joiningTwins(apart: choices.folds.apart, after: last) }
        places = [:]
        for (place, row) in folded.rows.enumerated() { for key in [row.key] + row.joined { places[key] = place } }
        alertedEdges = alerted.rules(onEdgesOf: folded)
        followSelection()
        layout = layouter.layout(folded, size: size, options: options, at: frame.now) { DisplayWidth().of($0) }
        heaviest = ranked()
        if !rung.isDue || choices.folds.rung != nil { search = nil }
    }

    /// Does a part of what is worth doing and may take longer than a frame: to be called when a frame is out. Returns whether the next
    /// one will be another for it.
    mutating func ponder() -> Bool {
        isPondering = true
        if folder.settle() {
            made = nil
            return true
        }
        guard let made else { return false }
        if rung.isDue, made.folds.rung == nil {
            var (search, trial) = (self.search ?? FinestSearch(view), folder)
            let found = search.step(&trial, fits: fit)
            self.search = found == nil ? search : nil
            guard let found, rung.answer(found, at: now) else { return false }
            self.made = nil
            return true
        }
        return judgeTidiness()
    }

    /// How a layout of a graph would fare.
    private func fit(_ graph: FoldedGraph) -> Fit {
        guard graph.rows.count <= Self.rowLimit else { return .no }
        return layouter.fit(graph, size: size, options: cheapOptions, at: now) { DisplayWidth().of($0) }
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

    /// For layouts that nobody sees.
    private var cheapOptions: LayoutOptions {
        var options = options
        options.effort = min(options.effort, 40_000)
        return options
    }

    /// A fresh layout costs as much as many frames: it is tried only where there is something to win, seldom, and with little effort:
    /// tidying itself takes more, and mostly finds more. Returns whether another word is to be said of it.
    private mutating func judgeTidiness() -> Bool {
        guard judgedTidy.map({ now.seconds - $0 >= Self.tidiness || now.seconds < $0 }) ?? true else { return false }
        judgedTidy = now.seconds
        let before = tidier
        tidier = nil
        if layout.figures.gaps > 4 {
            let fresh = layouter.fresh(folded, size: size, options: cheapOptions, at: now) { DisplayWidth().of($0) }
            if fresh.gaps * 3 <= layout.figures.gaps * 2 { tidier = fresh.gaps }
        }
        return tidier != before
    }

    /// A selection that was folded away moves to the fold that holds it.
    private mutating func followSelection() {
        guard let selection = choices.selection else { return }
        if let place = places[selection] {
            choices.selection = folded.rows[place].key
            return
        }
        guard let end = EndpointKey(end: selection) else { return }
        for rung in Rung.ladder where rung > selection.rung {
            if let row = folder.row(of: end, at: rung), places[row] != nil {
                choices.selection = self.row(row)?.key
                return
            }
        }
    }

    /// As many as any screen has room for.
    private static var heaviestLimit: Int { 64 }

    private func ranked() -> [FoldedEdge] {
        let edges = folded.edges
        let weights = edges.map { $0.rate ?? Double($0.counts.bytes) }
        let ranked = edges.indices.filter { edges[$0].standing != .gone }.sorted { left, right in
            if edges[left].isCrossing != edges[right].isCrossing { return edges[left].isCrossing }
            return weights[left] != weights[right] ? weights[left] > weights[right] : left < right
        }
        return ranked.prefix(Self.heaviestLimit).map { edges[$0] }
    }
}

extension EndpointKey {
    /// The end that a row of the finest rung is.
    init?(end row: RowKey) {
        guard row.rung == .end else { return nil }
        self.init(row.name)
    }
}
