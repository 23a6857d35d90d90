import Addressing
import Graph
import Layout
import Terminal
import Testing

@testable import Dashboard

/// What the whole screen looks like where there is nothing, little, much, or something wrong.
@Suite("Screens of states")
struct StateScreenTests {
    private static let now = ShopPicture.time(ShopPicture.last)

    private func dashboard(
        _ picture: GraphPicture,
        glyphs: GlyphSet = .unicode,
        theme: Theme = Theme(),
        origin: Snapshot.Origin = .files(["shop.pcapng"]),
        _ change: (inout Snapshot) -> Void = { _ in }
    ) -> Dashboard {
        var dashboard = Dashboard(DashboardSettings(theme: theme, glyphs: glyphs))
        let time = picture.edges.values.map(\.last).max()
        var snapshot = Snapshot(origin: origin, time: time, graph: picture)
        change(&snapshot)
        dashboard.take(snapshot)
        return dashboard
    }

    private var nothing: GraphPicture {
        GraphPicture(endpoints: [:], edges: [:], minutes: [], folding: GraphFolding())
    }

    /// The first service of the shop alone, which asks itself.
    private var one: GraphPicture {
        let end = ShopPicture.end("frontend", 0)
        let key = EdgeKey(end.key, end.key, protocolNumber: 6, port: 8080)
        var edge = Edge(first: Self.now, last: Self.now)
        edge.counts.flows = 3
        edge.counts.sourceBytes = 1200
        return GraphPicture(
            endpoints: [end.key: end],
            edges: [key: edge],
            minutes: [GraphMinute(start: Self.now, edges: [key: edge.counts], containers: [:])],
            folding: GraphFolding()
        )
    }

    private func press(_ keys: String, _ dashboard: inout Dashboard, width: Int = 80, height: Int = 24) {
        // Keys go by what was drawn before.
        var grid = CellGrid(width: width, height: height)
        for key in keys {
            dashboard.draw(on: &grid, at: Self.now)
            let pressed: Key = key == "\n" ? .enter : key == "\t" ? .tab : .character(key)
            _ = dashboard.handle(.key(pressed, []), at: Self.now)
        }
    }

    @Test func beforeAnythingCame() throws {
        var dashboard = Dashboard()
        try Screens.check(&dashboard, "state-nothing-came")
    }

    @Test func nothingInAFileAndOnAHost() throws {
        var file = dashboard(nothing)
        try Screens.check(&file, "state-empty-file")
        var host = dashboard(nothing, origin: .host(name: "shop-host-1", interfaces: ["docker0"])) {
            $0.health.interfaces = ["docker0", "br-shop"]
            $0.health.started = Self.now
        }
        try Screens.check(&host, "state-empty-host")
    }

    @Test(arguments: [(GlyphSet.unicode, ""), (.ascii, "-ascii")])
    func whileAFileIsRead(glyphs: GlyphSet, suffix: String) throws {
        var dashboard = dashboard(RecordedGraph.shop.picture, glyphs: glyphs) {
            $0.progress = LoadProgress(
                name: "shop-any.pcap",
                bytesRead: 330_000,
                bytes: 879_718,
                packets: 690,
                flows: 31
            )
        }
        try Screens.check(&dashboard, "state-loading\(suffix)", glyphs: glyphs)
    }

    @Test func whereSomethingIsWrong() throws {
        var broken = dashboard(RecordedGraph.shop.picture) { $0.fault = "shop-any.pcap: ends within a frame" }
        try Screens.check(&broken, "state-fault")
        var lossy = dashboard(ShopPicture.picture()) {
            $0.health.packets = 96_900
            $0.health.dropped = 3100
        }
        try Screens.check(&lossy, "state-lossy")
        var filtered = dashboard(ShopPicture.picture())
        press("/nobody\n", &filtered)
        try Screens.check(&filtered, "state-filtered-away")
    }

    @Test func oneEnd() throws {
        var dashboard = dashboard(one)
        try Screens.check(&dashboard, "state-one")
    }

    @Test(arguments: RecordedGraph.allCases)
    func recordedGraphs(graph: RecordedGraph) throws {
        #expect(!graph.picture.edges.isEmpty)
        var small = dashboard(graph.picture)
        try Screens.check(&small, "recorded-\(graph.name)-80x24")
        var large = dashboard(graph.picture)
        try Screens.check(&large, "recorded-\(graph.name)-200x60", width: 200, height: 60)
    }

    @Test func fiveThousandEnds() throws {
        let crowd = GraphCrowd(GraphDegrees(RecordedGraph.shop.picture))
        #expect(crowd.picture.endpoints.count >= 4990 && crowd.picture.edges.count == 20_000)
        for (width, height) in [(80, 24), (200, 60)] {
            var dashboard = dashboard(crowd.picture, origin: .agent(host: "host", socket: "")) {
                $0.rates = crowd.rates
            }
            try Screens.check(&dashboard, "crowd-\(width)x\(height)", width: width, height: height)
            #expect(!dashboard.chart.layout.rows.isEmpty)
        }
    }

