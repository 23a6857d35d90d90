import Foundation
import Support
import Testing

extension Live {
    /// `portolan containers`, asking an agent, says what it says when it looks for itself.
    @Suite("Containers, asked of the agent", .needs(.nodes))
    struct AskedContainersTests {
        /// A line without what is otherwise each time: when it was looked at.
        private func timeless(_ outcome: Outcome) -> [String] {
            outcome.lines.map { line in
                guard line.hasPrefix("{\"@timestamp\""), let comma = line.firstIndex(of: ",") else { return line }
                return String(line[comma...])
            }
        }

        /// Both ways with the same arguments, until they agree: an agent hears of what happens a moment later.
        private func compare(_ agent: WatchedAgent, _ arguments: String...) throws -> (alone: Outcome, asked: Outcome) {
            try compare(agent, arguments)
        }

        private func compare(_ agent: WatchedAgent, _ arguments: [String]) throws -> (alone: Outcome, asked: Outcome) {
            let deadline = ContinuousClock.now + .seconds(30)
            let command = [BuiltProgram.location.path, "containers"] + arguments
            while true {
                // With the usual key an agent is not asked.
                let alone = try agent.node.run(command + ["--owner-label", "portolan.owner"])
                let asked = try agent.node.run(command + ["--socket", agent.socket])
                let agree = alone.status == asked.status && timeless(alone) == timeless(asked)
                if agree || ContinuousClock.now > deadline { return (alone, asked) }
                usleep(200_000)
            }
        }

        @Test func areTheSameAsWhenItLooks() throws {
            let lab = try KernelLab(pods: 3, nodes: ["only"])
            let node = lab.nodes[0]
            try node.shell("ip netns add empty; ip -n empty link add vacant type bridge")
            let agent = try WatchedAgent(on: node)
            let pod = lab.pods[0]
            for arguments in [["-o", "json"], ["--all", "-o", "json"], [], ["--all"]] {
                let both = try compare(agent, arguments)
                #expect(both.asked.status == 0 && both.asked.errors.isEmpty, "\(both.asked.errors)")
                #expect(timeless(both.asked) == timeless(both.alone), "\(arguments)")
                #expect(!both.asked.lines.isEmpty)
            }
            let all = try compare(agent, "--all", "-o", "json").asked.records
            #expect(Set(all.compactMap { $0["identity.kind"] }) == ["container", "namespace", "host"])
            let one = try compare(agent, String(pod.app.prefix(12)), "-o", "json").asked
            #expect(one.records.map { $0["container.id"] } == [pod.app])
            #expect(one.records.first?.texts("host.ip").contains(pod.address) == true)
            let byAddress = try compare(agent, "--ip", pod.address, "-o", "json").asked
            #expect(Set(byAddress.records.compactMap { $0["container.id"] }) == [pod.pause, pod.app])
            let stranger = try compare(agent, "nobody", "-o", "json").asked
            #expect(stranger.status == 2 && stranger.errors.contains("nobody") && stranger.output.isEmpty)
            #expect(agent.running.stop().status == 0)
        }

        @Test func needNoRightsButToTheSocket() throws {
            let lab = try KernelLab(pods: 1, nodes: ["only"])
            let agent = try WatchedAgent(on: lab.nodes[0])
            let command = [BuiltProgram.location.path, "containers", "-o", "json", "--socket", agent.socket]
            let bare = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"]
            let powerless = try agent.node.run(bare + command)
            #expect(powerless.status == 0 && powerless.errors.isEmpty, "\(powerless.errors)")
            #expect(powerless.records.contains { $0["container.id"] == lab.pods[0].app })
            // Who may open its file and is not of the group hears so from the agent.
            try agent.node.shell("chmod 666 \(agent.socket)")
            let other = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"]
            let stranger = try agent.node.run(other + command)
            #expect(stranger.status == 4 && stranger.output.isEmpty)
            #expect(stranger.errors.split(separator: "\n").count == 1, "\(stranger.errors)")
            try agent.node.shell("chmod 600 \(agent.socket)")
            #expect(try agent.node.run(other + command).status == 4)
            #expect(agent.running.stop().status == 0)
            // Where none is, one that was named is not replaced by a look.
            let gone = try agent.node.run(command)
            #expect(gone.status == 1 && gone.errors.contains("no agent answers"))
        }

        @Test func withoutAnAgentAtTheUsualPlaceItLooks() throws {
            let lab = try KernelLab(pods: 1, nodes: ["only"])
            let node = lab.nodes[0]
            let alone = try node.runPortolan("containers", "-o", "json")
            #expect(alone.status == 0 && alone.records.contains { $0["container.id"] == lab.pods[0].app })
            let both = try node.runPortolan("containers", "--socket", "/run/p.sock", "--role-label", "a")
            #expect(both.status == 64 && both.errors.contains("labels of its own"))
        }
    }
}
