import Foundation
import Glibc
import Support
import Testing

extension Live {
    /// The agent is killed at every point of a change, on a host on which everybody has rules.
    @Suite("Kills beside others' rules", .needs(.neighbours))
    struct KillTests {
        /// Changes take some 50 ms in a debug build: so many of them are cut at points that lie close to each other.
        private static let span = 0.3

        /// What two connections to an agent were told until it was killed.
        private struct Said {
            /// Blocks that were told to hold, and not told to have ended.
            var held: Set<String> = []
            /// Changes that were answered, and of them releases.
            var answered = 0
            /// What was under way when it died.
            var cut: [String] = []
            /// Of these, the blocks that may have ended or not.
            var doubtful: Set<String> { Set(cut.compactMap { $0.hasPrefix("end ") ? String($0.dropFirst(4)) : nil }) }

            init(_ lines: [String]) throws {
                for line in lines {
                    let (word, rest) = (line.prefix { $0 != " " }, String(line.drop { $0 != " " }.dropFirst()))
                    switch word {
                    case "holds": held.insert(rest)
                    case "ended": held.remove(rest)
                    case "cut": cut.append(rest)
                    default: throw LabError("the agent said \(line)")
                    }
                    if word != "cut" { answered += 1 }
                }
                held.subtract(doubtful)
            }
        }

        @Test func atEveryPointOfAChangeOthersRulesAreTheirsAndOursAreReconciled() throws {
            let host = try NeighbourLab()
            let before = try host.rules()
            func unchanged(_ when: String) throws {
                for (old, new) in zip(before, try host.rules()) {
                    #expect(new == old, "\(when): \(new.difference(from: old))")
                }
            }
            let program = SharedCaptures.project.appendingPathComponent("Tests/LiveTests/Programs/change.py").path
            var acknowledged: Set<String> = []
            var (answered, cut, adopted) = (0, 0, 0)
            let rounds = Live.isThorough ? 200 : 10
            for round in 0..<rounds {
                if round % 4 == 3 {
                    // At every point of its beginning, too: while it adopts what stands and brings it to what was written down.
                    let beginning = try host.node.start(
                        [
                            BuiltProgram.location.path, "run", "--socket", WatchedAgent.socket, "--database",
                            WatchedAgent.database,
                        ]
                    )
                    usleep(UInt32.random(in: 50_000...1_500_000))
                    beginning.kill()
                    try unchanged("round \(round), in the beginning")
                    #expect(try acknowledged.isSubset(of: host.standing()), "round \(round), in the beginning")
                }
                let agent = try host.startAgent()
                try agent.wait("what was acknowledged holds") {
                    let blocks = try agent.blocks()
                    adopted = blocks.count
                    return blocks.allSatisfy { $0["portolan.block.state"] == "holds" }
                        && acknowledged.isSubset(of: blocks.compactMap { $0["portolan.block.id"] })
                }
                let listed = Set(try agent.blocks().compactMap { $0["portolan.block.id"] })
                #expect(try host.standing() == listed, "round \(round)")
                try unchanged("round \(round), reconciled")
                if round % 10 == 9 {
                    #expect(try agent.node.runPortolan("panic", "--yes", "--socket", agent.socket).status == 0)
                    #expect(try host.tables().isEmpty)
                    try unchanged("round \(round), let go")
                    acknowledged = []
                }
                let delay = Self.span * (Double(round) + .random(in: 0..<1)) / Double(rounds)
                let command = ["/usr/bin/python3", program, agent.socket, "\(delay)"] + host.queries
                let said = try Said(try host.node.output(of: command).split(separator: "\n").map(String.init))
                #expect(agent.running.wait().status == 137)
                acknowledged.formUnion(said.held)
                acknowledged.subtract(said.doubtful)
                answered += said.answered
                cut += said.cut.isEmpty ? 0 : 1
                try unchanged("round \(round), killed")
                // Nobody is there to put them back: they stand because the kernel kept them.
                #expect(try acknowledged.isSubset(of: host.standing()), "round \(round), killed")
            }
            print(
                "\(rounds) kills, \(cut) in the middle of a change, \(answered) changes answered before; \(adopted) blocks at last"
            )
            #expect(cut > rounds / 2 && answered > rounds)
            let agent = try host.startAgent()
            #expect(try agent.node.runPortolan("panic", "--yes", "--socket", agent.socket).status == 0)
            #expect(try host.tables().isEmpty)
            try unchanged("at last")
        }
    }
}
