import Foundation
import Support
import Testing

extension Live {
    /// How soon a block stops packets, measured by packets. Figures are printed; what is asserted is ten times looser than what is aimed at.
    @Suite("Latency of blocks", .needs(.nodes))
    struct BlockLatencyTests {
        @Test func fromTheCommandToTheFirstPacketThatIsDropped() throws {
            let lab = try KernelLab(pods: 2, nodes: ["node-a"])
            let (web, shop) = (lab.pods[0], lab.pods[1])
            let agent = try WatchedAgent(on: lab.nodes[0])
            try agent.wait("both are here") {
                let here = Set(try agent.records("/v1/containers").compactMap { $0["container.id"] })
                return here.isSuperset(of: [web.app, shop.app])
            }
            let curl = ["curl", "-sS", "--max-time", "20", "--unix-socket", agent.socket, "-X", "POST"]
            let door = curl + ["http://x/v1/blocks?container=\(web.app)&to=\(shop.address)"]
            for (what, limit) in [("command", 3.0), ("request at the door", 1.0)] {
                var latencies: [Double] = []
                for _ in 0..<(Live.isThorough ? 20 : 4) {
                    var asked = 0.0
                    var answered = 0.0
                    let sent = try Reach(web).send(to: shop.address, for: 1.5, every: 0.001) {
                        asked = Date.now.timeIntervalSince1970
                        if limit > 1 {
                            _ = try agent.blocked(web.app, "--to", shop.address)
                        } else {
                            try agent.node.output(of: door)
                        }
                        answered = Date.now.timeIntervalSince1970
                    }
                    let last = try #require(sent.last { $0.wasAnswered })
                    #expect(sent.last?.wasAnswered == false && sent.first?.wasAnswered == true)
                    // Whoever was told that it holds need not look.
                    #expect(last.time < answered)
                    // From the first that was dropped on, all were.
                    let dropped = try #require(sent.first { !$0.wasAnswered })
                    #expect(dropped.time >= last.time)
                    latencies.append(dropped.time - asked)
                    #expect(try agent.unblock("--undo").status == 0)
                }
                print("from a \(what) to the first dropped packet: \(Figures(latencies))")
                #expect(latencies.sorted()[latencies.count / 2] < limit)
            }
        }
    }

    /// The same for what rules ask for: from the packet that completes a scan, by its own time.
    @Suite("Latency of responses", .needs(.docker))
    struct ResponseLatencyTests {
        /// Knocks at ports where nobody listens until five knocks in a row find no answer; a line for each: when, and whether it was
        /// refused. At most 1,000 knocks.
        private static let scan = """
            import socket, sys, time
            silent = 0
            for port in range(20000, 21000):
                link = socket.socket()
                link.settimeout(0.05)
                moment = time.time()
                refused = 0
                try:
                    link.connect((sys.argv[1], port))
                except ConnectionRefusedError:
                    refused = 1
                except OSError:
                    pass
                link.close()
                print(f"{moment:.6f} {refused}")
                silent = 0 if refused else silent + 1
                if silent == 5:
                    break
                time.sleep(float(sys.argv[2]))
            """

        @Test func fromThePacketThatCompletesAScanToTheFirstThatIsDropped() throws {
            let lab = try DockerLab()
            let rounds = Live.isThorough ? 30 : 5
            let names = (0..<rounds * 2).map { "web\($0)" }
            let containers = try names.map { try lab.docker.run($0) }
            try lab.node.shell(
                """
                cat >/run/portolan.yaml <<END
                enforcement: {mode: enforce, share_percent: 100, blocks_per_hour: 3600}
                policy: {rules: {scan.vertical: {response: quarantine}}}
                END
                """
            )
            let agent = try WatchedAgent(on: lab.node, "--config", "/run/portolan.yaml")
            try agent.wait("all are here") {
                Set(try agent.records("/v1/containers").compactMap { $0["container.name"] }).isSuperset(of: names)
            }
            for (what, pause, half) in [("at 1,000 a second", 0.001, 0), ("at full speed", 0, 1)] {
                var latencies: [Double] = []
                var passed: [Double] = []
                for (index, container) in containers.enumerated() where index % 2 == half {
                    let enter = ["nsenter", "--net", "-t", "\(container.process)"]
                    let scan = ["/usr/bin/python3", "-c", Self.scan, "172.28.0.1", "\(pause)"]
                    let probes = try lab.node.output(of: enter + scan).split(separator: "\n")
                        .compactMap { Reach.Sent(String($0)) }
                    let alert = try #require(
                        try agent.records("/v1/alerts").first {
                            $0["rule.id"] == "scan.vertical" && $0["source.container.name"] == names[index]
                        },
                        "\(agent.running.errors)"
                    )
                    let completed = try Figures.seconds(alert["@timestamp"] ?? "")
                    let dropped = try #require(probes.first { !$0.wasAnswered && $0.time > completed })
                    latencies.append(dropped.time - completed)
                    passed.append(Double(probes.count { $0.wasAnswered && $0.time > completed }))
                    #expect(probes.suffix(5).allSatisfy { !$0.wasAnswered })
                    if dropped.time - completed > 0.1 {
                        let about = agent.running.errors.split(separator: "\n").filter { $0.contains(names[index]) }
                        print("\(names[index]) was slow: \(probes.count) probes, \(about)")
                    }
                }
                print("from the packet that completes a scan \(what) to the first dropped: \(Figures(latencies))")
                print("probes that passed meanwhile: \(passed.sorted().map { Int($0) })")
                // The aim is 10 ms, and 20 probes of 1,000 at 1,000 a second.
                #expect(latencies.sorted()[latencies.count / 2] < 0.1)
                if half == 0 { #expect(passed.sorted()[passed.count / 2] < 200) }
            }
        }
    }
}

/// Times of several rounds, for the record.
struct Figures: CustomStringConvertible {
    private let milliseconds: [Double]

    /// Of seconds.
    init(_ seconds: [Double]) { milliseconds = seconds.map { $0 * 1000 }.sorted() }

    var description: String {
        func text(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }
        guard let first = milliseconds.first, let last = milliseconds.last else { return "nothing" }
        return
            "\(text(first)) to \(text(last)) ms, median \(text(milliseconds[milliseconds.count / 2])), of \(milliseconds.count)"
    }

    /// The seconds since 1970 of a time as records have it, to the nanosecond.
    static func seconds(_ text: String) throws -> Double {
        let parts = text.dropLast().split(separator: ".")
        guard parts.count == 2, let fraction = Double("0.\(parts[1])") else { throw LabError("no time: \(text)") }
        return try Date("\(parts[0])Z", strategy: .iso8601).timeIntervalSince1970 + fraction
    }
}
