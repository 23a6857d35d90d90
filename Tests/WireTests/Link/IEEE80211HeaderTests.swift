import Addressing
import Testing
import Wire

@Suite("802.11 header") struct IEEE80211HeaderTests {
    /// QoS data between two access points, with all there can be: four addresses, QoS and HT control.
    static let packet: [UInt8] = [
        0x88, 0x83,  // QoS data; to and from the distribution system, with HT control
        0x2c, 0x00,  // duration
        0x02, 0, 0, 0, 0, 1,  // receiver
        0x02, 0, 0, 0, 0, 2,  // transmitter
        0x02, 0, 0, 0, 0, 3,  // destination
        0x10, 0x00,  // sequence 1, fragment 0
        0x02, 0, 0, 0, 0, 4,  // source
        0x06, 0x00,  // QoS control
        0x00, 0x00, 0x00, 0x00,  // HT control
    ]

    static func refused(_ bytes: some Collection<UInt8>) -> WireError? {
        refusal(of: bytes) { bytes throws(WireError) in _ = try IEEE80211Header(bytes) }
    }

    static func altered(_ changes: [Int: UInt8]) -> [UInt8] {
        var bytes = packet
        for (offset, value) in changes { bytes[offset] = value }
        return bytes
    }

    @Test(
        arguments: [
            (0x88, 0x00, 26, 1, 2), (0x88, 0x01, 26, 3, 2), (0x88, 0x02, 26, 1, 3), (0x88, 0x03, 32, 3, 4),
            (0x88, 0x83, 36, 3, 4), (0x08, 0x01, 24, 3, 2), (0x08, 0x03, 30, 3, 4), (0x80, 0x00, 24, 1, 2),
        ] as [(UInt8, UInt8, Int, UInt64, UInt64)]
    )
    func findsTheAddressesByDirection(
        type: UInt8,
        flags: UInt8,
        length: Int,
        destination: UInt64,
        source: UInt64
    ) throws {
        let bytes = Self.altered([0: type, 1: flags])
        let header = try IEEE80211Header(bytes.rawBytes)
        let read = (header.length, header.destination, header.source)
        #expect(read.0 == length)
        #expect(read.1 == MACAddress(bits: 0x0200_0000_0000 | destination))
        #expect(read.2 == MACAddress(bits: 0x0200_0000_0000 | source))
    }

    @Test(
        arguments: [
            ([:], true), ([1: 0xc3], false), ([22: 0x11], false), ([30: 0x86], false), ([0: 0xc8], false),
            ([0: 0x80], false), ([0: 0xd4], false),
        ] as [([Int: UInt8], Bool)]
    )
    func carriesLLCOnlyInWholeClearData(changes: [Int: UInt8], carriesLLC: Bool) throws {
        let bytes = Self.altered(changes)
        let read = try IEEE80211Header(bytes.rawBytes).carriesLLC
        #expect(read == carriesLLC)
    }

    @Test func knowsProtectedAndAggregateFrames() throws {
        let protected = Self.altered([1: 0xc3])
        let aggregate = Self.altered([30: 0x86])
        let first = try IEEE80211Header(protected.rawBytes)
        let second = try IEEE80211Header(aggregate.rawBytes)
        let read = (first.isProtected, first.isAggregate, second.isProtected, second.isAggregate)
        #expect(read.0)
        #expect(!read.1)
        #expect(!read.2)
        #expect(read.3)
    }

    @Test func countsThePaddingOfTheDriver() throws {
        let bytes = Self.altered([1: 0x01])
        let header = try IEEE80211Header(bytes.rawBytes, isPadded: true)
        let length = header.length
        #expect(length == 28)
    }

    @Test func hasNoAddressesInControlFrames() throws {
        let bytes: [UInt8] = [0xd4, 0x00, 0, 0, 0x02, 0, 0, 0, 0, 1]
        let header = try IEEE80211Header(bytes.rawBytes)
        let read = (header.length, header.destination, header.source)
        #expect(read.0 == 10)
        #expect(read.1 == nil)
        #expect(read.2 == nil)
    }

    @Test(arguments: 0..<36) func saysWhenBytesAreMissing(length: Int) {
        #expect(Self.refused(Self.packet.prefix(length)) == .truncated(.ieee80211))
    }

    @Test(arguments: [0x89, 0x0c] as [UInt8]) func refusesAnotherVersionAndTheReservedType(first: UInt8) {
        #expect(Self.refused(Self.altered([0: first])) == .malformed(.ieee80211))
    }
}
