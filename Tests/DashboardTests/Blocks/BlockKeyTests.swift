import Addressing
import Containers
import Graph
import Records
import Terminal
import Testing

@testable import Dashboard

/// `b`, `x` and `u`, and what comes of them.
@Suite("Keys for blocks")
struct BlockKeyTests: ShopScreen {
    private func shop(
        origin: Snapshot.Origin = .agent(host: "node-a", socket: ""),
        isReadOnly: Bool = false,
        _ change: (inout Snapshot) -> Void = { _ in }
    ) throws -> Dashboard {
        var dashboard = Dashboard(DashboardSettings(isReadOnly: isReadOnly))
        var snapshot = Snapshot(origin: origin, time: now, graph: ShopPicture.corner)
        snapshot.alerts = ShopPicture.alerts
        snapshot.blocks = try Example.blocks()
        snapshot.flows = Example.flows.map { Example.named($0) }
        change(&snapshot)
        dashboard.take(snapshot)
        draw(&dashboard)
        return dashboard
    }

    private func ask(_ requests: [DashboardRequest]) throws -> BlockAsk {
        guard requests.count == 1, case .blocks(let ask)? = requests.first else { throw Example.NoBlock() }
        return ask
    }

    private func proposal(_ ask: BlockAsk) throws -> BlockProposal {
        guard case .preview(let proposal) = ask.act else { throw Example.NoBlock() }
        return proposal
    }

    private let foresight = BlockForesight(
        lines: ["Stopped would be shop-ads-1.", "Of 12 known flows 1 would be cut:", "  ads to pg (3 packets)"],
        ways: ["Caught is what goes outside."],
        refusal: nil
    )

    @Test func theViewHasAKeyAndACommand() throws {
        var dashboard = try shop()
        press("5", &dashboard)
        #expect(dashboard.screen == .blocks)
        press("1:blocks\n", &dashboard)
        #expect(draw(&dashboard).first?.contains("5:Blocks") == true)
        press("^", &dashboard)
        #expect(dashboard.screen == .chart)
    }

    @Test func anEdgeIsBlockedAfterItsPreviewAndAYes() throws {
        var dashboard = try shop()
        press("j.", &dashboard)
        let edge = try #require(dashboard.chart.chosenEdge)
        let first = try ask(press("b", &dashboard))
        let wanted = try proposal(first)
        #expect(wanted.words.contains(.init("port", "\(try #require(edge.key.port))")))
        // Nothing is done before the agent said what would be.
        #expect(press("y", &dashboard).isEmpty)
        dashboard.take(BlockReply(first.number, .preview(foresight)))
        let lines = draw(&dashboard)
        #expect(lines.contains { $0.contains(wanted.title) })
        #expect(lines.contains { $0.contains("Of 12 known flows 1 would be cut:") })
        #expect(lines.contains { $0.contains("y blocks it for 1 hour, Esc does not") })
        #expect(press("1", &dashboard).isEmpty)
        #expect(draw(&dashboard).contains { $0.contains("y blocks it for 10 minutes") && !$0.contains("1 hour") })
        let act = try ask(press("y", &dashboard))
        #expect(act.act == .block(wanted, .tenMinutes, because: ""))
        #expect(act.number > first.number)
        // A second yes is none.
        #expect(press("y", &dashboard).isEmpty)
        dashboard.take(BlockReply(act.number, .done([try Example.block(18)])))
        #expect(dashboard.overlay == nil)
        #expect(dashboard.message?.text == "block #18 holds: cart-0 to 192.0.2.7 tcp 443")
    }

    @Test(arguments: ["n", "q", "^"])
    func anythingButAYesDoesNothing(key: String) throws {
        var dashboard = try shop()
        let first = try ask(press("j.b", &dashboard))
        dashboard.take(BlockReply(first.number, .preview(foresight)))
        #expect(press("\nB \(key)", &dashboard).isEmpty)
        #expect(dashboard.overlay == nil)
        // And the answer to a question that was closed opens nothing.
        dashboard.take(BlockReply(first.number, .preview(foresight)))
        #expect(dashboard.overlay == nil && dashboard.message == nil)
    }

    @Test func anotherProposalIsAskedForAnewAndAnOldAnswerIsNoneToIt() throws {
        var dashboard = try shop()
        let first = try ask(press("j.b", &dashboard))
        let second = try ask(press("\t", &dashboard))
        #expect(try proposal(second).words != proposal(first).words)
        dashboard.take(BlockReply(first.number, .preview(foresight)))
        #expect(press("y", &dashboard).isEmpty)
        dashboard.take(BlockReply(second.number, .preview(foresight)))
        let act = try ask(press("y", &dashboard))
        #expect(act.act == .block(try proposal(second), .hour, because: ""))
    }

    @Test func whatWouldBeRefusedCannotBeConfirmed() throws {
        var dashboard = try shop()
        let first = try ask(press("j.b", &dashboard))
        var refused = foresight
        refused.refusal = "Not blocked: 10.1.0.1 is the gateway of a container network."
        dashboard.take(BlockReply(first.number, .preview(refused)))
        #expect(draw(&dashboard).contains { $0.contains("Would be refused. Not blocked: 10.1.0.1 is the gateway") })
        #expect(!draw(&dashboard).contains { $0.contains("y blocks it") })
        #expect(press("y", &dashboard).isEmpty)
    }

