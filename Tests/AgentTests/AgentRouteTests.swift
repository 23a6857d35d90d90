import Addressing
import Agent
import Containers
import Foundation
import Graph
import HTTP
import Records
import Testing

@Suite("Routes of the agent", .timeLimit(.minutes(1)))
struct AgentRouteTests {
    private let desk = Desk()
    private var view: AgentView { view(isJudging: true) }

    private func view(isJudging: Bool) -> AgentView {
        var summary = CaptureSummary()
        summary.frames = 7
        var alerts = AlertTally()
        for (second, severity) in [(Int64(-3600), 90), (0, 90), (1, 30), (1, 50), (1, 55)] {
            alerts.add(SampleAlert.record(1, at: second, severity: severity))
        }
        var inventory = Inventory()
        inventory.hostName = "node"
        var place = NamespaceInventory(namespace: NetworkNamespace(inode: 2))
        var container = Container(key: ContainerKey(identifier: "c1", generation: 1))
        container.description.name = "we\u{1b}[31mb"
        place.containers = [ContainerInventory(container, since: Timestamp(nanoseconds: 0))]
        var host = NamespaceInventory(namespace: NetworkNamespace(inode: 1))
        host.isHost = true
        var hosted = Container(key: ContainerKey(identifier: "c2", generation: 1))
        hosted.namespace = host.namespace
        host.containers = [ContainerInventory(hosted, since: Timestamp(nanoseconds: 0))]
        inventory.namespaces = [place, NamespaceInventory(namespace: NetworkNamespace(inode: 3)), host]
        var view = AgentView(
            version: "1.2.3",
            started: Timestamp(nanoseconds: 0),
            time: Timestamp(nanoseconds: 1_500_000_000),
            summary: summary,
            graph: ConnectionGraph().picture,
            inventory: inventory
        )
        view.alerts = isJudging ? alerts : nil
        return view
    }

    /// Asks, while somebody serves the desk as a monitor does.
    private func ask(
        _ path: String,
        method: String = "GET",
        isJudging: Bool = true
    ) async throws -> (status: Int, lines: [[String: Any]]) {
        let routes = Routes(desk: desk).routes
        async let reply = routes.respond(to: HTTPRequest(method: method, target: path, peer: Routes.root))
        let serving = Task {
            while !Task.isCancelled {
                desk.serve(at: Timestamp(nanoseconds: 1_500_000_000)) { _ in view(isJudging: isJudging) }
                try await Task.sleep(for: .milliseconds(5))
            }
        }
        defer { serving.cancel() }
        let answer = await reply
        let text = String(decoding: answer.body, as: UTF8.self)
        #expect(!text.contains("\u{1b}"))
        let lines = try text.split(separator: "\n").map { line in
            try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        }
        return (answer.status, lines)
    }

    @Test func tellTheStatusAndLeaveOutWhatIsNotKnown() async throws {
        let (status, lines) = try await ask("/v1/status")
        #expect(status == 200 && lines.count == 1)
        let capture = try #require(lines.first?["capture"] as? [String: Any])
        #expect(capture["packets"] as? Int == 7)
        #expect(capture["dropped"] == nil && capture["loss_known"] as? Bool == false)
        #expect(lines.first?["@timestamp"] as? String == "1970-01-01T00:00:01.500000000Z")
        #expect((lines.first?["observer"] as? [String: Any])?["version"] as? String == "1.2.3")
        #expect(lines.first?["containers"] as? Int == 2)
    }

    @Test func tellHowManyAlertsThereWereInTheLastHour() async throws {
        let (_, lines) = try await ask("/v1/status")
        let alerts = try #require(lines.first?["alerts"] as? [String: Any])
        #expect(alerts["total"] as? Int == 5)
        #expect(alerts["last_hour"] as? [String: Int] == ["low": 1, "medium": 2, "high": 0, "critical": 1])
    }

