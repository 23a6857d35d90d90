import Support
import Testing

extension Live {
    /// Levels that hold from the first packet of pods that come and go.
    @Suite("Levels through churn", .needs(.nodes))
    struct LevelChurnTests {
        /// Each pod sends to all others from its first moment, and is sent to from before it is there.
        @Test func whatIsNotDeclaredNeverDeliversAndWhatIsIsNotLost() throws {
            let batches = 10
            let site = try LevelledNode(holding: true)
            var tally = Tally()
            for batch in 0..<batches { try site.churn(20, batch: batch, &tally) }
            try site.finish(&tally)
            let held = try site.metric("held_packets_total")
            let released = try site.metric("let_through_devices_total")
            print("levels: \(tally); \(held) packets held, \(released) devices let through")
            #expect(tally.pods == 20 * batches)
            #expect(tally.undeclared.isEmpty, "\(tally.undeclared.prefix(10))")
            #expect(tally.failures.isEmpty, "\(tally.failures.prefix(10))")
            #expect(tally.exchanges >= 3 * tally.pods)
            #expect(held > 0)
            #expect(try site.metric("let_through_overdue_devices_total") == 0)
            #expect(site.agent.said("is let through after") == 0, "\(site.agent.running.errors)")
        }

        /// What the other one would find without: that it can fail.
        @Test func withoutHoldingSomePassesBeforeItIsKnown() throws {
            let site = try LevelledNode(holding: false)
            var tally = Tally()
            try site.churn(20, batch: 0, &tally)
            try site.finish(&tally)
            print("levels without holding: \(tally)")
            #expect(!tally.undeclared.isEmpty)
            #expect(tally.failures.isEmpty, "\(tally.failures.prefix(10))")
        }

        /// What came of it.
        struct Tally: CustomStringConvertible {
            var pods = 0
            /// Declared exchanges, and those of one level.
            var exchanges = 0
            var failures: [String] = []
            /// What was delivered and should not have been.
            var undeclared: [String] = []
            /// Seconds that the first exchange of each pod took.
            var first: [Double] = []

            var description: String {
                let sorted = first.sorted()
                let (median, last) = (sorted.isEmpty ? 0 : sorted[sorted.count / 2], sorted.last ?? 0)
                return "\(pods) pods, \(exchanges) declared exchanges of which \(failures.count) failed, "
                    + "\(undeclared.count) undeclared ways that delivered; a pod's first exchange took "
                    + "\(Int(median * 1000)) ms in the middle and \(Int(last * 1000)) ms at most"
            }
        }
    }
}

/// A node with an agent that keeps three levels apart, and a pod of each that stays.
///
/// Public ones may call internal ones and internal ones restricted ones, over TCP at port 7000.
private struct LevelledNode {
    let lab: KernelLab
    let agent: WatchedAgent
    /// By their level: public, internal, restricted.
    private let anchors: [Pod]

    private static let levels = ["public", "internal", "restricted"]

    init(holding: Bool) throws {
        lab = try KernelLab(pods: 0, nodes: ["node-a"])
        anchors = try lab.start((0..<3).map { Self.request(level: $0, 250) })
        try lab.nodes[0].shell(
            """
            cat >/run/portolan.yaml <<END
            enforcement: {mode: enforce, hold_unknown: [\(holding ? "cni0" : "")]}
            policy:
              sensitivity:
                rules:
                  - {level: public, cidr: 10.244.17.0/24}
                  - {level: internal, cidr: 10.244.18.0/24}
                  - {level: restricted, cidr: 10.244.19.0/24}
              interfaces:
                - {from: public, to: internal, protocol: tcp, ports: [7000]}
                - {from: internal, to: restricted, protocol: tcp, ports: [7000]}
            END
            """
        )
        agent = try WatchedAgent(on: lab.nodes[0], "--config", "/run/portolan.yaml")
        try agent.wait("all are kept apart") { [agent, anchors] in
            let rules = try agent.node.output(of: "nft", "list", "ruleset")
            return anchors.allSatisfy { pod in pod.veths.allSatisfy { rules.contains("\"\($0)\" : goto") } }
        }
    }

