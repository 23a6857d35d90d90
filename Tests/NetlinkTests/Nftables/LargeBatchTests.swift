import Addressing
import Glibc
import Testing

@testable import Netlink

/// What twenty thousand blocks take. The times are printed, as machines differ; that all is there is asserted.
@Suite("Large batches of nftables", .serialized) struct LargeBatchTests {
    static let count = 20_000

    static func elements() -> [Nftables.Element] {
        (0..<count).map { (number) in
            let destination = IPv4Address(bits: 0x0a80_0000 + UInt32(number))
            let key = Nftables.Key(
                .address(.v4(IPv4Address(bits: 0x0a00_0001))),
                .address(.v4(destination)),
                .inetProtocol(6),
                .port(UInt16(number & 0x7fff))
            )
            return Nftables.Element(key, timeout: .seconds(3600), comment: "block \(number)")
        }
    }

    static func time(_ what: String, _ body: () throws -> Void) rethrows {
        let clock = ContinuousClock()
        let duration = try clock.measure(body)
        print("nftables: \(what): \(duration / .milliseconds(1)) ms")
    }

    /// Sets of ranges over several fields take the kernel a time that grows with the square: 4 s for 20,000.
    @Test(arguments: [(false, Self.count), (true, 2000)]) func areOneChange(isInterval: Bool, count: Int) throws {
        let space = try NftablesSpace()
        let elements = Array(Self.elements().prefix(count))
        var set = BatchTests.set
        if isInterval { set.flags.insert(.interval) }
        let kind = isInterval ? "ranges" : "hashed"
        var batch = Nftables.Batch()
        Self.time("\(kind), write \(count) elements") {
            batch.add(BatchTests.table)
            batch.add(set)
            batch.add(elements, to: set)
        }
        try Self.time("\(kind), commit \(batch.byteCount) bytes") { try space.socket.commit(batch) }
        var read: [Nftables.Element] = []
        try Self.time("\(kind), read back") { read = try space.socket.dumpElements(of: set) }
        #expect(read.count == count && Swift.Set(read.map(\.declared)) == Swift.Set(elements))

        var longer = elements[777]
        longer.timeout = .seconds(7200)
        try Self.time("\(kind), change one of them") {
            try space.commit { (batch) in
                batch.delete([longer.key], from: set)
                batch.add([longer], to: set)
            }
        }
        read = try space.socket.dumpElements(of: set)
        #expect(read.count == count && read.first { $0.key == longer.key }?.declared == longer)

        try Self.time("\(kind), delete half of them") {
            try space.commit { $0.delete(elements.prefix(count / 2).map(\.key), from: set) }
        }
        #expect(try space.socket.dumpElements(of: set).count == count / 2)
    }

    @Test(arguments: [Nftables.Set.Flags.timeout, [.timeout, .interval]])
    func someOfManyAreFound(flags: Nftables.Set.Flags) throws {
        let space = try NftablesSpace()
        let elements = Array(Self.elements().prefix(3000))
        var set = BatchTests.set
        set.flags = flags
        try space.commit { (batch) in
            batch.add(BatchTests.table)
            batch.add(set)
            batch.add(elements, to: set)
        }
        let absent = try Nftables.Key.tuple("10.9.9.9", "10.9.9.9", 6, 1)
        let wanted = elements.prefix(1500).map(\.key) + [absent] + elements.suffix(1).map(\.key)
        var found: [Nftables.Element?] = []
        try Self.time("find \(wanted.count) of 3000") { found = try space.socket.elements(wanted, of: set) }
        #expect(found.count == wanted.count && found[1500] == nil)
        #expect(found.compactMap { $0?.declared } == elements.prefix(1500) + elements.suffix(1))
        #expect(found.allSatisfy { $0 == nil || $0?.counter == .init() })
        // The socket is as good as before.
        #expect(try space.socket.dumpElements(of: set).count == 3000)
        #expect(try space.socket.elements([], of: set) == [])
    }

    /// What was not heard of must not pass for not being there.
    @Test func elementsThatHaveNoRoomInTheSocketAreNoneThatLack() throws {
        let space = try NftablesSpace()
        let set = Nftables.Set(.inet, "s", key: [.ipv4, .inetService], flags: .timeout, hasCounters: true)
        let elements = (0..<64).map { number in
            let address = Nftables.Field.address(.v4(IPv4Address(bits: UInt32(number))))
            return Nftables.Element(.init(address, .port(1)), timeout: .seconds(900), comment: "some words")
        }
        _ = try SetTests.read(space, set, elements)
        #expect(try !space.socket.elements(elements.map(\.key), of: set).contains(nil))
        try space.socket.setReceiveBuffer(bytes: 1)
        let error = #expect(throws: NetlinkError.self) { _ = try space.socket.elements(elements.map(\.key), of: set) }
        guard case .system(_, ENOBUFS) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        // The next question finds the socket clean.
        #expect(try space.socket.elements([elements[0].key], of: set).map { $0?.key } == [elements[0].key])
    }

