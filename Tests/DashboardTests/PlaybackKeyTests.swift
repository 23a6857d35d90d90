import Addressing
import Graph
import Terminal
import Testing

@testable import Dashboard

/// Keys and screens of a file that is played.
@Suite("Keys for playing a file")
struct PlaybackKeyTests {
    private let end = ShopPicture.time(ShopPicture.last)
    private var start: Timestamp { Timestamp(nanoseconds: end.nanoseconds - 60_000_000_000) }

    private func snapshot(_ origin: Snapshot.Origin = .files(["shop.pcapng"])) -> Snapshot {
        var snapshot = Snapshot(origin: origin, time: end, graph: ShopPicture.picture())
        snapshot.timeline.start = start
        snapshot.timeline.width = 1_000_000_000
        snapshot.timeline.bins = (0..<60).map { number in
            var bin = Timeline.Bin()
            bin.bytes = UInt64(number % 7) * 1000
            return bin
        }
        return snapshot
    }

    /// A dashboard of a file that is played, so many seconds after its start.
    private func played(at second: Double, speed: Double = 1, isPlaying: Bool = true) -> Dashboard {
        var dashboard = Dashboard()
        dashboard.take(snapshot())
        _ = dashboard.handle(.key(.character("P"), []), at: end)
        var snapshot = snapshot()
        let position = Timestamp(nanoseconds: start.nanoseconds + Int64(second * 1e9))
        snapshot.time = position
        snapshot.playback = Playback(isPlaying: isPlaying, speed: speed, position: position, span: start...end)
        dashboard.take(snapshot)
        return dashboard
    }

    private func press(_ key: Character, _ dashboard: inout Dashboard) -> [DashboardRequest] {
        dashboard.handle(.key(.character(key), []), at: end)
    }

    private func type(_ text: String, _ dashboard: inout Dashboard) -> [DashboardRequest] {
        text.flatMap { press($0, &dashboard) } + dashboard.handle(.key(.enter, []), at: end)
    }

    private func second(_ number: Int64) -> Timestamp {
        Timestamp(nanoseconds: start.nanoseconds + number * 1_000_000_000)
    }

    @Test func aFileIsPlayedFromItsStartOrFromThePastThatIsLookedAt() {
        var dashboard = Dashboard()
        dashboard.take(snapshot())
        #expect(press("P", &dashboard) == [.play(.start(nil))])
        #expect(dashboard.showsTimeline)
        dashboard = Dashboard()
        dashboard.take(snapshot())
        _ = press("{", &dashboard)
        #expect(type(":play", &dashboard) == [.play(.start(second(50)))])
        #expect(dashboard.past == nil)
    }

    @Test func whatIsNoFileOrNotReadYetIsNotPlayed() {
        var dashboard = Dashboard()
        dashboard.take(snapshot(.host(name: nil, interfaces: [])))
        #expect(press("P", &dashboard).isEmpty)
        #expect(dashboard.message?.isFault == true)
        var early = snapshot()
        early.progress = LoadProgress(name: "shop", bytesRead: 1, bytes: 2, packets: 1, flows: 1)
        dashboard = Dashboard()
        dashboard.take(early)
        #expect(press("P", &dashboard).isEmpty)
        #expect(dashboard.message?.text.contains("still being read") == true)
        #expect(press("+", &dashboard).isEmpty)
        #expect(type(":speed 4", &dashboard).isEmpty)
    }

    @Test func spaceStopsAndGoesOn() {
        var dashboard = played(at: 10)
        #expect(press(" ", &dashboard) == [.play(.pause)])
        #expect(dashboard.frozen == nil)
        dashboard = played(at: 10, isPlaying: false)
        #expect(press(" ", &dashboard) == [.play(.resume)])
        #expect(press("P", &dashboard) == [.play(.resume)])
    }

    @Test func speedIsDoubledHalvedAndSaid() {
        var dashboard = played(at: 10, speed: 4)
        #expect(press("+", &dashboard) == [.play(.speed(8))])
        #expect(press("-", &dashboard) == [.play(.speed(2))])
        #expect(type(":speed 0.5", &dashboard) == [.play(.speed(0.5))])
        for wrong in [":speed", ":speed 0", ":speed -1", ":speed x", ":speed inf", ":speed nan"] {
            #expect(type(wrong, &dashboard).isEmpty)
            #expect(dashboard.message?.isFault == true)
        }
    }

    @Test func stepsGoToTheEndsOfBins() {
        var dashboard = played(at: 10)
        #expect(press("]", &dashboard) == [.play(.seek(second(11)))])
        #expect(press("[", &dashboard) == [.play(.seek(second(9)))])
        #expect(press("}", &dashboard) == [.play(.seek(second(20)))])
        #expect(press("{", &dashboard) == [.play(.seek(start))])
        dashboard = played(at: 10.5)
        #expect(press("]", &dashboard) == [.play(.seek(second(12)))])
        #expect(press("[", &dashboard) == [.play(.seek(second(10)))])
        dashboard = played(at: 0)
        #expect(press("[", &dashboard) == [.play(.seek(start))])
        #expect(press("]", &dashboard) == [.play(.seek(second(1)))])
        dashboard = played(at: 59.9)
        #expect(press("}", &dashboard) == [.play(.seek(end))])
        #expect(dashboard.handle(.key(.end, []), at: end) == [.play(.end)])
    }

    @Test func packetsAreAskedForUpToTheMoment() {
        var dashboard = played(at: 10)
        var grid = CellGrid(width: 120, height: 40)
        dashboard.draw(on: &grid, at: end)
        _ = dashboard.handle(.key(.down, []), at: end)
        guard case .packets(let choice)? = press("p", &dashboard).first else {
            Issue.record("p asks for packets")
            return
        }
        #expect(choice.span == start.nanoseconds..<second(10).nanoseconds)
    }

    @Test func theHeaderAndTheTimelineSayWhereItIs() throws {
        var dashboard = played(at: 10.2, speed: 4)
        try Screens.check(&dashboard, "played-80x24")
        dashboard = played(at: 40, speed: 0.5, isPlaying: false)
        try Screens.check(&dashboard, "paused-120x40", width: 120, height: 40)
    }
}
