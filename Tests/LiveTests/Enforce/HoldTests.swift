import Support
import Testing

extension Live {
    /// Networks on which a new device is held until it is known.
    @Suite("Held until it is known", .needs(.nodes))
    struct HoldTests {
        private static func agent(on lab: KernelLab) throws -> WatchedAgent {
            try lab.nodes[0].shell(
                "echo 'enforcement: {hold_unknown: [cni0], hold_longest: 2s}' >/run/portolan.yaml"
            )
            let agent = try WatchedAgent(on: lab.nodes[0], "--config", "/run/portolan.yaml")
            try agent.wait("it holds") { try agent.tables.contains("bridge portolan") }
            return agent
        }

        /// Whether each of two answers the other, asked once and for some seconds.
        private static func reach(_ left: Pod, _ right: Pod, on lab: KernelLab) throws -> [Bool] {
            try lab.talk([(left, Endpoint(right.address)), (right, Endpoint(left.address))]).map { $0.failure == nil }
        }

        /// Killed, what is new waits for the next agent; ended in order, nobody waits.
        @Test func aDeathHoldsAndAnOrderlyEndDoesNot() throws {
            let lab = try KernelLab(pods: 2, nodes: ["node-a"])
            let first = try Self.agent(on: lab)
            let old = lab.pods
            // Whoever was there before goes on.
            #expect(try Self.reach(old[0], old[1], on: lab) == [true, true])
            let known = try lab.start(PodRequest(on: "node-a"))
            try first.wait("it is let through") { try Self.reach(known, old[0], on: lab) == [true, true] }
            first.running.kill()
            let new = try lab.start(PodRequest(on: "node-a"))
            #expect(try Self.reach(new, old[0], on: lab) == [false, false])
            #expect(try Self.reach(known, old[0], on: lab) == [true, true])
            let next = try Self.agent(on: lab)
            try next.wait("it is let through") { try Self.reach(new, old[0], on: lab) == [true, true] }
            #expect(try Self.reach(known, old[0], on: lab) == [true, true])
            #expect(next.said("is let through after") == 0, "\(next.running.errors)")
            #expect(next.running.stop().status == 0)
            #expect(next.said("nothing is held any more") == 1, "\(next.running.errors)")
            #expect(try next.tables == "")
            let last = try lab.start(PodRequest(on: "node-a"))
            #expect(try Self.reach(last, old[0], on: lab) == [true, true])
        }

        /// A device that is no container's, as of a virtual machine: it has to wait, and is told of once.
        @Test func whatIsNobodysIsLetThroughInTimeAndToldOnce() throws {
            let lab = try KernelLab(pods: 1, nodes: ["node-a"])
            let agent = try Self.agent(on: lab)
            try lab.nodes[0].shell("ip link add own0 type veth peer name own1; ip link set own0 master cni0 up")
            try agent.wait("it is told") { agent.said("own0 on cni0 is let through after 2 s") == 1 }
            let held = try lab.nodes[0].output(of: "nft", "list", "set", "bridge", "portolan", "hold_passing")
            #expect(held.contains("\"own0\""), "\(held)")
            try lab.nodes[0].shell("ip link set own0 nomaster; ip link set own0 master cni0")
            #expect(agent.said("own0 on cni0 is let through after") == 1)
            #expect(try lab.nodes[0].output(of: "nft", "list", "ruleset").contains("held until it is known"))
        }
    }
}