    @Test func whoMayNotIsToldSo() throws {
        var dashboard = try shop()
        let first = try ask(press("j.b", &dashboard))
        let sentence = "only root, and whoever runs the agent, may have it act"
        dashboard.take(BlockReply(first.number, .refused(sentence)))
        #expect(draw(&dashboard).contains { $0.contains(sentence) })
        #expect(press("y", &dashboard).isEmpty)
    }

    @Test func whatComesOfAnActIsToldAlsoWhenTheSheetIsClosed() throws {
        var dashboard = try shop()
        let first = try ask(press("j.b", &dashboard))
        dashboard.take(BlockReply(first.number, .preview(foresight)))
        let act = try ask(press("y", &dashboard))
        press("^2", &dashboard)
        dashboard.take(BlockReply(act.number, .refused("Not blocked: the kernel says no.")))
        #expect(dashboard.message?.text == "Not blocked: the kernel says no.")
        #expect(dashboard.message?.isFault == true)
        #expect(dashboard.screen == .flows)
        // Once.
        press("j", &dashboard)
        dashboard.take(BlockReply(act.number, .refused("Not blocked: the kernel says no.")))
        #expect(dashboard.message == nil)
    }

    @Test func rowsFlowsContainersAndAlertsCanBeBlocked() throws {
        var dashboard = try shop { $0.inventory = Example.inventory(3) }
        let row = try proposal(ask(press("jb", &dashboard)))
        #expect(row.title.contains("quarantine") || row.title.contains("with anybody"))
        press("^2", &dashboard)
        let flow = try #require(dashboard.flows.selected)
        let found = try proposal(ask(press("b", &dashboard)))
        #expect(found.title.contains("\(flow.destination.address)") || found.title.contains("\(flow.source.address)"))
        // Also over its details.
        press("^\n", &dashboard)
        #expect(try proposal(ask(press("b", &dashboard))) == found)
        press("^3", &dashboard)
        #expect(try proposal(ask(press("b", &dashboard))).title == "web-0, quarantine")
        press("^4G", &dashboard)
        let alert = try #require(dashboard.alerts.selected)
        let first = try ask(press("b", &dashboard))
        dashboard.take(BlockReply(first.number, .preview(foresight)))
        let act = try ask(press("y", &dashboard))
        #expect(act.act == .block(try proposal(first), .hour, because: "\(alert.rule): \(alert.message)"))
    }

    /// Whoever is one of many may be forged.
    @Test func oneOfManyIsNotBlocked() throws {
        var dashboard = try shop { $0.alerts = Example.alerts().filter(\.isOfMany) }
        let asked = try proposal(ask(press("4b", &dashboard)))
        #expect(asked.title == "frontend-0, quarantine")
        press("\t", &dashboard)
        #expect(!draw(&dashboard).contains { $0.contains("203.0.113.9 with anybody") })
    }

    @Test func nothingChosenAndNothingToBlockAreSaid() throws {
        var dashboard = try shop()
        #expect(press("b", &dashboard).isEmpty)
        #expect(dashboard.message?.text.contains("choose an edge") == true)
        #expect(press("6b", &dashboard).isEmpty)
        #expect(dashboard.overlay == nil)
        var bare = try shop {
            let end = AlertRecord.End(Example.address("10.0.0.1"), kind: .host, confidence: .certain)
            $0.alerts = [Example.alert("scan.vertical", "", 70, ago: 1, of: end, "")]
        }
        #expect(press("4b", &bare).isEmpty)
        #expect(bare.message?.text.contains("nothing to block") == true)
    }

    @Test func aBlockIsLetGoAfterAYes() throws {
        var dashboard = try shop()
        #expect(press("5jjx", &dashboard).isEmpty)
        let chosen = try #require(dashboard.blocks.selected)
        #expect(chosen.number == 17)
        let lines = draw(&dashboard)
        #expect(lines.contains { $0.contains("Block #17 cart-0 to 192.0.2.7 tcp 443 would be let go") })
        #expect(lines.contains { $0.contains("1,234,567 packets") })
        let act = try ask(press("y", &dashboard))
        #expect(act.act == .release(17))
        dashboard.take(BlockReply(act.number, .done([try Example.block(17, .ended)])))
        #expect(dashboard.message?.text.contains("block #17 is let go: cart-0 to 192.0.2.7 tcp 443") == true)
    }

    @Test func whatEndedCannotBeLetGo() throws {
        var dashboard = try shop()
        #expect(press("5aGx", &dashboard).isEmpty)
        #expect(dashboard.overlay == nil)
        #expect(dashboard.message?.text == "block #12 ended already")
    }

