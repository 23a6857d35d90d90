import Containers
import Glibc
import Runtimes
import Support
import Testing

@Suite("Runtime watch: runtimes that are absent, restart or hang")
struct RuntimeOutageTests {
    private static let one = String(repeating: "1", count: 64)
    private static let two = String(repeating: "2", count: 64)

    /// Patient with a busy machine, and quick about the rest.
    private func timing(answer: Duration = .seconds(5), sweep: Duration = .seconds(60)) -> RuntimeTiming {
        var timing = RuntimeTiming()
        timing.answer = answer
        timing.sweep = sweep
        timing.shortestPause = .milliseconds(10)
        timing.longestPause = .milliseconds(100)
        timing.glance = .milliseconds(10)
        return timing
    }

    @Test func saysOnceThatThereIsNoRuntimeAndFindsItWhenItComes() async throws {
        let path = ScriptedServer.freshPath()
        let watch = WatchUnderTest(path: path, timing: timing())
        try await eventually { !watch.reports.isEmpty }
        #expect(watch.reports == [.unreachable(source: path, reason: "\(path): No such file or directory")])
        try await Task.sleep(for: .milliseconds(300))
        #expect(watch.reports.count == 1)
        let engine = try FakeEngine(path: path, containers: [Self.one: FakeEngine.listed(Self.one, "one")])
        try await eventually { watch.containers.count == 1 }
        #expect(watch.connections == "-+")
        await watch.end()
        engine.stop()
    }

    /// The longest pause is an hour: only looking for the socket can find it.
    @Test func noticesASocketThatAppearsWithinThePause() async throws {
        var timing = timing()
        timing.shortestPause = .seconds(3600)
        timing.longestPause = .seconds(3600)
        let path = ScriptedServer.freshPath()
        let watch = WatchUnderTest(path: path, timing: timing)
        try await eventually { watch.connections == "-" }
        let engine = try FakeEngine(path: path)
        try await eventually { watch.connections == "-+" }
        await watch.end()
        engine.stop()
    }

    @Test func tellsWhatVanishedWhileItWasAway() async throws {
        let path = ScriptedServer.freshPath()
        let before = try FakeEngine(
            path: path,
            containers: [Self.one: FakeEngine.listed(Self.one, "one"), Self.two: FakeEngine.listed(Self.two, "two")]
        )
        let watch = WatchUnderTest(path: path, timing: timing())
        try await eventually { watch.containers.count == 2 }
        before.stop()
        try await eventually { watch.connections == "+-" }
        #expect(watch.containers.count == 2, "what it had is kept meanwhile")
        let after = try FakeEngine(path: path, containers: [Self.two: FakeEngine.listed(Self.two, "two")])
        try await eventually { watch.reports.contains(.removed(identifier: Self.one)) }
        try await eventually {
            watch.reports.last == .container(identifier: Self.two, watch.containers[Self.two] ?? .init())
        }
        #expect(watch.connections == "+-+")
        await watch.end()
        after.stop()
    }

    @Test func comesThroughTenRestarts() async throws {
        let path = ScriptedServer.freshPath()
        let watch = WatchUnderTest(path: path, timing: timing())
        for round in 1...10 {
            let engine = try FakeEngine(
                path: path,
                containers: [Self.one: FakeEngine.listed(Self.one, "round\(round)")]
            )
            try await eventually { watch.containers[Self.one]?.name == "round\(round)" }
            engine.stop()
            try await eventually { watch.connections.hasSuffix("-") }
        }
        #expect(watch.connections.filter { $0 == "+" }.count == 10)
        #expect(!watch.connections.contains("--") && !watch.connections.contains("++"))
        await watch.end()
    }

    @Test func saysOnceThatARuntimeHangs() async throws {
        let server = try ScriptedServer { _ in [.hang] }
        let watch = WatchUnderTest(path: server.path, timing: timing(answer: .milliseconds(50)))
        try await eventually { server.targets.count > 3 }
        #expect(watch.reports == [.unreachable(source: server.path, reason: "no answer in time")])
        await watch.end()
        server.stop()
    }

    /// Its events stay open and silent, as they are when nothing happens; only the sweep can tell.
    @Test func findsOutThatARuntimeHangsAfterItWasConnected() async throws {
        let engine = try FakeEngine(containers: [Self.one: FakeEngine.listed(Self.one, "one")])
        let watch = WatchUnderTest(
            path: engine.server.path,
            timing: timing(answer: .seconds(3), sweep: .milliseconds(20))
        )
        try await eventually { watch.containers.count == 1 }
        engine.delay(listing: [.hang])
        try await eventually { watch.connections == "+-" }
        engine.delay()
        try await eventually { watch.connections == "+-+" }
        await watch.end()
        engine.stop()
    }

    @Test func findsInTheSweepWhatNoEventTold() async throws {
        let engine = try FakeEngine(containers: [Self.one: FakeEngine.listed(Self.one, "one")])
        let watch = WatchUnderTest(path: engine.server.path, timing: timing(sweep: .milliseconds(20)))
        try await eventually { watch.containers.count == 1 }
        engine.set(Self.one, nil)
        engine.set(Self.two, FakeEngine.listed(Self.two, "two"))
        try await eventually { watch.containers.mapValues(\.name) == [Self.two: "two"] }
        let count = watch.reports.count
        try await Task.sleep(for: .milliseconds(200))
        #expect(watch.reports.count == count, "a sweep that finds nothing new tells nothing")
        await watch.end()
        engine.stop()
    }

    @Test(arguments: [
        "not HTTP at all\r\n\r\n", "HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nhalf",
    ])
    func comesThroughAnythingThatListensThere(said: String) async throws {
        let server = try ScriptedServer { _ in [.text(said)] }
        let watch = WatchUnderTest(path: server.path, timing: timing())
        try await eventually { server.targets.count > 4 }
        #expect(watch.connections == "-")
        await watch.end()
        server.stop()
    }

    /// All three answers are the same nonsense.
    @Test(arguments: [
        "{}", "[]", "null", "7", "[[[[", #"{"Id":7}"#,
        #"[{"Id":"x"},{"Id":"../y"},7,null,{"Id":"ok","Names":7,"Labels":[1]}]"#,
    ])
    func comesThroughAnyJSON(said: String) async throws {
        let server = try ScriptedServer {
            $0.hasPrefix("/events") ? [.chunkedHead, .chunk(said + "\n"), .hang] : [.answer(said)]
        }
        let watch = WatchUnderTest(path: server.path, timing: timing())
        try await eventually { !watch.reports.isEmpty }
        #expect(watch.containers.keys.allSatisfy { $0 == "x" || $0 == "ok" })
        await watch.end()
        server.stop()
    }

    @Test(arguments: [0, 1, 2, 3]) func endsAtOnceWhenCancelled(state: Int) async throws {
        let hanging = try ScriptedServer { _ in [.hang] }
        let engine = try FakeEngine()
        let path = [ScriptedServer.freshPath(), hanging.path, engine.server.path, engine.server.path][state]
        var timing = RuntimeTiming()
        timing.shortestPause = .seconds(100)
        if state == 3 { engine.delay(listing: [.hang]) }
        let watch = WatchUnderTest(path: path, timing: timing)
        try await eventually {
            [
                !watch.reports.isEmpty, !hanging.targets.isEmpty, watch.connections == "+",
                engine.server.targets.count == 3,
            ][state]
        }
        let start = ContinuousClock.now
        await watch.end()
        #expect(ContinuousClock.now - start < .seconds(5))
        try await eventually { hanging.openConnections == 0 && engine.server.openConnections == 0 }
        hanging.stop()
        engine.stop()
    }
}