    @Test func withoutColoursAndInSixteen() throws {
        for (name, glyphs) in [("ascii", GlyphSet.ascii), ("console", .console)] {
            var dashboard = dashboard(ShopPicture.picture(), glyphs: glyphs)
            try Screens.check(&dashboard, "chart-\(name)", glyphs: glyphs)
        }
        // What a terminal without colours gets: no number of a colour in any of its sequences.
        var dashboard = dashboard(ShopPicture.picture())
        var grid = CellGrid(width: 80, height: 24)
        press("jj", &dashboard)
        dashboard.draw(on: &grid, at: Self.now)
        let sixteen = Self.rendered(grid, .sixteen)
        let none = Self.rendered(grid, .none)
        #expect(sixteen.contains { $0.hasPrefix("3") || $0.hasPrefix("9") })
        // And none that a terminal of sixteen does not know.
        #expect(!sixteen.contains("38") && !sixteen.contains("48"))
        #expect(none.allSatisfy { ["", "0", "1", "2", "4", "7", "22", "24", "27"].contains($0) }, "\(Set(none))")
        #expect(none.contains("7"))
    }

    /// All that a terminal is sent for a screen in sixteen colours: `^[` is what begins a sequence.
    @Test func inSixteenColoursAsItIsSent() throws {
        var dashboard = dashboard(ShopPicture.picture())
        press("jj", &dashboard)
        var grid = CellGrid(width: 80, height: 24)
        dashboard.draw(on: &grid, at: Self.now)
        let lines = Self.sent(grid, .sixteen).replacing("\u{1b}", with: "^[").split(separator: "\r\n").joined(
            separator: "\n"
        )
        try Screens.check(lines + "\n", "sent-sixteen")
    }

    private static func sent(_ grid: CellGrid, _ depth: ColorDepth) -> String {
        var differ = GridDiffer(depth: depth)
        var bytes: [UInt8] = []
        differ.append(from: nil, to: grid, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The numbers of all `CSI … m` that a grid is drawn with.
    private static func rendered(_ grid: CellGrid, _ depth: ColorDepth) -> [String] {
        var numbers: [String] = []
        for part in sent(grid, depth).split(separator: "\u{1b}") where part.first == "[" {
            let words = part.dropFirst().prefix { $0.isNumber || $0 == ";" }
            guard part.dropFirst(1 + words.count).first == "m" else { continue }
            numbers += words.split(separator: ";").map { String($0) }
        }
        return numbers
    }

    /// Views and what lies over them, by the keys that lead there.
    @Test(arguments: [
        ("focus", "jj\n"), ("edge", "jj."), ("path", "jmjjjt"), ("levels", "9"), ("levels-namespaces", "9z"),
        ("diff", "8"),
        ("hub", "\t"), ("timeline", "T"), ("details", "jj.d"), ("json", "jjy"), ("prompt", ":fold name"),
        ("unknown-command", ":nonsense\n"),
    ])
    func views(name: String, keys: String) throws {
        var wide = Self.wide
        press(keys, &wide)
        try Screens.check(&wide, "view-\(name)")
        var narrow = Self.narrow
        press(keys, &narrow, width: 60, height: 20)
        try Screens.check(&narrow, "view-\(name)-narrow", width: 60, height: 20)
        var plain = Self.wide
        plain.settings.glyphs = .ascii
        press(keys, &plain)
        try Screens.check(&plain, "view-\(name)-ascii", glyphs: .ascii)
    }

    /// Drawn once for all: a chart is laid out when it is first drawn, and that takes a second without optimisation.
    private static let wide = drawn(width: 80, height: 24)
    private static let narrow = drawn(width: 60, height: 20)

    private static func drawn(width: Int, height: Int) -> Dashboard {
        var dashboard = Dashboard()
        var snapshot = Snapshot(origin: .files(["shop.pcapng"]), time: now, graph: ShopPicture.picture())
        snapshot.timeline = .ofTheShop
        dashboard.take(snapshot)
        var grid = CellGrid(width: width, height: height)
        dashboard.draw(on: &grid, at: now)
        return dashboard
    }
}

extension Timeline {
    /// Ten minutes, with a gap.
    fileprivate static var ofTheShop: Timeline {
        var timeline = Timeline()
        timeline.width = 60_000_000_000
        timeline.start = ShopPicture.time(ShopPicture.last - 600)
        timeline.bins = (0..<10).map { number in
            var bin = Bin()
            bin.bytes = UInt64(number * number * 1000)
            bin.flows = UInt64(number)
            bin.isGap = number == 4
            return bin
        }
        return timeline
    }
}
