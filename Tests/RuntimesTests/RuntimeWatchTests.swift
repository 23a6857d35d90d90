import Addressing
import Containers
import Runtimes
import Support
import Testing

@Suite("Runtime watch")
struct RuntimeWatchTests {
    private static func id(_ number: Int) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 64 - digits.count) + digits
    }

    @Test func reportsThatItIsConnectedAndThenEveryContainer() async throws {
        let engine = try FakeEngine(containers: [
            Self.id(1): FakeEngine.listed(Self.id(1), "one"), Self.id(2): FakeEngine.listed(Self.id(2), "two"),
        ])
        let watch = WatchUnderTest(path: engine.server.path)
        try await eventually { watch.reports.count == 3 }
        #expect(watch.reports.first == .connected(source: engine.server.path))
        #expect(watch.containers.mapValues(\.name) == [Self.id(1): "one", Self.id(2): "two"])
        await watch.end()
        #expect(watch.connections == "+")
    }

    @Test func subscribesToEventsBeforeItLists() async throws {
        let engine = try FakeEngine()
        let watch = WatchUnderTest(path: engine.server.path)
        try await eventually { watch.connections == "+" }
        #expect(engine.server.targets.map { $0.prefix { $0 != "?" } } == ["/version", "/events", "/containers/json"])
        await watch.end()
    }

    /// Docker's own page of a container would wait until it has started.
    @Test func tellsAContainerFromItsEventAndThenAsksAboutItAlone() async throws {
        let engine = try FakeEngine()
        let watch = WatchUnderTest(path: engine.server.path)
        try await eventually { watch.connections == "+" }
        engine.delay(askingOne: [.pause(.milliseconds(100))])
        engine.set(Self.id(1), FakeEngine.listed(Self.id(1), "web", mode: "container:\(Self.id(9))"))
        engine.events.say(FakeEngine.event("create", Self.id(1), "web"))
        try await eventually { watch.containers[Self.id(1)] != nil }
        let first = try #require(watch.containers[Self.id(1)])
        #expect(first.name == "web" && first.image == "img:1" && first.labels == ["a": "b"] && first.networkOf == nil)
        try await eventually { watch.containers[Self.id(1)]?.networkOf == Self.id(9) }
        let second = try #require(watch.containers[Self.id(1)])
        #expect(second.networks == ["bridge"])
        #expect(second.created?.nanoseconds == 1_795_303_940_000_000_007)
        #expect(!engine.server.targets.contains("/containers/\(Self.id(1))/json"))
        await watch.end()
    }

    @Test func tellsARenameAndAnEnd() async throws {
        let engine = try FakeEngine(containers: [Self.id(1): FakeEngine.listed(Self.id(1), "old")])
        let watch = WatchUnderTest(path: engine.server.path)
        try await eventually { watch.containers[Self.id(1)]?.name == "old" }
        engine.events.say(FakeEngine.event("rename", Self.id(1), "new"))
        try await eventually { watch.containers[Self.id(1)]?.name == "new" }
        engine.events.say(FakeEngine.event("die", Self.id(1), "new"))
        engine.events.say(FakeEngine.event("destroy", Self.id(1), "new"))
        try await eventually { watch.reports.last == .removed(identifier: Self.id(1)) }
        await watch.end()
    }

    @Test func tellsWhichNetworksAContainerIsAttachedTo() async throws {
        let engine = try FakeEngine(containers: [Self.id(1): FakeEngine.listed(Self.id(1), "one")])
        let watch = WatchUnderTest(path: engine.server.path)
        try await eventually { watch.containers[Self.id(1)]?.networks == ["bridge"] }
        let attached = FakeEngine.listed(Self.id(1), "one").replacing(#""bridge":{}"#, with: #""bridge":{},"app":{}"#)
        engine.set(Self.id(1), attached)
        let attributes = #"{"container":"\#(Self.id(1))","name":"app","type":"bridge"}"#
        engine.events.say(
            #"{"Type":"network","Action":"connect","Actor":{"ID":"d1","Attributes":\#(attributes)}}"# + "\n"
        )
        try await eventually { watch.containers[Self.id(1)]?.networks == ["app", "bridge"] }
        await watch.end()
    }

    /// The list was made before the container went, and is read after.
    @Test func believesAnEndMoreThanAListThatIsOlder() async throws {
        let engine = try FakeEngine(containers: [
            Self.id(1): FakeEngine.listed(Self.id(1), "one"), Self.id(2): FakeEngine.listed(Self.id(2), "two"),
        ])
        engine.delay(listing: [.pause(.milliseconds(300))])
        let watch = WatchUnderTest(path: engine.server.path)
        try await eventually { engine.server.targets.count == 3 }
        engine.events.say(
            FakeEngine.event("create", Self.id(1), "one") + FakeEngine.event("destroy", Self.id(1), "one")
        )
        try await eventually { watch.connections == "+" && watch.containers[Self.id(2)] != nil }
        #expect(watch.containers[Self.id(1)] == nil)
        await watch.end()
    }

    @Test func passesOverWhatIsNoEvent() async throws {
        let engine = try FakeEngine()
        let watch = WatchUnderTest(path: engine.server.path)
        try await eventually { watch.connections == "+" }
        for line in [
            "", "null", "{}", "[1]", "}{", #"{"Type":"container","Action":"create","Actor":{"ID":"../../x"}}"#,
            "\u{fffd}\0",
        ] {
            engine.events.say(line + "\n")
        }
        engine.events.say(FakeEngine.event("create", Self.id(1), "one"))
        try await eventually { watch.containers.count == 1 }
        #expect(watch.connections == "+")
        await watch.end()
    }

    @Test func asksAboutAFewContainersAtOneTimeOnly() async throws {
        let podman = #"{"Components":[{"Name":"Podman Engine"}]}"#
        let all = (1...60).map {
            (Self.id($0), #"{"Id":"\#(Self.id($0))","Names":["c\#($0)"],"Image":"i","Networks":[]}"#)
        }
        let engine = try FakeEngine(containers: Dictionary(uniqueKeysWithValues: all), version: podman)
        engine.setPage(
            #"{"HostConfig":{"NetworkMode":"host"},"Created":"2026-11-21T23:33:00.5Z","Config":{"Image":"i:2"}}"#
        )
        engine.delay(askingOne: [.pause(.milliseconds(5))])
        let watch = WatchUnderTest(path: engine.server.path)
        try await eventually { watch.containers.values.filter(\.usesHostNetwork).count == 60 }
        #expect(engine.busiest <= RuntimeBounds.questions + 1)
        #expect(watch.containers.values.allSatisfy { $0.runtime == .podman && $0.image == "i:2" })
        await watch.end()
    }

    @Test func tellsThePodsOfPodman() async throws {
        let listed =
            #"{"Id":"\#(Self.id(1))","Names":["pa"],"Image":"i","Pod":"5943","PodName":"pod1","IsInfra":true,"Networks":["podman"],"#
            + #""Labels":null,"Created":"2026-11-21T23:33:00.77673702Z"}"#
        let engine = try FakeEngine(
            containers: [Self.id(1): listed],
            version: #"{"Components":[null,{"Name":"Podman Engine"}]}"#
        )
        let watch = WatchUnderTest(path: engine.server.path)
        try await eventually { watch.containers[Self.id(1)] != nil }
        let told = try #require(watch.containers[Self.id(1)])
        #expect(told.pod == "pod1" && told.podIdentifier == "5943" && told.isSandbox && told.networks == ["podman"])
        #expect(told.created?.nanoseconds == 1_795_303_980_776_737_020)
        #expect(engine.server.targets.contains { $0.hasPrefix("/v4.0.0/libpod/containers/json") })
        await watch.end()
    }
}
