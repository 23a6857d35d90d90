import Foundation
import Glibc
import Support
import Testing

extension Live {
    /// Blocks made, let go and undone by keys alone, of an agent on a node of its own: what the screen says is so in the kernel.
    @Suite("Blocks at the screen", .needs(.nodes), .needs(.screen))
    struct BlocksAtTheScreenTests {
        @Test func aContainerIsBlockedLetGoAndBlockedAgain() throws {
            let lab = try KernelLab(pods: 0, nodes: ["node-a"])
            let pods = try lab.start(
                (0..<2).map { _ in
                    var request = PodRequest(on: "node-a")
                    request.style = .dockerCgroupfs
                    return request
                }
            )
            let (web, shop) = (pods[0], pods[1])
            let agent = try WatchedAgent(on: lab.nodes[0])
            try agent.wait("both are here") {
                let here = try agent.records("/v1/containers").compactMap { $0["container.id"] }
                return Set(here).isSuperset(of: pods.map { $0.app })
            }
            let probe = Probe(web)
            #expect(try probe.reaches(shop.address))

            let pane = try ScreenPane(width: 120, height: 40)
            try pane.enter("P=\(BuiltProgram.location.path); S=\(lab.nodes[0].outside(agent.socket))")
            try pane.enter("clear; $P tui --socket $S; echo ended-with $?")
            try pane.wait(for: "1:Chart")
            try pane.press("5")
            try pane.wait(for: "Nothing is blocked.")
            try pane.press("u")
            try pane.wait(for: "There is nothing to undo.")
            try pane.press("q")
            try pane.wait("the sheet is closed") { !$0.contains("There is nothing to undo.") }

            // The container alone, without the other one and what holds the namespaces of both: so it is the chosen one.
            try pane.press("3")
            try pane.wait(for: "3:Containers")
            try pane.press("/", String(web.app.prefix(24)), "Enter")
            try pane.wait(for: "1–1 of 1, 3 hidden")
            try block(pane, 1)
            #expect(try !probe.reaches(shop.address))
            #expect(try agent.blocks().map { $0["portolan.block.state"] } == ["holds"])
            try pane.press("5")
            try pane.wait("it is listed") { $0.contains("5:Blocks") && $0.contains("#1 ") }
            #expect(pane.text.contains("quarantine") && pane.text.contains("holds"))
            try pane.press("Enter")
            try pane.wait("the ways are told") { $0.contains("Caught is what goes") }
            try pane.press("d")
            try pane.wait("the details are closed") { !$0.contains("Caught is what goes") }

            try pane.press("u")
            try pane.wait(for: "It would be let go.")
            #expect(try !probe.reaches(shop.address))
            try pane.press("y")
            try pane.wait(for: "block #1 is let go")
            #expect(try probe.reaches(shop.address))
            #expect(try agent.tables == "")

            try pane.press("3")
            try block(pane, 2)
            try pane.press("5")
            try pane.wait("it is listed") { $0.contains("5:Blocks") && $0.contains("#2 ") }
            // The one that was looked at is gone, and no other is taken for it.
            try pane.press("x")
            try pane.wait(for: "the chosen block is gone")
            try pane.press("j", "x")
            try pane.wait(for: "y lets block #2 go, Esc does not")
            // Anything but y is a no.
            try pane.press("n")
            try pane.wait("the sheet is closed") { !$0.contains("y lets block #2 go") }
            #expect(try !probe.reaches(shop.address))
            try pane.press("x")
            try pane.wait(for: "y lets block #2 go, Esc does not")
            try pane.press("y")
            try pane.wait(for: "block #2 is let go")
            #expect(try probe.reaches(shop.address))
            try pane.press("q")
            try pane.wait(for: "ended-with 0")
        }

        /// Quarantine of the chosen container, for ten minutes.
        private func block(_ pane: ScreenPane, _ number: Int) throws {
            try pane.press("b")
            try pane.wait(for: "y blocks it for 1 hour, Esc does not")
            try pane.press("1")
            try pane.wait(for: "y blocks it for 10 minutes, Esc does not")
            try pane.press("y")
            try pane.wait(for: "block #\(number) holds: ")
        }

        @Test func aScreenThatOnlyLooksAsksForNothingAndOldNewsAreSaidToBeOld() throws {
            let lab = try KernelLab(pods: 0, nodes: ["node-a"])
            let agent = try WatchedAgent(on: lab.nodes[0])
            let pane = try ScreenPane(width: 120, height: 40)
            try pane.enter("P=\(BuiltProgram.location.path); S=\(lab.nodes[0].outside(agent.socket))")
            try pane.enter("clear; $P tui --read-only --socket $S; echo ended-with $?")
            try pane.wait(for: "1:Chart")
            try pane.press("u")
            try pane.wait(for: "This screen only looks (--read-only)")
            try pane.press("5")
            try pane.wait("nothing is offered") { $0.contains("Nothing is blocked.") && !$0.contains("x let go") }
            // An agent that goes: what it told stays, and that it is of then.
            agent.running.signal(SIGTERM)
            try pane.wait(for: "what holds now is not known")
            try pane.press("q")
            try pane.wait(for: "ended-with 0")
        }
    }
}
