import Addressing
import Containers
import Enforcement
import Netlink
import Policy
import Testing

@Suite("Standing blocks")
struct StandingBlockTests {
    private func standing(_ blocks: [Block]) throws -> ModelKernel {
        var lab = Lab()
        try lab.add("web", "10.1.0.2")
        lab.addOnHost("node", group: 4711, path: "/a")
        var kernel = ModelKernel()
        let desired = Desired(blocks: blocks, inventory: lab.inventory).namespaces[Lab.host] ?? [:]
        for change in Difference(to: desired, from: [:], at: Lab.start).changes { try kernel.apply(change) }
        return kernel
    }

    @Test func areReadFromTheKernelAlone() throws {
        var kernel = try standing([
            Lab.block(1, try Lab.order("web", to: "192.0.2.7", 6, 443...443), seconds: 60),
            Lab.block(2, try Lab.order("web", to: "192.0.2.7", 6, 443...443), seconds: 90),
            Lab.block(3, try Lab.order("web", to: "2001:db8::/32"), seconds: nil),
            Lab.block(4, try Lab.order("node", to: "192.0.2.8", 17)),
        ])
        kernel.tables[.netdev]?.elements["sending_blocked_v4_port"]?[0].counter = Nftables.Counter(
            packets: 2,
            bytes: 99
        )
        kernel.wait(10)
        let blocks = StandingBlock.all(in: kernel.tables, at: Lab.after(10))
        #expect(blocks.map(\.identifier.number) == [1, 2, 3, 4])
        // An element of two lasts as long as the longer.
        #expect(blocks.map(\.until) == [Lab.after(90), Lab.after(90), nil, Lab.after(600)])
        #expect(blocks.map(\.stopped.packets) == [2, 2, 0, 0])
        #expect(
            blocks.map(\.lines) == [
                ["sending veth-web . 192.0.2.7 . tcp . 443"], ["sending veth-web . 192.0.2.7 . tcp . 443"],
                ["sending veth-web . 2001:db8::-2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"],
                ["output 4711 . 192.0.2.8 . udp"],
            ]
        )
    }

    @Test func areTakenAwayWithoutALedger() throws {
        var kernel = try standing([
            Lab.block(1, try Lab.order("web", to: "192.0.2.7", options: .bothDirections)),
            Lab.block(2, try Lab.order("web", to: "192.0.2.7")), Lab.block(3, try Lab.quarantine("web")),
        ])
        for change in StandingBlock.release(BlockIdentifier(3), from: kernel.tables) { try kernel.apply(change) }
        #expect(StandingBlock.all(in: kernel.tables, at: Lab.start).map(\.identifier.number) == [1, 2])
        // The element at the sending end stands for the second block, too.
        for change in StandingBlock.release(BlockIdentifier(1), from: kernel.tables) { try kernel.apply(change) }
        let rest = StandingBlock.all(in: kernel.tables, at: Lab.start)
        #expect(rest.map(\.lines) == [["sending veth-web . 192.0.2.7"], ["sending veth-web . 192.0.2.7"]])
        #expect(StandingBlock.release(BlockIdentifier(9), from: kernel.tables) == [])
    }

    @Test func commentsOfOthersAreNoBlocks() throws {
        var kernel = try standing([Lab.block(1, try Lab.order("web", to: "192.0.2.7"))])
        for comment in ["#x", "#0", "1", "# 1", "#-1", "#99999999999999999999999"] {
            let element = try #require(kernel.tables[.netdev]?.elements["sending_blocked_v4"]?.first)
            kernel.tables[.netdev]?.elements["sending_blocked_v4"] = [Nftables.Element(element.key, comment: comment)]
            #expect(StandingBlock.all(in: kernel.tables, at: Lab.start) == [])
        }
    }
}
