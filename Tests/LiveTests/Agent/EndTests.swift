import Foundation
import Support
import Testing

extension Live {
    /// How an agent ends, and what the next one knows.
    @Suite("Agent, when it ends", .needs(.nodes))
    struct EndTests {
        @Test func allIsWrittenWhenItIsToldToEnd() throws {
            let agent = try WatchedAgent(on: Lab(nodes: ["only"]).nodes[0])
            try agent.talk(200)
            let asked = ContinuousClock.now
            #expect(agent.running.stop().status == 0)
            #expect(ContinuousClock.now - asked < .seconds(5))
            // None of them was over by itself.
            #expect(try agent.rows("SELECT count(*) FROM flows WHERE protocol = 6") == ["200"])
            #expect(try agent.rows("SELECT count(*) FROM open_flows") == ["0"])
            #expect(try agent.rows("SELECT ended >= started FROM sessions") == ["1"])
        }

        @Test func theNextOneKnowsWhatWas() throws {
            let lab = try KernelLab(pods: 2, nodes: ["only"])
            var agent = try WatchedAgent(on: lab.nodes[0])
            try lab.talk([(lab.pods[0], Endpoint(lab.pods[1].address))])
            try agent.wait("it is seen") { try agent.remembered == 1 }
            let ends = lab.pods.map { [$0.pause, $0.app] }
            func isDrawn() throws -> Bool {
                let text = try agent.curl("/v1/graph").output
                return ends.allSatisfy { $0.contains { text.contains($0) } }
            }
            try agent.wait("it is drawn", isDrawn)
            #expect(agent.running.stop().status == 0)
            agent = try WatchedAgent(on: lab.nodes[0])
            let flows = try agent.records("/v1/flows").filter { $0["destination.port"] == "7000" }
            #expect(flows.count == 1 && flows.first?["source.container.id"] != nil)
            try agent.wait("it is drawn again", isDrawn)
            let here = try agent.curl("/v1/containers").output
            for pod in lab.pods { #expect(here.contains(pod.pause)) }
            #expect(try agent.curl("/v1/graph?since=1h&port=7000").output.contains("\"port\":7000"))
            #expect(try agent.records("/v1/gaps").map { $0["event.reason"] } == ["stopped"])
            #expect(agent.running.stop().status == 0)
        }

        @Test func whoIsKilledWhileNothingHappensSaysUntilWhenItWatched() throws {
            let node = try Lab(nodes: ["only"]).nodes[0]
            var agent = try WatchedAgent(on: node)
            // Silence, of which the database is told all the same.
            let start = try #require(agent.rows("SELECT heard FROM sessions").first.flatMap { Int($0) })
            try agent.wait("it is heard of") {
                let heard = try agent.rows("SELECT heard FROM sessions").first.flatMap { Int($0) }
                return (heard ?? 0) > start + 4_000_000_000
            }
            agent.running.kill()
            let killed = Int(Date().timeIntervalSince1970 * 1e9)
            agent = try WatchedAgent(on: node)
            #expect(try agent.records("/v1/gaps").map { $0["event.reason"] } == ["killed"])
            let since = try #require(agent.rows("SELECT since FROM gaps").first.flatMap { Int($0) })
            #expect(killed - since < 10_000_000_000)
            #expect(agent.running.stop().status == 0)
        }

        @Test func moreComesThanItCanTake() throws {
            let agent = try WatchedAgent(on: Lab(nodes: ["only"]).nodes[0])
            let script = """
                import socket
                link = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
                while True:
                    for port in range(20000, 40000): link.sendto(b"x", ("127.0.0.1", port))
                """
            let flood = try (0..<2).map { _ in try agent.node.start("/usr/bin/python3", "-c", script) }
            try agent.wait("it falls behind", within: .seconds(60)) {
                (Int(agent.status?["capture.dropped"] ?? "") ?? 0) > 0
            }
            let asked = ContinuousClock.now
            #expect(try agent.curl("/v1/status").status == 0)
            #expect(try agent.curl("/metrics").status == 0)
            #expect(ContinuousClock.now - asked < .seconds(20))
            let ending = ContinuousClock.now
            #expect(agent.running.stop().status == 0)
            #expect(ContinuousClock.now - ending < .seconds(20))
            for sender in flood { sender.kill() }
            #expect(try agent.rows("SELECT ended NOT NULL FROM sessions") == ["1"])
            #expect(try agent.rows("SELECT count(*) > 0 FROM gaps WHERE reason = 'capture'") == ["1"])
        }
    }
}
