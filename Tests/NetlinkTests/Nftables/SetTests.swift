import Addressing
import Glibc
import Testing

@testable import Netlink

@Suite("Sets of nftables") struct SetTests {
    static func prefix(_ text: String) throws -> Nftables.Field { .prefix(try #require(IPPrefix(text))) }

    static func address(_ text: String) throws -> Nftables.Field { .address(try #require(IPAddress(text))) }

    /// Adds a set with elements to a table of its own; what the kernel then tells of them.
    static func read(
        _ space: NftablesSpace,
        _ set: Nftables.Set,
        _ elements: [Nftables.Element]
    ) throws -> [Nftables.Element] {
        try space.commit { (batch) in
            batch.add(Nftables.Table(set.family))
            batch.add(Nftables.Chain(set.family, "aside"))
            batch.add(set)
            batch.add(elements, to: set)
        }
        #expect(try space.socket.dumpSets(set.family).map(\.declared) == [set])
        return try space.socket.dumpElements(of: set)
    }

    @Test func everyKindOfFieldIsPrintedByNft() throws {
        let space = try NftablesSpace()
        let set = Nftables.Set(
            .inet,
            "s",
            key: [.ipv6, .ether, .mark, .interfaceName, .inetProtocol],
            flags: [.constant]
        )
        let key = Nftables.Key(
            try Self.address("2001:db8::7"),
            .ether(MACAddress(bits: 0x0242_0af4_0002)),
            .mark(9),
            .interface("veth17"),
            .inetProtocol(17)
        )
        #expect(try Self.read(space, set, [.init(key)]).map(\.key) == [key])
        let text = try space.listed()
        #expect(text.contains("type ipv6_addr . ether_addr . mark . ifname . inet_proto\n"))
        #expect(text.contains("{ 2001:db8::7 . 02:42:0a:f4:00:02 . 0x00000009 . \"veth17\" . udp }"))
    }

    @Test func aConcatenationMayHoldRanges() throws {
        let space = try NftablesSpace()
        let set = Nftables.Set(
            .netdev,
            "s",
            key: [.interfaceName, .ipv4, .ipv4, .inetProtocol, .inetService],
            flags: [.interval, .timeout],
            hasCounters: true
        )
        let any = try #require(Nftables.Field.any(.ipv4))
        let keys = [
            Nftables.Key(
                .interface("veth1"),
                try Self.prefix("10.1.0.0/16"),
                any,
                .inetProtocol(6),
                .ports(80...90)
            ),
            Nftables.Key(
                .interfaces(startingWith: "br-"),
                try Self.address("10.2.0.1"),
                try Self.prefix("10.3.0.0/31"),
                .inetProtocol(17),
                .port(53)
            ),
        ]
        let elements = keys.map { Nftables.Element($0, timeout: .seconds(60), comment: "why") }
        let read = try Self.read(space, set, elements)
        #expect(Swift.Set(read.map(\.declared)) == Swift.Set(elements))
        let text = try space.listed()
        #expect(text.contains("\"veth1\" . 10.1.0.0/16 . 0.0.0.0/0 . tcp . 80-90 counter packets 0 bytes 0 timeout 1m"))
        #expect(text.contains("\"br-*\" . 10.2.0.1 . 10.3.0.0/31 . udp . 53 counter"))
        try space.commit { $0.delete([keys[0]], from: set) }
        #expect(try space.socket.dumpElements(of: set).map(\.key) == [keys[1]])
    }

    @Test func rangesOfOneFieldAreReadBack() throws {
        let space = try NftablesSpace()
        let set = Nftables.Set(.inet, "s", key: [.ipv4], flags: [.interval, .timeout], hasCounters: true)
        let fields = [
            try Self.prefix("10.0.0.0/8"), try Self.prefix("11.0.0.0/8"), try Self.address("192.168.0.1"),
            try #require(Nftables.Field(.ipv4, first: [224, 0, 0, 5], last: [255, 255, 255, 255])),
        ]
        let elements = fields.map { Nftables.Element(.init($0), timeout: .seconds(100)) }
        let read = try Self.read(space, set, elements)
        #expect(read.map(\.declared) == elements && read.allSatisfy { $0.counter == .init() })
        let text = try space.listed()
        for part in ["10.0.0.0/8 ", "11.0.0.0/8 ", "192.168.0.1 ", "224.0.0.5-255.255.255.255 "] {
            #expect(text.contains(part), "\(part) in \(text)")
        }
        try space.commit { $0.delete([.init(fields[1]), .init(fields[3])], from: set) }
        #expect(try space.socket.dumpElements(of: set).map(\.key) == [.init(fields[0]), .init(fields[2])])
        try space.commit { $0.empty(set) }
        #expect(try space.socket.dumpElements(of: set) == [])
    }

    @Test func aMapLeadsToVerdicts() throws {
        let space = try NftablesSpace()
        let set = Nftables.Set(.inet, "m", key: [.inetService], flags: [.timeout], isVerdictMap: true)
        let elements = [
            Nftables.Element(.init(.port(80)), verdict: .drop), .init(.init(.port(81)), verdict: .jump(to: "aside")),
            .init(.init(.port(82)), verdict: .goto("aside"), timeout: .seconds(5)),
            .init(.init(.port(83)), verdict: .accept), .init(.init(.port(84)), verdict: .return),
            .init(.everything, verdict: .continue),
        ]
        let read = try Self.read(space, set, elements)
        #expect(Swift.Set(read.map(\.declared)) == Swift.Set(elements))
        let text = try space.listed()
        #expect(text.contains("80 : drop") && text.contains("81 : jump aside") && text.contains("* : continue"))
    }

    @Test func aDefaultTimeoutAndASizeAreTheSets() throws {
        let space = try NftablesSpace()
        let set = Nftables.Set(.inet, "s", key: [.mark], flags: [.timeout], timeout: .seconds(30), size: 2)
        let read = try Self.read(space, set, [.init(.init(.mark(1)))])
        #expect(read[0].expiration ?? .zero > .seconds(29))
        #expect(throws: Nftables.BatchError.self) {
            try space.commit { (batch) in batch.add((2...3).map { .init(.init(.mark($0))) }, to: set) }
        }
    }

    @Test func rulesMayFillOne() throws {
        let space = try NftablesSpace()
        let flags: Nftables.Set.Flags = [.dynamic, .timeout]
        let set = Nftables.Set(.inet, "s", key: [.ipv4], flags: flags, timeout: .seconds(9), size: 65_535)
        #expect(try Self.read(space, set, []) == [])
        #expect(try space.listed().contains("flags dynamic,timeout"))
    }

    @Test func anElementEndsByItselfAndMayBeGivenLess() throws {
        let space = try NftablesSpace()
        let set = Nftables.Set(.inet, "s", key: [.mark], flags: [.timeout])
        var short = Nftables.Element(.init(.mark(1)), timeout: .seconds(100))
        short.expiration = .seconds(20)
        let read = try Self.read(space, set, [short])
        #expect(read[0].timeout == .seconds(100) && read[0].expiration ?? .zero <= .seconds(20))
        try space.commit { $0.add([.init(.init(.mark(2)), timeout: .milliseconds(40))], to: set) }
        let deadline = ContinuousClock.now + .seconds(15)
        while try space.socket.dumpElements(of: set).count == 2, ContinuousClock.now < deadline { usleep(10_000) }
        let left = try space.socket.dumpElements(of: set).count
        #expect(left == 1)
    }

    /// Less than a tick of the kernel's would be for ever.
    @Test(arguments: [-5000, 0, 1, 9, 10] as [Int64]) func howeverLittleTimeIsLeftItEnds(milliseconds: Int64) throws {
        let space = try NftablesSpace()
        let set = Nftables.Set(.inet, "s", key: [.mark], flags: [.timeout])
        #expect(Duration.milliseconds(milliseconds).milliseconds == 10)
        _ = try Self.read(space, set, [])
        try space.commit { $0.add([.init(.init(.mark(1)), timeout: .milliseconds(milliseconds))], to: set) }
        let deadline = ContinuousClock.now + .seconds(15)
        while try !space.socket.dumpElements(of: set).isEmpty, ContinuousClock.now < deadline { usleep(10_000) }
        #expect(try space.socket.dumpElements(of: set) == [])
    }

    /// Hashed, ranges over several fields, ranges of one, and none with times.
    static let kinds: [Nftables.Set] = [
        .init(.inet, "s", key: [.ipv4, .inetService], flags: .timeout, hasCounters: true),
        .init(.inet, "s", key: [.ipv4, .inetService], flags: [.timeout, .interval], hasCounters: true),
        .init(.inet, "s", key: [.ipv4], flags: [.timeout, .interval]), .init(.inet, "s", key: [.ipv4, .inetService]),
    ]

    @Test(arguments: kinds.indices) func elementsAreRemovedAndReplacedWhetherThereOrNot(place: Int) throws {
        let space = try NftablesSpace()
        let set = Self.kinds[place]
        let hasTimes = set.flags.contains(.timeout)
        func element(_ number: UInt8, seconds: Int64, _ comment: String) throws -> Nftables.Element {
            let field = Nftables.Field(.ipv4, first: [10, 0, number, 0], last: [10, 0, number, 0])
            let address = try #require(field)
            let key = set.key.count == 1 ? Nftables.Key(address) : .init(address, .port(80))
            return .init(key, timeout: hasTimes ? .seconds(seconds) : nil, comment: comment)
        }
        let one = try element(1, seconds: 50, "one")
        let (two, three) = (try element(2, seconds: 50, "two"), try element(3, seconds: 50, "three"))
        _ = try Self.read(space, set, [one, two])
        try space.commit { $0.remove([two.key, three.key], from: set) }
        #expect(try space.socket.dumpElements(of: set).map(\.declared) == [one])
        let renewed = [try element(1, seconds: 500, "one, longer"), three]
        try space.commit { $0.replace(renewed, in: set) }
        #expect(try Swift.Set(space.socket.dumpElements(of: set).map(\.declared)) == Swift.Set(renewed))
        // A batch that is refused afterwards has changed nothing of it.
        #expect(throws: Nftables.BatchError.self) {
            try space.commit { (batch) in
                batch.remove([three.key, two.key], from: set)
                batch.replace([one], in: set)
                batch.deleteChain("nobody", of: .inet)
            }
        }
        let left = try space.socket.dumpElements(of: set)
        #expect(Swift.Set(left.map(\.declared)) == Swift.Set(renewed))
        #expect(left.allSatisfy { hasTimes ? $0.expiration ?? .zero > .seconds(40) : $0.expiration == nil })
        guard hasTimes else { return }
        // One whose time has come may still lie in the kernel's memory.
        var short = two
        short.timeout = .milliseconds(50)
        try space.commit { $0.add([short], to: set) }
        usleep(200_000)
        #expect(throws: Nftables.BatchError.self) { try space.commit { $0.delete([two.key], from: set) } }
        try space.commit { $0.remove([two.key], from: set) }
        try space.commit { $0.replace([two], in: set) }
        #expect(try space.socket.dumpElements(of: set).count == 3)
    }

    @Test func aCommentCannotEndItsQuotes() throws {
        let space = try NftablesSpace()
        let set = Nftables.Set(.inet, "s", key: [.mark])
        let evil = "x\" }\n}\nflush ruleset\n" + String(repeating: "é", count: 100)
        let element = Nftables.Element(.init(.mark(1)), comment: evil)
        #expect(element.comment?.utf8.count == 127 && element.comment?.hasPrefix("x' } } flush ruleset é") == true)
        #expect(try Self.read(space, set, [element]).map(\.declared) == [element])
        #expect(try space.listed().contains("comment \"x' } } flush ruleset é"))
        // What nft(8) prints is what it reads.
        _ = try space.nft("-c", try space.listed())
    }
}