    @Test func aThousandSmallOnes() throws {
        let space = try NftablesSpace()
        let elements = Self.elements()
        try space.commit { BatchTests.block(&$0, Array(elements.dropLast(1000))) }
        try Self.time("1000 changes of one element each beside 19000") {
            for element in elements.suffix(1000) {
                try space.commit { $0.add([element], to: BatchTests.set) }
            }
        }
        #expect(try space.socket.dumpElements(of: BatchTests.set).count == Self.count)
    }

    /// Which kinds of change are quick, and which wait for the kernel to be done with what they replace.
    @Test func oneOfEachKind() throws {
        let space = try NftablesSpace()
        try space.namespace.ip("link", "add", "v0", "type", "veth", "peer", "v1")
        try space.commit { BatchTests.block(&$0, []) }
        func measure(_ what: String, _ body: (inout Nftables.Batch, Int) -> Void) throws {
            var times: [Duration] = []
            for turn in 0..<40 {
                let start = ContinuousClock.now
                try space.commit { body(&$0, turn) }
                times.append(ContinuousClock.now - start)
            }
            times.sort()
            print("nftables: \(what): median \(times[20] / .microseconds(1)), most \(times[39] / .microseconds(1)) µs")
        }
        let elements = Self.elements()
        try measure("add an element") { $0.add([elements[$1]], to: BatchTests.set) }
        try measure("delete an element") { $0.delete([elements[$1].key], from: BatchTests.set) }
        try measure("add a rule") { (batch, _) in batch.append(BatchTests.rule, to: "out", of: .netdev) }
        let handles = try space.socket.dumpRules(.netdev).compactMap(\.rule.handle)
        #expect(handles.count == 41)
        try measure("delete a rule") { $0.deleteRule(handles[$1], of: "out", of: .netdev) }
        try measure("add and take a device by turns") { (batch, turn) in
            if turn.isMultiple(of: 2) {
                batch.add(devices: ["v0"], to: BatchTests.chain)
            } else {
                batch.delete(devices: ["v0"], from: BatchTests.chain)
            }
        }
        try measure("add a chain with a rule") { (batch, turn) in
            batch.add(Nftables.Chain(.netdev, "c\(turn)"))
            batch.append(BatchTests.rule, to: "c\(turn)", of: .netdev)
        }
        try measure("delete a chain with a rule") { (batch, turn) in
            batch.empty(chain: "c\(turn)", of: .netdev)
            batch.deleteChain("c\(turn)", of: .netdev)
        }
        let contents = try #require(try space.socket.dumpContents(.netdev))
        #expect(contents.chains.map(\.declared) == [BatchTests.chain] && contents.elements["blocked"] == [])
        #expect(contents.rules["out"]?.count == 1)
    }

    /// More than any socket's buffer holds by itself.
    @Test func oneOfMegabytesIsStillOneChange() throws {
        let space = try NftablesSpace()
        let set = Nftables.Set(.inet, "s", key: [.ipv4, .ipv4, .ipv4], comment: "many")
        let field = { (bits: UInt32) in Nftables.Field.address(.v4(IPv4Address(bits: bits))) }
        let elements = (0..<100_000).map { Nftables.Element(.init(field(1), field(2), field(UInt32($0)))) }
        var batch = Nftables.Batch()
        batch.add(Nftables.Table(.inet))
        batch.add(set)
        batch.add(elements, to: set)
        let length = batch.byteCount
        #expect(length > 2 << 20)
        try Self.time("commit \(elements.count) elements, \(length) bytes") { try space.socket.commit(batch) }
        #expect(try space.socket.dumpElements(of: set).count == elements.count)
        // One that is refused at its very end leaves all as it was.
        batch = Nftables.Batch()
        batch.empty(set)
        batch.add(elements, to: set)
        batch.deleteChain("nobody", of: .inet)
        #expect(throws: Nftables.BatchError.self) { try space.socket.commit(batch) }
        #expect(try space.socket.dumpElements(of: set).count == elements.count)
    }

    @Test func nftReadsAll() throws {
        let space = try NftablesSpace()
        let elements = Self.elements()
        try space.commit { BatchTests.block(&$0, elements) }
        #expect(try space.nft("-j", "list", "ruleset").contains("10.128.78.31"))
        let text = try space.nft("list", "ruleset")
        // Each element's, and the rule's.
        #expect(text.split(separator: "comment \"block ").count - 1 == Self.count + 1)
    }
}