    /// No other one is taken for the one that a person had chosen.
    @Test func whatIsGoneIsNotLetGoNorAnotherInItsStead() throws {
        var dashboard = try shop()
        press("5jj", &dashboard)
        #expect(dashboard.blocks.selected?.number == 17)
        var snapshot = try #require(dashboard.newest)
        snapshot.blocks?.removeAll { $0.number == 17 }
        dashboard.take(snapshot)
        draw(&dashboard)
        #expect(press("x", &dashboard).isEmpty)
        #expect(dashboard.overlay == nil)
        #expect(dashboard.message?.text.contains("is gone") == true)
        // Keys that come together go by what they choose, not by what was drawn before them.
        #expect(dashboard.handle(.key(.character("j"), []), at: now).isEmpty)
        #expect(dashboard.handle(.key(.character("x"), []), at: now).isEmpty)
        #expect(draw(&dashboard).contains { $0.contains("y lets block #15 go") })
    }

    @Test func undoNamesWhatItIsAboutBeforeItIsDone() throws {
        var dashboard = try shop()
        let first = try ask(press("u", &dashboard))
        #expect(first.act == .previewUndo)
        #expect(press("y", &dashboard).isEmpty)
        dashboard.take(
            BlockReply(first.number, .undoable(try Example.block(17) { $0.message = "It would be let go." }))
        )
        let lines = draw(&dashboard)
        #expect(lines.contains { $0.contains("#17 cart-0 to 192.0.2.7 tcp 443") })
        #expect(lines.contains { $0.contains("It would be let go.") })
        #expect(lines.contains { $0.contains("y takes back what was done last to block #17") })
        let act = try ask(press("y", &dashboard))
        #expect(act.act == .undo(17))
        let refusal = "Not undone: what was done last is not about block #17 any more, but about #18."
        dashboard.take(BlockReply(act.number, .refused(refusal)))
        #expect(draw(&dashboard).contains { $0.contains(refusal) })
        #expect(press("y", &dashboard).isEmpty)
        press("^", &dashboard)
        let again = try ask(press("u", &dashboard))
        dashboard.take(BlockReply(again.number, .refused("There is nothing to undo.")))
        #expect(draw(&dashboard).contains { $0.contains("There is nothing to undo.") })
    }

    @Test func detailsTellWhatItCatchesAndWhatBecameOfIt() throws {
        let ended = try Example.block(17, .ended)
        var dashboard = try shop { $0.blocks?.insert(ended, at: 0) }
        let asked = try ask(press("5jj\n", &dashboard))
        let words = try proposal(asked).words
        #expect(words.contains(.init("to", "192.0.2.7")) && words.contains(.init("port", "443")))
        #expect(draw(&dashboard).contains { $0.contains("asking the agent") })
        dashboard.take(BlockReply(asked.number, .preview(foresight)))
        let lines = draw(&dashboard)
        for text in [
            "all of it was read back from the kernel", "Caught is what goes outside.", "talks to a known C2",
            "asked for by root (uid 0)", "ended by its time is over, 42 packets stopped", "holds again",
        ] {
            #expect(lines.contains { $0.contains(text) }, "\(text)")
        }
        #expect(!lines.contains { $0.contains("would be cut") })
        // A late answer opens nothing.
        press("^", &dashboard)
        dashboard.take(BlockReply(asked.number, .preview(foresight)))
        #expect(dashboard.overlay == nil)
        #expect(press("y", &dashboard).isEmpty)
        #expect(draw(&dashboard).contains { $0.contains("\"event\"") })
    }

    @Test(arguments: [
        Snapshot.Origin.files(["shop.pcapng"]), .host(name: "node-a", interfaces: []), .database(path: "x.db"),
    ])
    func withoutAnAgentItIsSaidThatBlocksAreTheAgents(origin: Snapshot.Origin) throws {
        var dashboard = try shop(origin: origin) { $0.blocks = nil }
        for keys in ["jb", "u", "5x"] {
            #expect(press(keys, &dashboard).isEmpty)
            #expect(dashboard.message?.text.hasPrefix("Blocks are the agent's") == true, "\(keys)")
            #expect(dashboard.overlay == nil)
        }
    }

    @Test func aScreenThatOnlyLooksActsOnNothing() throws {
        var dashboard = try shop(isReadOnly: true)
        for keys in ["jb", "u", "5x"] {
            #expect(press(keys, &dashboard).isEmpty)
            #expect(dashboard.message?.text.contains("--read-only") == true, "\(keys)")
        }
        press("j", &dashboard)
        let foot = draw(&dashboard).last ?? ""
        #expect(foot.contains("Enter details") && !foot.contains("let go") && !foot.contains("undo"))
        #expect(press("\n", &dashboard).isEmpty)
    }

    @Test func hostileNamesStayOnTheirLine() throws {
        var dashboard = try shop { $0.blocks = try? Example.blocks(hostile: Example.hostile) }
        press("5x", &dashboard)
        dashboard.take(BlockReply(0, .refused(Example.hostile)))
        #expect(draw(&dashboard).joined().unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
        let first = try ask(press("^u", &dashboard))
        dashboard.take(BlockReply(first.number, .refused(Example.hostile)))
        #expect(draw(&dashboard).joined().unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
    }
}
