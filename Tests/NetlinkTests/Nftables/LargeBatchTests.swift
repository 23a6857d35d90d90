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
