import Addressing
import Graph
import Records
import Terminal
import Layout

/// The program at the screen, without the screen: takes snapshots and events, draws cells, and asks for what it cannot do itself.
///
/// A value without clock, file or socket; the same snapshots and events give the same cells.
package struct Dashboard: Sendable {
    var settings: DashboardSettings
    var screen = Screen.chart
    var overlay: Overlay?
    var prompt: Prompt?
    /// One line for the person, until the next key.
    var message: Message?
    var filter = FilterChoice()
    var chart = ChartView()
    var levels = LevelsView()
    var flows = FlowsTable()
    var containers = ContainersTable()
    var alerts = AlertsTable()
    var blocks = BlocksTable()
    /// What was made of the alerts that are shown, and from what.
    var judged = JudgedAlerts()
    var health = HealthView()
    var diff = DiffChoice()
    /// What came last, and what is shown: another one when it is frozen, or the past.
    private(set) var newest: Snapshot?
    /// The one before: to let go of it takes a while, too, and need not take it from a frame.
    private var outdated: Snapshot?
    /// When the first edge of what is shown was seen first.
    private var began: Timestamp?
    var frozen: (snapshot: Snapshot, at: Timestamp)?
    var past: PastChoice?
    var showsTimeline = false
    /// Times that packets were asked for.
    var packetChoices = 0
    /// Times that something about blocks was asked.
    var blockAsks = 0
    /// Asks to do something that are not answered yet: what comes of them is told, whatever is looked at by then.
    var acting: Set<Int> = []
    /// The block whose details are looked at, and the ask for the ways that it catches.
    var blockWays: (number: Int, block: BlockRecord)?
    var lastKey: Timestamp?
    /// Where the chart was drawn last, for the mouse.
    var chartArea = (top: 0, left: 0, width: 0, height: 0)

    package init(_ settings: DashboardSettings = DashboardSettings()) {
        self.settings = settings
        flows.zone = settings.zone
        alerts.zone = settings.zone
        blocks.zone = settings.zone
        blocks.isReadOnly = settings.isReadOnly
        health.zone = settings.zone
    }

    /// What the middle of the screen shows.
    enum Screen: Hashable, Sendable {
        case chart, flows, containers, alerts, blocks, health, levels, diff
    }

    /// What lies over it.
    enum Overlay: Sendable {
        case help(HelpView)
        case details(DetailPane)
        case json(JSONPane)
        case packets(PacketsView)
        case block(BlockSheet)
    }

    struct Message: Sendable {
        var text: String
        var isFault = false
    }

    /// Takes what is known now.
    package mutating func take(_ snapshot: Snapshot) {
        outdated = newest
        newest = snapshot
        guard frozen == nil, past == nil else { return }
        show(snapshot.graph, snapshot.rates)
    }

    /// What is shown; nil before anything came.
    var shown: Snapshot? { frozen?.snapshot ?? newest }

    /// Gives the chart what it is to draw: of now, or of the part of the past that is looked at.
    mutating func refresh() {
        guard let snapshot = shown else { return }
        if let past {
            show(past.told ?? snapshot.graph.during(past.span), [:])
        } else {
            show(snapshot.graph, snapshot.rates)
        }
    }

    /// Looks, between two frames, for a folding or layout that would be better. Returns whether another frame is worth drawing.
    ///
    /// One call takes about as long as a frame; what is found late is no worse, and no key waits for it but for that long.
    package mutating func ponder() -> Bool {
        outdated = nil
        return chart.ponder()
    }

    private mutating func show(_ graph: GraphPicture, _ rates: [EdgeKey: EdgeRate]) {
        switch shown?.origin {
        case .files, .database: began = graph.edges.values.lazy.map(\.first).min()
        case .host, .agent, nil: began = nil
        }
        markAlerts(on: graph)
        if screen == .diff {
            applyDiff(graph, rates)
        } else {
            chart.take(graph, rates)
        }
    }

    /// The time that what is shown ends at.
    var moment: Timestamp? {
        if let past { return Timestamp(nanoseconds: past.span.upperBound) }
        return shown?.time
    }

    /// From when to when what is shown was counted.
    var span: FoldSpan {
        if let past { return .window(seconds: Double(past.span.upperBound &- past.span.lowerBound) / 1e9) }
        guard let snapshot = shown, let time = snapshot.time else { return .whole }
        switch snapshot.origin {
        // A file that is played is looked at as what happens now.
        case .files where snapshot.playback != nil:
            return screen == .diff ? .window(seconds: diff.seconds) : .live(now: time)
        case .host, .agent: return screen == .diff ? .window(seconds: diff.seconds) : .live(now: time)
        case .files, .database:
            let first = began ?? time
            return .window(seconds: max(Double(time.nanoseconds &- first.nanoseconds) / 1e9, 1))
        }
    }
}

/// The part of the past that is looked at.
struct PastChoice: Sendable {
    /// Nanoseconds since 1970.
    var span: Range<Int64>
    /// What somebody who remembers more told of it.
    var told: GraphPicture?
}

/// The window that what is shown is compared with.
struct DiffChoice: Sendable {
    /// Nanoseconds: how long both windows are. 0 with a baseline.
    var length: Int64 = 600_000_000_000
    var baseline: (name: String, picture: GraphPicture)?

    var seconds: Double { baseline == nil ? Double(length) / 1e9 : 0 }
    var word: String { baseline.map { "baseline \($0.name)" } ?? "the \(TimeText.span(length / 1_000_000_000)) before" }
}

/// Which flows and edges are shown.
struct FilterChoice: Sendable {
    var text = ""
    var isEmpty: Bool { text.isEmpty }
}

/// A line that is typed at the foot of the screen.
struct Prompt: Sendable {
    enum Kind: Sendable { case command, filter }

    var kind: Kind
    var text = ""

    static var limit: Int { 512 }
}
