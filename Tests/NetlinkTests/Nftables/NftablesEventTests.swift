import Glibc
import Testing

@testable import Netlink

@Suite("Events of nftables") struct NftablesEventTests {
    static func events(_ space: NftablesSpace, bufferSize: Int32 = 4 << 20) throws -> NftablesEvents {
        try space.namespace.perform { () throws(NetlinkError) in try NftablesEvents(bufferSize: bufferSize) }
    }

    static func received(_ events: inout NftablesEvents) throws -> [NftablesEvent] {
        var all: [NftablesEvent] = []
        while try events.receive({ all.append($0) }) {}
        return all
    }

    @Test func aBatchIsToldInOrderAndThenItsGeneration() throws {
        let space = try NftablesSpace()
        var events = try Self.events(space)
        let element = try BatchTests.element()
        try space.commit { BatchTests.block(&$0, [element]) }
        let all = try Self.received(&events)
        try #require(all.count == 6, "\(all)")
        if case .table(let table) = all[0] { #expect(table.declared == BatchTests.table) } else { Issue.record() }
        if case .chain(let chain) = all[1] { #expect(chain.declared == BatchTests.chain) } else { Issue.record() }
        if case .set(let set) = all[2] { #expect(set.declared == BatchTests.set) } else { Issue.record() }
        if case .elements(.netdev, "blocked", let elements) = all[3] {
            #expect(elements.map(\.declared) == [element])
        } else {
            Issue.record()
        }
        if case .rule(.netdev, "out", let rule) = all[4] {
            #expect(rule.declared == BatchTests.rule)
        } else {
            Issue.record()
        }
        guard case .generation(let generation, let port) = all[5] else {
            Issue.record()
            return
        }
        #expect(generation.number == (try space.socket.nftablesGeneration()) && port == space.socket.port)
        #expect(generation.process != nil && generation.processName != "nft")
    }

    @Test func aDeletionByAnotherIsToldWithItsName() throws {
        let space = try NftablesSpace()
        let element = try BatchTests.element()
        try space.commit { BatchTests.block(&$0, [element]) }
        var events = try Self.events(space)
        _ = try space.nft("flush", "ruleset")
        let all = try Self.received(&events)
        #expect(all.contains(.tableGone(.netdev)) && all.contains(.setGone(.netdev, name: "blocked")))
        #expect(all.contains(.chainGone(.netdev, name: "out")))
        guard case .generation(let generation, let port)? = all.last else {
            Issue.record("\(all)")
            return
        }
        #expect(generation.processName == "nft" && port != space.socket.port && generation.process != getpid())
    }

    @Test func deletedRulesAndElementsAreTold() throws {
        let space = try NftablesSpace()
        let element = try BatchTests.element()
        try space.commit { BatchTests.block(&$0, [element]) }
        var events = try Self.events(space)
        try space.commit { (batch) in
            batch.delete([element.key], from: BatchTests.set)
            batch.empty(chain: "out", of: .netdev)
        }
        let all = try Self.received(&events)
        try #require(all.count == 3, "\(all)")
        if case .elementsGone(.netdev, "blocked", let gone) = all[0] {
            #expect(gone.map(\.key) == [element.key])
        } else {
            Issue.record("\(all[0])")
        }
        if case .ruleGone(.netdev, "out", let rule) = all[1] { #expect(rule.handle != nil) } else { Issue.record() }
    }

    @Test func devicesThatComeAndGoAreTold() throws {
        let space = try NftablesSpace()
        try space.namespace.ip("link", "add", "v0", "type", "veth", "peer", "v1")
        try space.commit { BatchTests.block(&$0, []) }
        var events = try Self.events(space)
        try space.commit { $0.add(devices: ["v0"], to: BatchTests.chain) }
        try space.commit { $0.delete(devices: ["v0"], from: BatchTests.chain) }
        let all = try Self.received(&events)
        try #require(all.count == 4, "\(all)")
        if case .chain(let chain) = all[0] { #expect(chain.base?.devices == ["v0"]) } else { Issue.record() }
        #expect(all[2] == .devicesGone(.netdev, chain: "out", ["v0"]))
    }

    @Test func othersTablesAreNotToldButTheirGenerationIs() throws {
        let space = try NftablesSpace()
        var events = try Self.events(space)
        _ = try space.nft("add table ip docker; add chain ip docker c; add rule ip docker c drop")
        let all = try Self.received(&events)
        let names = all.map { (event) -> String? in
            if case .generation(let generation, _) = event { generation.processName } else { nil }
        }
        #expect(names == ["nft"])
    }

    @Test func lostOnesAreTold() throws {
        let space = try NftablesSpace()
        var events = try Self.events(space, bufferSize: 4096)
        let elements = try (0..<5000).map { try BatchTests.element(UInt16($0)) }
        try space.commit { BatchTests.block(&$0, elements) }
        let all = try Self.received(&events)
        #expect(all.last == .lost && events.losses >= 1)
        #expect(try space.socket.dumpElements(of: BatchTests.set).count == 5000)
    }

    @Test func twentyThousandElementsFitIntoTheBuffer() throws {
        let space = try NftablesSpace()
        var events = try Self.events(space)
        let elements = LargeBatchTests.elements()
        try space.commit { BatchTests.block(&$0, elements) }
        var told = 0
        var isLost = false
        try LargeBatchTests.time("hear of \(elements.count) elements") {
            while try events.receive({ (event) in
                if case .elements(_, _, let elements) = event { told += elements.count }
                if event == .lost { isLost = true }
            }) {}
        }
        #expect(told == elements.count && !isLost && events.losses == 0)
    }

    @Test func ofWhatOneDidItselfOnlyTheGenerationIsTold() throws {
        let space = try NftablesSpace()
        var events = try Self.events(space)
        let elements = LargeBatchTests.elements()
        try space.commit { BatchTests.block(&$0, elements) }
        _ = try space.nft("flush", "chain", "netdev", "portolan", "out")
        var all: [NftablesEvent] = []
        let port = space.socket.port
        try LargeBatchTests.time("pass over \(elements.count) elements") {
            while try events.receive(ignoring: port, { all.append($0) }) {}
        }
        try #require(all.count == 3, "\(all)")
        if case .generation(_, let from) = all[0] { #expect(from == port) } else { Issue.record() }
        if case .ruleGone(.netdev, "out", _) = all[1] {} else { Issue.record("\(all[1])") }
        if case .generation(let last, _) = all[2] { #expect(last.processName == "nft") } else { Issue.record() }
    }

    /// What a listener must know: the kernel is silent about it.
    @Test func aTableThatGoesWithItsOwnerIsNotTold() throws {
        let space = try OwnerTests.owned([.owner])
        var events = try Self.events(space)
        try space.closeSocket()
        #expect(try Self.received(&events) == [] && space.socket.table(.inet) == nil)
    }
}