    @Test func sayNothingOfAlertsWhereNothingIsJudged() async throws {
        let (status, lines) = try await ask("/v1/status", isJudging: false)
        #expect(status == 200 && lines.count == 1 && lines.first?["alerts"] == nil)
    }

    @Test func tellContainersALineEach() async throws {
        let (status, lines) = try await ask("/v1/containers")
        #expect(status == 200 && lines.count == 2)
        #expect(lines.map { ($0["container"] as? [String: Any])?["id"] as? String } == ["c1", "c2"])
    }

    @Test func tellNamespacesAndTheHostToWhoWantsAll() async throws {
        let (status, lines) = try await ask("/v1/containers?all=true")
        #expect(status == 200)
        let kinds = lines.map { ($0["identity"] as? [String: Any])?["kind"] as? String }
        #expect(kinds == ["container", "namespace", "container", "host"])
        #expect(try await ask("/v1/containers?all=false").lines.count == 2)
        #expect(try await ask("/v1/containers?all=some").status == 400)
        #expect(try await ask("/v1/containers?name=web").status == 400)
    }

    @Test func tellTheGraphAlsoWhenItIsEmpty() async throws {
        let (status, lines) = try await ask("/v1/graph")
        #expect(status == 200 && lines.count == 1)
    }

    @Test func refuseWhatIsNotThereOrWouldChangeSomething() async throws {
        #expect(try await ask("/v1/nothing").status == 404)
        #expect(try await ask("/").status == 404)
        #expect(try await ask("/v1/status", method: "DELETE").status == 404)
        #expect(try await ask("/v1/status", method: "PUT").status == 405)
        let message = try await ask("/v2").lines.first?["error"] as? [String: Any]
        #expect((message?["message"] as? String)?.contains("/v1/status") == true)
    }

    @Test func leadToWhatWouldBeUndoneAndTakeANumberForIt() async {
        let routes = Routes()
        // Nobody keeps blocks here, and that is said by whoever would be asked.
        for (method, query) in [("GET", ""), ("POST", ""), ("POST", "?number=17")] {
            #expect(await routes.ask("/v1/blocks/undo\(query)", method: method).status == 503, "\(method) \(query)")
        }
        for wrong in ["number=x", "number=1&number=2", "number=-1"] {
            #expect(await routes.ask("/v1/blocks/undo?\(wrong)", method: "POST").status == 400, "\(wrong)")
        }
        #expect(await routes.ask("/v1/blocks/undo", as: Routes.stranger).status == 403)
    }

    @Test func makeAViewOnlyWhenSomebodyAsksAndNoneIsFresh() async throws {
        let second: Int64 = 1_000_000_000
        desk.serve(at: Timestamp(nanoseconds: second)) { _ in
            Issue.record("nobody asks")
            return view
        }
        let times = try await [0, second - 1, second, second * 5].asyncMap { later in
            async let asked = desk.view()
            let serving = Task {
                while !Task.isCancelled {
                    desk.serve(at: Timestamp(nanoseconds: 1_500_000_000 + later)) { time in
                        var view = view
                        view.time = time
                        return view
                    }
                    try await Task.sleep(for: .milliseconds(5))
                }
            }
            defer { serving.cancel() }
            return try #require(await asked).time.nanoseconds - 1_500_000_000
        }
        #expect(times == [0, 0, second, second * 5])
    }

    @Test func sendAwayWhoComesWhenTooManyWaitOrItEnds() async {
        let full = Desk(limit: 0)
        #expect(await full.view() == nil)
        let routes = Routes(desk: full).routes
        let request = HTTPRequest(method: "GET", target: "/v1/graph", peer: Routes.root)
        #expect(await routes.respond(to: request).status == 503)
        let closing = Desk()
        async let waits = closing.view()
        closing.close()
        #expect(await waits == nil)
        #expect(await closing.view() == nil)
    }
}

extension Array {
    /// One after the other.
    fileprivate func asyncMap<Result>(_ body: (Element) async throws -> Result) async throws -> [Result] {
        var results: [Result] = []
        for element in self { results.append(try await body(element)) }
        return results
    }
}
