import Addressing
import Flows
import Graph
import Records
import Terminal
import Testing

@testable import Dashboard

/// `p` and what comes of it.
@Suite("Keys for packets")
struct PacketKeyTests: ShopScreen {
    private func chart() -> Dashboard {
        var dashboard = Dashboard()
        dashboard.take(
            Snapshot(origin: .files(["shop.pcapng"]), time: now, graph: ShopPicture.picture())
        )
        draw(&dashboard)
        return dashboard
    }

    @discardableResult
    private func press(_ keys: [Key], _ dashboard: inout Dashboard) -> [DashboardRequest] {
        keys.flatMap { dashboard.handle(.key($0, []), at: now) }
    }

    private func list(_ count: Int, choice: Int) -> PacketList {
        var list = PacketList()
        list.choice = choice
        list.packets = (0..<count).map { number in
            PacketList.Packet(
                number: UInt64(number + 1),
                time: now,
                length: 60,
                interface: "eth0",
                linkType: 1,
                bytes: [UInt8(number)],
                layers: ["IPv4 10.0.0.1 ► 10.0.0.2", "UDP \(number) ► 53"]
            )
        }
        return list
    }

    @Test func anEdgeOfTheChartIsAskedForWithAllItIsMadeOf() throws {
        var dashboard = chart()
        press([.down, .character(".")], &dashboard)
        let edge = try #require(dashboard.chart.chosenEdge)
        let requests = press([.character("p")], &dashboard)
        #expect(requests == [.packets(PacketChoice(number: 1, subject: .edges(Set(edge.members))))])
        let lines = draw(&dashboard)
        #expect(lines.contains { $0.contains("packets of \(EdgeText.title(edge, dashboard.chart, .unicode))") })
        #expect(lines.contains { $0.contains("Looking through the file") })
    }

    @Test func aRowIsAskedForWithAllItsEdgesAndFocusWithTheChosenOne() throws {
        var dashboard = chart()
        press([.down], &dashboard)
        let row = try #require(dashboard.chart.choices.selection)
        let all = Set(dashboard.chart.edges(of: row).flatMap(\.members))
        #expect(!all.isEmpty)
        #expect(press([.character("p")], &dashboard) == [.packets(PacketChoice(number: 1, subject: .edges(all)))])
        #expect(press([.escape], &dashboard) == [.noPackets])
        press([.enter], &dashboard)
        let edge = try #require(dashboard.chart.chosenEdge)
        let requests = press([.character("p")], &dashboard)
        #expect(requests == [.packets(PacketChoice(number: 2, subject: .edges(Set(edge.members))))])
    }

    @Test func aFlowIsAskedForByItsNameAlsoOverItsDetails() throws {
        var dashboard = Dashboard()
        dashboard.take(Example.snapshot(Example.flows))
        dashboard.take(
            {
                var snapshot = Example.snapshot(Example.flows)
                snapshot.graph = ShopPicture.picture()
                return snapshot
            }()
        )
        press([.character("2")], &dashboard)
        draw(&dashboard)
        let flow = try #require(dashboard.flows.selected)
        #expect(
            press([.character("p")], &dashboard)
                == [.packets(PacketChoice(number: 1, subject: .flow(flow.identifier)))]
        )
        #expect(press([.character("q"), .enter], &dashboard) == [.noPackets])
        guard case .details = dashboard.overlay else {
            Issue.record("Enter opens details")
            return
        }
        let requests = press([.character("p")], &dashboard)
        #expect(requests == [.packets(PacketChoice(number: 2, subject: .flow(flow.identifier)))])
    }

    @Test func whereNothingIsChosenItSaysHow() {
        var dashboard = chart()
        #expect(press([.character("p")], &dashboard).isEmpty)
        #expect(dashboard.overlay == nil)
        #expect(draw(&dashboard).last?.contains("then p shows its packets") == true)
    }

    @Test func onlyPacketsOfTheLastChoiceAreShown() {
        var dashboard = chart()
        press([.down, .character("p"), .escape, .character("p")], &dashboard)
        dashboard.take(list(3, choice: 1))
        #expect(dashboard.packets?.packets.isEmpty == true)
        dashboard.take(list(2, choice: 2))
        #expect(dashboard.packets?.packets.count == 2)
        press([.escape], &dashboard)
        #expect(dashboard.packets == nil)
        dashboard.take(list(2, choice: 2))
        #expect(dashboard.overlay == nil)
    }

    @Test func aNameIsTypedWithLettersThatAreKeysElsewhere() {
        var dashboard = chart()
        press([.down, .character("p")], &dashboard)
        dashboard.take(list(2, choice: 1))
        press([.character("w")], &dashboard)
        press("qp?:.pcap".map { .character($0) }, &dashboard)
        _ = dashboard.handle(.paste("ng\n"), at: now)
        #expect(press([.enter], &dashboard) == [.savePackets(path: "qp?:.pcapng")])
        #expect(dashboard.packets?.packets.count == 2)
        // Out of a packet, then out of the list.
        #expect(press([.enter, .character("q")], &dashboard).isEmpty)
        #expect(press([.character("q")], &dashboard) == [.noPackets])
    }

    @Test func ofThePastOnlyItsPacketsAreAskedFor() throws {
        var dashboard = Dashboard()
        var snapshot = Snapshot(origin: .files(["shop.pcapng"]), time: now, graph: ShopPicture.picture())
        snapshot.timeline.start = Timestamp(nanoseconds: now.nanoseconds - 60_000_000_000)
        snapshot.timeline.width = 1_000_000_000
        snapshot.timeline.bins = Array(repeating: Timeline.Bin(), count: 60)
        dashboard.take(snapshot)
        press([.character("[")], &dashboard)
        dashboard.take(past: ShopPicture.picture(), of: try #require(dashboard.past?.span))
        draw(&dashboard)
        press([.down], &dashboard)
        guard case .packets(let choice)? = press([.character("p")], &dashboard).first else {
            Issue.record("p asks for packets")
            return
        }
        #expect(choice.span == dashboard.past?.span)
    }

    @Test func saysWhatIsNotKeptAndWhyThereIsNothing() {
        var dashboard = chart()
        press([.down, .character("p")], &dashboard)
        var some = list(2, choice: 1)
        some.unkept = 1234
        dashboard.take(some)
        #expect(draw(&dashboard).contains { $0.contains("2 packets, 1,234 more are not kept") })
        var none = list(0, choice: 1)
        none.fault = "An agent keeps no packets"
        dashboard.take(none)
        #expect(draw(&dashboard).contains { $0.contains("An agent keeps no packets") })
    }
}
