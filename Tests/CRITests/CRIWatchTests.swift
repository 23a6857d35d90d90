#if CRI
import Containers
import GRPCCore
import Runtimes
import Support
import Testing

@testable import CRI

@Suite("CRI watch")
struct CRIWatchTests {
    private static let sandbox = String(repeating: "1", count: 64)
    private static let app = String(repeating: "2", count: 64)

    /// Patient with a busy machine, and quick about the rest.
    private func timing(answer: Duration = .seconds(8), sweep: Duration = .seconds(60)) -> RuntimeTiming {
        var timing = RuntimeTiming()
        timing.answer = answer
        timing.sweep = sweep
        timing.shortestPause = .milliseconds(10)
        timing.longestPause = .milliseconds(100)
        timing.glance = .milliseconds(10)
        timing.spacing = .milliseconds(5)
        return timing
    }

    private func cart(_ labels: [String: String] = ["app": "cart"]) -> [Runtime_V1_PodSandbox] {
        [.init(Self.sandbox, "cart", labels: labels)]
    }

    @Test func tellsOfPodsWithTheirLabels() async throws {
        let runtime = try await FakeRuntime(name: "cri-o")
        try runtime.list(cart(), [.init(Self.app, in: Self.sandbox)])
        let watch = WatchedRuntime(path: runtime.path, timing: timing())
        try await eventually { watch.containers.count == 2 }
        #expect(watch.reports.first == .connected(source: runtime.path))
        #expect(watch.containers[Self.app]?.labels == ["app": "cart"])
        #expect(watch.containers[Self.app]?.runtime == .crio)
        #expect(watch.containers[Self.sandbox]?.isSandbox == true)
        await watch.end()
        await runtime.stop()
    }

    /// The next sweep is a minute away.
    @Test func asksAtOnceForWhatTheKernelShows() async throws {
        let runtime = try await FakeRuntime()
        let watch = WatchedRuntime(path: runtime.path, timing: timing())
        try await eventually { watch.connections == "+" }
        // In the list only after it was asked for some times.
        watch.expect(Self.sandbox)
        try await eventually { runtime.count("ListContainers") >= 3 }
        try runtime.list(cart(), [])
        try await eventually { watch.containers[Self.sandbox]?.labels == ["app": "cart"] }
        // What is known is not asked about.
        let count = runtime.count("ListContainers")
        watch.expect(Self.sandbox)
        try await Task.sleep(for: .milliseconds(100))
        #expect(runtime.count("ListContainers") == count)
        await watch.end()
        await runtime.stop()
    }

    @Test func givesUpWhatNeverComes() async throws {
        let runtime = try await FakeRuntime()
        let watch = WatchedRuntime(path: runtime.path, timing: timing())
        try await eventually { watch.connections == "+" }
        watch.expect(Self.app)
        try await eventually { runtime.count("ListContainers") >= CRIBounds.tries }
        try await Task.sleep(for: .seconds(2))
        #expect(runtime.count("ListContainers") == CRIBounds.tries + 1)
        await watch.end()
        await runtime.stop()
    }

    @Test func findsInTheSweepWhatNobodyShowed() async throws {
        let runtime = try await FakeRuntime()
        try runtime.list(cart(), [])
        let watch = WatchedRuntime(path: runtime.path, timing: timing(sweep: .milliseconds(20)))
        try await eventually { watch.containers.count == 1 }
        try runtime.list([], [.init(Self.app, in: Self.sandbox)])
        try await eventually { watch.containers.keys.sorted() == [Self.app] }
        let count = watch.reports.count
        try await Task.sleep(for: .milliseconds(200))
        #expect(watch.reports.count == count, "a sweep that finds nothing new tells nothing")
        await watch.end()
        await runtime.stop()
    }

    @Test func saysOnceThatThereIsNoRuntimeAndFindsItWhenItComes() async throws {
        let path = ScriptedServer.freshPath()
        let watch = WatchedRuntime(path: path, timing: timing())
        try await eventually { !watch.reports.isEmpty }
        #expect(watch.reason == "\(path): No such file or directory")
        try await Task.sleep(for: .milliseconds(200))
        #expect(watch.reports.count == 1)
        let runtime = try await FakeRuntime(path: path)
        try runtime.list(cart(), [])
        try await eventually { watch.containers.count == 1 }
        #expect(watch.connections == "-+")
        await watch.end()
        await runtime.stop()
    }

    /// The next sweep is a minute away: it sees the connection end.
    @Test func comesThroughRestarts() async throws {
        let path = ScriptedServer.freshPath()
        let watch = WatchedRuntime(path: path, timing: timing())
        for round in 1...4 {
            let runtime = try await FakeRuntime(path: path)
            try runtime.list(cart(["round": "\(round)"]), [])
            try await eventually { watch.containers[Self.sandbox]?.labels == ["round": "\(round)"] }
            await runtime.stop()
            try await eventually { watch.connections.hasSuffix("-") }
            #expect(watch.containers.count == 1, "what it had is kept meanwhile")
        }
        #expect(watch.connections.filter { $0 == "+" }.count == 4)
        #expect(!watch.connections.contains("--") && !watch.connections.contains("++"))
        await watch.end()
    }