    /// A pod at 10.244.(17 + level).N; the address of its number is one higher.
    private static func request(level: Int, _ number: Int) -> PodRequest {
        var request = PodRequest(on: "node-a")
        request.number = 255 + 256 * level + number
        request.ports = [7000, 7001]
        return request
    }

    private static func address(level: Int, _ number: Int) -> String { "10.244.\(17 + level).\(number)" }

    private static func level(of address: String) -> Int? {
        address.split(separator: ".").dropFirst(2).first.flatMap { Int($0) }.map { $0 - 17 }
    }

    /// Some pods of all levels begin, talk and end. Every other batch takes addresses and names of devices over from the one before.
    func churn(_ count: Int, batch: Int, _ tally: inout Live.LevelChurnTests.Tally) throws {
        let places = (0..<count).map { (level: $0 % 3, number: 1 + $0 + batch / 2 * count) }
        for (level, anchor) in anchors.enumerated() {
            let strangers = places.filter { $0.level != level }
            let shouts = strangers.map { Shout(Endpoint(Self.address(level: $0.level, $0.number), 7001), .udp) }
            try lab.shout(from: anchor, to: shouts, for: 4)
        }
        let requests = places.enumerated().map { index, place in
            var request = Self.request(level: place.level, place.number)
            // Whoever may be called; of the highest level its like.
            request.greeting = Endpoint(anchors[min(place.level + 1, 2)].address)
            let neighbour = places[(index + 1) % count]
            for other in (0..<3) where other != place.level {
                let anchor = anchors[other].address
                request.shouts += [Shout(Endpoint(anchor, 7001), .udp), Shout(Endpoint(anchor, 7001), .tcp)]
                request.shouts.append(Shout(Endpoint(anchor, 7000), .udp))
            }
            if neighbour.level != place.level {
                let address = Self.address(level: neighbour.level, neighbour.number)
                request.shouts.append(Shout(Endpoint(address, 7001), .udp))
            }
            return request
        }
        let pods = try lab.start(requests)
        tally.pods += pods.count
        let greetings = pods.compactMap(\.greeting)
        tally.first += greetings.map(\.took)
        let calls = zip(places, pods).map { place, pod in (anchors[max(place.level - 1, 0)], Endpoint(pod.address)) }
        let answers = try lab.talk(calls)
        let back = try lab.talk(zip(places, pods).map { ($1, Endpoint(anchors[min($0.level + 1, 2)].address)) })
        for exchange in greetings + answers + back {
            tally.exchanges += 1
            guard let failure = exchange.failure else { continue }
            tally.failures.append("\(exchange.pod) \(exchange.address): \(failure)")
        }
        judge(try lab.heard(pods), pods, &tally)
        try lab.stop(pods)
    }

    /// Judges what those who stay have heard.
    func finish(_ tally: inout Live.LevelChurnTests.Tally) throws { judge(try lab.heard(anchors), anchors, &tally) }

    private func judge(_ heard: [Heard], _ pods: [Pod], _ tally: inout Live.LevelChurnTests.Tally) {
        let addresses = Dictionary(uniqueKeysWithValues: pods.map { ($0.name, $0.address) })
        for one in heard {
            let (from, to) = (Self.level(of: one.source), addresses[one.pod].flatMap { Self.level(of: $0) })
            guard let from, let to, from != to else { continue }
            if to == from + 1, one.protocol == .tcp, one.port == 7000 { continue }
            tally.undeclared.append(
                "\(one.count) by \(one.protocol.rawValue) from \(one.source) to \(addresses[one.pod] ?? ""):\(one.port)"
            )
        }
    }

    /// A number of the agent's.
    func metric(_ name: String) throws -> Int {
        let lines = try agent.curl("/metrics").output.split(separator: "\n")
        return lines.first { $0.hasPrefix("portolan_\(name) ") }.flatMap { Int($0.split(separator: " ")[1]) } ?? -1
    }
}
