import Foundation
import Glibc
import Support
import Testing

extension Live {
    /// What is blocked stays blocked, packet by packet, through deaths and through what strangers do.
    @Suite("Blocks without a gap", .needs(.nodes))
    struct ContinuityTests {
        /// One node with four pods on one bridge, and an agent on it.
        private struct Host {
            let lab: KernelLab
            let agent: WatchedAgent
            var web: Pod { lab.pods[0] }
            var shop: Pod { lab.pods[1] }
            var node: Node { lab.nodes[0] }

            init() throws {
                lab = try KernelLab(pods: 4, nodes: ["node-a"])
                agent = try WatchedAgent(on: lab.nodes[0])
                try agent.wait("all are here") { [agent, lab] in
                    let here = try agent.records("/v1/containers").compactMap { $0["container.id"] }
                    return Set(here).isSuperset(of: lab.pods.map(\.app))
                }
            }
        }

        /// Killed with three blocks in force: one that goes on, one whose time ends meanwhile, and one whose container does.
        @Test func aDeathLetsNothingThroughAndLeavesNothingStale() throws {
            let host = try Host()
            let (agent, web, shop) = (host.agent, host.web, host.shop)
            let (other, gone) = (host.lab.pods[2], host.lab.pods[3])
            let lasting = try agent.blocked(web.app, "--to", shop.address)
            let ending = try agent.blocked(web.app, "--to", other.address, "--for", "3s")
            let leaving = try agent.blocked(gone.app, "--to", shop.address)
            let neighbour = try #require(gone.veths.first)
            var next: WatchedAgent?
            let sent = try Reach(web).send(to: shop.address, for: 8, every: 0.001) {
                agent.running.kill()
                #expect(
                    try host.node.output(of: "nft", "list", "ruleset").contains("\"\(neighbour)\" . \(shop.address)")
                )
                try host.lab.stop([gone])
                // Nobody is there to take it away, and it goes with its time all the same.
                let deadline = ContinuousClock.now + .seconds(5)
                while try !Probe(web).reaches(other.address, within: 0.2), ContinuousClock.now < deadline {}
                #expect(try Probe(web).reaches(other.address))
                let begun = try WatchedAgent(on: host.node)
                try begun.wait("it holds again") {
                    try begun.block(numbered: lasting)?["portolan.block.state"] == "holds"
                }
                next = begun
            }
            let begun = try #require(next)
            #expect(sent.count > 500)
            #expect(sent.count { $0.wasAnswered } == 0, "\(sent.count) were sent")
            #expect(try begun.block(numbered: ending)?["portolan.block.state"] == "ended")
            #expect(try begun.block(numbered: leaving)?["portolan.block.state"] == "waiting")
            let rules = try host.node.output(of: "nft", "list", "ruleset")
            #expect(rules.contains(shop.address) && !rules.contains(other.address) && !rules.contains(neighbour))
            // What was stopped while nobody counted is counted.
            try begun.wait("it is counted") {
                UInt64(try begun.block(numbered: lasting)?["portolan.block.packets"] ?? "") ?? 0 >= UInt64(sent.count)
            }
            #expect(begun.said("fail_open") == 0)
        }

        /// All that somebody else may try, ten times over, while packets are sent all the time.
        @Test func strangersTakeNothingAway() throws {
            let host = try Host()
            let number = try host.agent.blocked(host.web.app, "--to", host.shop.address, "--both")
            let attempts = [
                "flush ruleset", "delete table netdev portolan", "flush table netdev portolan",
                "flush chain netdev portolan sending", "delete chain netdev portolan sending_1",
            ]
            let sent = try Reach(host.web).send(to: host.shop.address, for: 3, every: 0.0005) {
                for _ in 0..<10 {
                    for attempt in attempts {
                        _ = try host.node.run(["nft"] + attempt.split(separator: " ").map(String.init))
                    }
                }
            }
            let passed = sent.count { $0.wasAnswered }
            print("of \(sent.count) packets \(passed) passed while strangers took rules away 50 times")
            // Where the kernel keeps tables from others nothing passes; elsewhere it is told, and mended at once.
            let isOwned = try host.node.output(of: "nft", "list", "ruleset").contains("# progname")
            if isOwned {
                #expect(passed == 0)
                #expect(host.agent.said("fail_open") == 0, "\(host.agent.running.errors)")
            } else {
                #expect(passed < sent.count / 2)
                #expect(host.agent.said("fail_open") > 0)
            }
            #expect(try host.agent.block(numbered: number)?["portolan.block.state"] == "holds")
        }

        /// A block is of a container, not of a device: it follows where the device has another name, or is another one.
        @Test(arguments: ["renamed", "made anew"])
        func aBlockFollowsTheDevice(how: String) throws {
            let host = try Host()
            let veth = try #require(host.web.veths.first)
            let number = try host.agent.blocked(host.web.app, "--to", host.shop.address)
            let other = host.lab.pods[2]
            var began = 0.0
            let sent = try Reach(host.web).send(to: host.shop.address, for: 4, every: 0.001) {
                began = Date.now.timeIntervalSince1970
                if how == "renamed" {
                    try host.node.output(of: "ip", "link", "set", veth, "name", "another")
                } else {
                    let holder = try host.web.start("sh", "-c", "echo $$; exec sleep 60")
                    try holder.waitUntil("it has a number") { !$0.lines.isEmpty }
                    try host.node.shell(
                        """
                        ip link delete \(veth)
                        ip link add another type veth peer name eth0 netns \(holder.lines.first ?? "")
                        ip link set another master cni0 up
                        """
                    )
                    holder.kill()
                    try host.web.shell(
                        """
                        ip address add \(host.web.address)/20 dev eth0
                        ip link set eth0 up
                        """
                    )
                }
                try host.agent.wait("it stands on the new one") {
                    let rules = try host.node.output(of: "nft", "list", "ruleset")
                    return rules.contains("\"another\" . \(host.shop.address)")
                }
            }
            let passed = sent.filter { $0.wasAnswered }
            let last = passed.last.map { $0.time - began }
            print(
                "\(how): of \(sent.count) packets \(passed.count) passed, the last \(last.map { "\($0)" } ?? "-") s after it began"
            )
            #expect(try !Probe(host.web).reaches(host.shop.address))
            #expect(try Probe(host.web).reaches(other.address))
            let rules = try host.node.output(of: "nft", "list", "ruleset")
            #expect(!rules.contains("\"\(veth)\""), "\(rules)")
            #expect(try host.agent.block(numbered: number)?["portolan.block.state"] == "holds")
            if how == "renamed" {
                try host.agent.wait("it is told") { host.agent.said("\(veth) is called another now") > 0 }
                #expect(host.agent.said("fail_open") > 0 || host.agent.said("may have passed") > 0)
            }
            // What passes while the kernel tells of it, in a tenth of a second at most.
            #expect(passed.count < 1000)
        }
    }
}
