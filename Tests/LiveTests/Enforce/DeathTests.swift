import Foundation
import Glibc
import Support
import Testing

extension Live {
    /// Blocks that are asked for while the agent is killed.
    @Suite("Blocks and deaths", .needs(.nodes))
    struct DeathTests {
        /// Whoever was told that a block holds finds it again; nothing stands that nobody has; others' rules are as they were.
        @Test func whatWasAcknowledgedHoldsAndNothingElseStands() throws {
            let lab = try KernelLab(pods: 0, nodes: ["node-a"])
            var request = PodRequest(on: "node-a")
            request.style = .dockerCgroupfs
            let (web, shop) = (try lab.start(request), try lab.start(request))
            let node = lab.nodes[0]
            try node.shell("nft 'table inet others { chain c { type filter hook forward priority 0; counter; }; }'")
            let others = try node.output(of: "nft", "-s", "list", "table", "inet", "others")
            let asking = """
                portolan=$1 socket=$2 who=$3
                for number in $(seq 1 60); do
                    "$portolan" block "$who" --to "192.0.2.$number" --yes -o json --socket "$socket" || exit 0
                    [ $((number % 3)) = 0 ] && "$portolan" unblock --undo -o json --socket "$socket"
                done
                exit 0
                """
            var acknowledged: Set<String> = []
            let rounds = Live.isThorough ? 200 : 8
            for round in 0..<rounds {
                let agent = try WatchedAgent(on: node)
                try agent.wait("it is here, and what was acknowledged holds") {
                    let holding = try agent.blocks().filter { $0["portolan.block.state"] == "holds" }
                    let isHere = try !agent.records("/v1/containers").isEmpty
                    return isHere && acknowledged.isSubset(of: holding.compactMap { $0["portolan.block.id"] })
                }
                let listed = Set(try agent.blocks().compactMap { $0["portolan.block.id"] })
                let rules = try node.output(of: "nft", "list", "ruleset")
                // Blocks of the same address share an element.
                let comments = rules.matches(of: /comment "(#[^"]*)"/).flatMap { $0.1.split(separator: " ") }
                let standing = Set(comments.map { String($0.dropFirst()) })
                #expect(standing == listed, "round \(round)")
                #expect(try node.output(of: "nft", "-s", "list", "table", "inet", "others") == others)
                let asker = try node.start(
                    ["sh", "-c", asking, "sh", BuiltProgram.location.path, agent.socket, web.app]
                )
                usleep(UInt32.random(in: 20_000...700_000))
                agent.running.kill()
                let said = asker.wait().output.split(separator: "\n").compactMap { Record(line: String($0)) }
                for record in said {
                    guard let number = record["portolan.block.id"] else { continue }
                    if record["portolan.block.state"] == "holds" {
                        acknowledged.insert(number)
                    } else {
                        acknowledged.remove(number)
                    }
                }
                // One that was being undone when the agent died may be gone or not.
                if let last = said.last?["portolan.block.id"] { acknowledged.remove(last) }
            }
            #expect(acknowledged.count > 0)
            print("\(acknowledged.count) blocks were acknowledged in \(rounds) rounds, and none was lost")
            #expect(try Probe(web).reaches(shop.address))
        }
    }
}