    @Test(arguments: ["Version", "ListPodSandbox", "ListContainers"])
    func saysOnceThatARuntimeHangs(method: String) async throws {
        let runtime = try await FakeRuntime()
        runtime.answer(method, .hang)
        let watch = WatchedRuntime(path: runtime.path, timing: timing(answer: .milliseconds(300)))
        try await eventually { runtime.count(method) > 2 }
        #expect(watch.connections == "-")
        #expect(watch.reason == "no answer in time")
        runtime.answer(method, nil)
        runtime.answer("Version", .message([]))
        try await eventually { watch.connections == "-+" }
        await watch.end()
        await runtime.stop()
    }

    /// It takes connections and never says a word: no gRPC server would.
    @Test func saysOnceThatWhatListensThereIsMute() async throws {
        let server = try RawServer(saying: "")
        let watch = WatchedRuntime(path: server.path, timing: timing(answer: .milliseconds(300)))
        try await eventually { !watch.reports.isEmpty }
        #expect(watch.reason == "no answer in time")
        try await Task.sleep(for: .milliseconds(700))
        #expect(watch.connections == "-")
        await watch.end()
        try await eventually { server.openConnections == 0 }
        server.stop()
    }

    @Test(arguments: ["HTTP/1.1 400 Bad Request\r\n\r\n", "not HTTP at all", "\0\0\u{12}\u{4}\0\0\0\0\0"])
    func comesThroughAnythingThatListensThere(said: String) async throws {
        let server = try RawServer(saying: said)
        let watch = WatchedRuntime(path: server.path, timing: timing(answer: .milliseconds(500)))
        try await eventually { !watch.reports.isEmpty }
        #expect(watch.connections == "-")
        await watch.end()
        server.stop()
    }

    /// containerd without its CRI plugin, as Docker installs it.
    @Test func doesNotComplainOfAServerWithoutTheCRI() async throws {
        let runtime = try await FakeRuntime()
        runtime.answer("Version", .refuse(.unimplemented))
        let watch = WatchedRuntime(path: runtime.path, timing: timing())
        try await eventually { !watch.reports.isEmpty }
        try await Task.sleep(for: .milliseconds(200))
        #expect(watch.reports == [.connected(source: runtime.path)])
        #expect(runtime.count("Version") == 1, "asked again only in the sweep, or when another takes its place")
        await watch.end()
        await runtime.stop()
    }

    @Test func takesNoAnswerThatIsTooLarge() async throws {
        let runtime = try await FakeRuntime()
        // One field nobody reads, of as many bytes as are too many.
        let length = CRIBounds.message
        var bytes: [UInt8] = [0x7a]
        var rest = length
        while rest > 127 {
            bytes.append(UInt8(rest & 127 | 128))
            rest >>= 7
        }
        bytes.append(UInt8(rest))
        runtime.answer("ListPodSandbox", .message(bytes + [UInt8](repeating: 0, count: length)))
        let watch = WatchedRuntime(path: runtime.path, timing: timing())
        try await eventually { !watch.reports.isEmpty }
        #expect(watch.reason == "what it says cannot be understood, or is too much")
        await watch.end()
        await runtime.stop()
    }

    @Test(arguments: [
        (FakeRuntime.Answer.message([0x0a, 0xff]), "what it says cannot be understood, or is too much"),
        (.message([0x0a, 0x03, 0x0a, 0x01, 0xff]), "what it says cannot be understood, or is too much"),
        (.refuse(.permissionDenied), "answers with status permissionDenied"),
        (.refuse(.unknown), "answers with status unknown"),
        (.refuse(.resourceExhausted), "has more to tell than fits into an answer"),
    ])
    func saysWhyAnAnswerIsNone(answer: FakeRuntime.Answer, reason: String) async throws {
        let runtime = try await FakeRuntime()
        runtime.answer("ListPodSandbox", answer)
        let watch = WatchedRuntime(path: runtime.path, timing: timing())
        try await eventually { !watch.reports.isEmpty }
        #expect(watch.connections == "-")
        #expect(watch.reason == reason)
        await watch.end()
        await runtime.stop()
    }

    @Test func aPathThatIsTooLongIsNoReasonToStop() async throws {
        let path = "/tmp/" + String(repeating: "x", count: 200)
        let watch = WatchedRuntime(path: path, timing: timing())
        try await eventually { !watch.reports.isEmpty }
        #expect(watch.reason == "\(path): File name too long")
        await watch.end()
    }

    @Test(arguments: 0..<4) func endsAtOnceWhenCancelled(state: Int) async throws {
        let mute = try RawServer(saying: "")
        let runtime = try await FakeRuntime()
        if state == 3 { runtime.answer("ListContainers", .hang) }
        let path = [ScriptedServer.freshPath(), mute.path, runtime.path, runtime.path][state]
        var timing = timing(answer: .seconds(100))
        timing.shortestPause = .seconds(100)
        let watch = WatchedRuntime(path: path, timing: timing)
        try await eventually {
            [
                !watch.reports.isEmpty, mute.openConnections == 1, watch.connections == "+",
                runtime.count("ListContainers") == 1,
            ][state]
        }
        let start = ContinuousClock.now
        await watch.end()
        #expect(ContinuousClock.now - start < .seconds(5))
        try await eventually { mute.openConnections == 0 }
        mute.stop()
        await runtime.stop()
    }
}
#endif
