import Addressing
import Testing
import Wire

@Suite("Neighbour discovery") struct NeighbourDiscoveryTests {
    static let target: [UInt8] = [0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x01]

    /// A neighbour advertisement: solicited, overriding, with its hardware address.
    static let advertisement: [UInt8] =
        [0x88, 0x00, 0x00, 0x00, 0x60, 0x00, 0x00, 0x00] + target
        + [0x02, 0x01, 0x02, 0x42, 0xac, 0x11, 0x00, 0x02]  // target's hardware address

    static let prefix: [UInt8] = [
        0x03, 0x04, 0x40, 0xc0,  // prefix of 64 bits, on the link, for addresses
        0x00, 0x00, 0x0e, 0x10,  // valid for an hour
        0x00, 0x00, 0x07, 0x08, 0x00, 0x00, 0x00, 0x00,  // preferred for half, reserved
        0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0,  // 2001:db8:0:1::
    ]

    static let router: [UInt8] =
        [
            0x86, 0x00, 0x00, 0x00,  // router advertisement, checksum
            0x40, 0x00, 0x07, 0x08,  // hop limit, flags, lifetime of half an hour
            0, 0, 0, 0, 0, 0, 0, 0,  // timers
            0x01, 0x01, 0x02, 0x42, 0xac, 0x11, 0x00, 0x01,  // source's hardware address
            0x19, 0x01, 0, 0, 0, 0, 0, 0,  // an option we do not know
        ] + prefix

    static func read(_ bytes: [UInt8]) throws -> NeighbourDiscovery { try NeighbourDiscovery(bytes.rawBytes) }

    static func refused(_ bytes: some Collection<UInt8>) -> WireError? {
        refusal(of: bytes) { bytes throws(WireError) in _ = try NeighbourDiscovery(bytes) }
    }

    @Test func readsANeighbourAdvertisement() throws {
        let message = try Self.read(Self.advertisement)
        #expect(message.kind == .neighbourAdvertisement)
        #expect(message.target?.description == "fe80::1")
        #expect(message.linkLayerAddress?.description == "02:42:ac:11:00:02")
        #expect(message.isSolicited)
        #expect(message.isOverride)
        #expect(message.routerLifetime == nil)
    }

    @Test func readsARouterAdvertisement() throws {
        let message = try Self.read(Self.router)
        #expect(message.kind == .routerAdvertisement)
        #expect(message.target == nil)
        #expect(message.linkLayerAddress?.description == "02:42:ac:11:00:01")
        #expect(message.routerLifetime == 1800)
        #expect(message.prefixes.count == 1)
        let prefix = try #require(message.prefixes.first)
        #expect(prefix.address.description == "2001:db8:0:1::")
        #expect(prefix.length == 64)
        #expect(prefix.isAutonomous)
        #expect(prefix.validLifetime == 3600)
    }

    @Test func readsSolicitationsAndRedirects() throws {
        let source: [UInt8] = [0x01, 0x01, 0x02, 0, 0, 0, 0, 0x09]
        let neighbour = try Self.read([0x87, 0, 0, 0, 0, 0, 0, 0] + Self.target + source)
        #expect(neighbour.kind == .neighbourSolicitation)
        #expect(neighbour.target?.description == "fe80::1")
        #expect(neighbour.linkLayerAddress?.description == "02:00:00:00:00:09")
        let router = try Self.read([0x85, 0, 0, 0, 0, 0, 0, 0] + source)
        #expect(router.kind == .routerSolicitation)
        #expect(router.target == nil)
        let redirect = try Self.read([0x89, 0, 0, 0, 0, 0, 0, 0] + Self.target + Self.target + source)
        #expect(redirect.kind == .redirect)
        #expect(redirect.target?.description == "fe80::1")
        // A redirect speaks of its target, so that a source's address is not its to give.
        #expect(redirect.linkLayerAddress == nil)
    }

    @Test(arguments: [Int](0..<24) + [Int](25..<32)) func saysWhenBytesAreMissing(length: Int) {
        #expect(Self.refused(Self.advertisement.prefix(length)) == .truncated(.icmpv6))
    }

    @Test(arguments: [(0, 0x80), (0, 0x8a), (1, 0x01), (25, 0x00)] as [(Int, UInt8)])
    func refusesOtherTypesCodesAndEmptyOptions(offset: Int, value: UInt8) {
        var bytes = Self.advertisement
        bytes[offset] = value
        #expect(Self.refused(bytes) == .malformed(.icmpv6))
    }

    @Test func refusesAPrefixLongerThanAnAddress() {
        var bytes = Self.router
        bytes[34] = 129
        #expect(Self.refused(bytes) == .malformed(.icmpv6))
    }

    @Test func keepsEightPrefixes() throws {
        let many = [[UInt8]](repeating: Self.prefix, count: 9).flatMap(\.self)
        let message = try Self.read(Self.router + many)
        #expect(message.prefixes.count == 8)
    }

    @Test func looksAtThirtyTwoOptions() throws {
        let unknown: [UInt8] = [0x19, 0x01, 0, 0, 0, 0, 0, 0]
        let start = Array(Self.router.prefix(16))
        let many = [[UInt8]](repeating: unknown, count: 31).flatMap(\.self)
        #expect(try Self.read(start + many + Self.prefix).prefixes.count == 1)
        #expect(try Self.read(start + many + unknown + Self.prefix).prefixes.isEmpty)
    }
}
