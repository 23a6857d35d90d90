import Addressing
import Testing
import Wire

/// A later fragment that gets its datagram's ports must be what it would have been with the ports in it.
@Suite("Ports of a fragment") struct PacketPortsTests {
    static let seed = HashSeed.random()

    static let ports: [UInt32] = [53 << 16 | 40_000, 40_000 << 16 | 53, 53 << 16 | 53, 0, 0xffff_0000, 0x0000_ffff]

    /// The start of an IPv4 packet of protocol UDP, and where its fragment offset is not 0, one without ports.
    static func ipv4(_ source: UInt8, _ destination: UInt8, isLater: Bool, _ ports: UInt32) -> [UInt8] {
        [0x45, 0, 0, 28, 0, 1, isLater ? 0 : 0x20, isLater ? 1 : 0, 64, 17, 0, 0]
            + [10, 0, 0, source] + [10, 0, 0, destination] + udp(ports)
    }

    /// The same of IPv6. The address ends' bytes are the first and the last, so that either half decides.
    static func ipv6(_ source: [UInt8], _ destination: [UInt8], isLater: Bool, _ ports: UInt32) -> [UInt8] {
        let middle = [UInt8](repeating: 0, count: 14)
        let addresses = [source[0]] + middle + [source[1]] + [destination[0]] + middle + [destination[1]]
        return [0x60, 0, 0, 0, 0, 16, 44, 64] + addresses + [17, 0, 0, isLater ? 8 : 1, 0, 0, 0, 9] + udp(ports)
    }

    static func udp(_ ports: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: ports >> $0) } + [0, 8, 0, 0]
    }

    static func dissected(_ bytes: [UInt8]) -> Packet {
        let length = UInt32(bytes.count)
        let frames = [
            Frame(
                offset: 0,
                time: Timestamp(nanoseconds: 0),
                capturedLength: length,
                wireLength: length,
                interface: 0,
                linkType: 101
            )
        ]
        var dissector = Dissector(seed: seed)
        var packets = PacketBatch()
        dissector.dissect(FrameBatch(bytes: bytes.rawBytes, frames: frames.span), into: &packets)
        return packets[0]
    }

    /// Compares what decides where a packet counts.
    static func expectAgreement(_ later: [UInt8], with first: [UInt8], _ ports: UInt32) {
        var completed = dissected(later)
        #expect(completed.flags.contains(.laterFragment))
        #expect(completed.transport & 0xffff_ffff == 0)
        completed.setPorts(ports, seed)
        let expected = dissected(first)
        #expect(expected.flags.contains([.firstFragment, .hasTransport]))
        #expect(completed.transport == expected.transport)
        #expect(completed.hash == expected.hash)
        #expect(completed.flags.contains(.reversed) == expected.flags.contains(.reversed))
        #expect(completed.key0 == expected.key0 && completed.key1 == expected.key1)
        #expect(completed.key2 == expected.key2 && completed.key3 == expected.key3)
    }

    @Test(arguments: ports, [(1, 2), (2, 1), (1, 1)] as [(UInt8, UInt8)])
    func agreeWithTheFirstOnesOfIPv4(ports: UInt32, ends: (UInt8, UInt8)) {
        Self.expectAgreement(
            Self.ipv4(ends.0, ends.1, isLater: true, ports),
            with: Self.ipv4(ends.0, ends.1, isLater: false, ports),
            ports
        )
    }

    @Test(arguments: ports, [[1, 1, 1, 2], [1, 2, 1, 1], [1, 1, 2, 1], [2, 1, 1, 1], [1, 1, 1, 1]] as [[UInt8]])
    func agreeWithTheFirstOnesOfIPv6(ports: UInt32, ends: [UInt8]) {
        let (source, destination) = (Array(ends[0..<2]), Array(ends[2..<4]))
        Self.expectAgreement(
            Self.ipv6(source, destination, isLater: true, ports),
            with: Self.ipv6(source, destination, isLater: false, ports),
            ports
        )
    }

    @Test func mayBePutInAgain() {
        var packet = Self.dissected(Self.ipv4(1, 1, isLater: true, 0))
        packet.setPorts(40_000 << 16 | 53, Self.seed)
        #expect(packet.flags.contains(.reversed))
        #expect(packet.lowPort == 53)
        #expect(packet.highPort == 40_000)
        packet.setPorts(53 << 16 | 40_000, Self.seed)
        #expect(!packet.flags.contains(.reversed))
        #expect(packet.lowPort == 53)
        #expect(packet.highPort == 40_000)
        #expect(packet.protocolNumber == 17)
    }
}
