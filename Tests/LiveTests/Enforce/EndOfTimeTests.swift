import Foundation
import Support
import Testing

extension Live {
    /// Blocks let go when their time is over, measured by packets: neither earlier, nor much later.
    @Suite("Blocks whose time is over", .needs(.nodes))
    struct EndOfTimeTests {
        @Test func aBlockLetsGoWithinASecondOfItsTime() throws {
            let lab = try KernelLab(pods: 3, nodes: ["node-a"])
            let (web, shop, other) = (lab.pods[0], lab.pods[1], lab.pods[2])
            let agent = try WatchedAgent(on: lab.nodes[0])
            try agent.wait("all are here") {
                let here = try agent.records("/v1/containers").compactMap { $0["container.id"] }
                return Set(here).isSuperset(of: lab.pods.map(\.app))
            }
            // Another one goes on meanwhile, so that tables stay and only its element goes; and then none does.
            var late: [Double] = []
            for round in 0..<(Live.isThorough ? 20 : 4) {
                let beside = round % 2 == 0 ? try agent.blocked(web.app, "--to", other.address) : nil
                let options = round % 4 < 2 ? [] : ["--both", "--protocol", "udp"]
                var until = 0.0
                let sent = try Reach(web).send(to: shop.address, for: 4, every: 0.001) {
                    let given = try agent.blocked(each: [[web.app, "--to", shop.address, "--for", "2s"] + options])
                    let block = try #require(try agent.block(numbered: given[0]))
                    until = try Figures.seconds(block["portolan.block.until"] ?? "")
                }
                let dropped = try #require(sent.last { !$0.wasAnswered })
                let first = try #require(sent.first { $0.wasAnswered && $0.time > dropped.time })
                // Nothing passed before.
                #expect(sent.contains { !$0.wasAnswered && $0.time > until - 1 })
                late.append(first.time - until)
                if let beside {
                    #expect(try agent.block(numbered: beside)?["portolan.block.state"] == "holds")
                    #expect(try !Probe(web).reaches(other.address, within: 0.3))
                    #expect(try agent.unblock(beside).status == 0)
                }
                #expect(try agent.tables == "")
            }
            print("a block let go after its time: \(Figures(late))")
            // The aim is a second.
            #expect(late.allSatisfy { $0 > -0.6 && $0 < 10 })
            #expect(late.sorted()[late.count / 2] < 1)
            #expect(agent.said("fail_open") == 0)
        }
    }
}
