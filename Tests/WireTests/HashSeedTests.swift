import Testing

@testable import Wire

@Suite("Hash seed") struct HashSeedTests {
    static let fixed = HashSeed(
        first: 0x243f_6a88_85a3_08d3,
        second: 0x1319_8a2e_0370_7345,
        third: 0xa409_3822_299f_31d1,
        fourth: 0x082e_fa98_ec4e_6c89
    )

    @Test func givesTheSameNumberForTheSameKey() {
        let seed = HashSeed.random()
        #expect(seed.mix(1, 2) == seed.mix(1, 2))
        #expect(seed.mix(1, 2, 3, 4, 5) == seed.mix(1, 2, 3, 4, 5))
    }

    /// By chance alone two seeds agree once in 2^64.
    @Test func isAnotherEachTime() {
        let (one, other) = (HashSeed.random(), HashSeed.random())
        #expect(one.mix(1, 2) != other.mix(1, 2))
        #expect(one.mix(1, 2, 3, 4, 5) != other.mix(1, 2, 3, 4, 5))
    }

    @Test(arguments: 0..<64) func heedsEveryBitOfTheKey(bit: Int) {
        let flip = UInt64(1) << UInt64(bit)
        let seed = Self.fixed
        #expect(seed.mix(flip, 0) != seed.mix(0, 0))
        #expect(seed.mix(0, flip) != seed.mix(0, 0))
        let zero = seed.mix(0, 0, 0, 0, 0)
        #expect(seed.mix(flip, 0, 0, 0, 0) != zero)
        #expect(seed.mix(0, flip, 0, 0, 0) != zero)
        #expect(seed.mix(0, 0, flip, 0, 0) != zero)
        #expect(seed.mix(0, 0, 0, flip, 0) != zero)
        #expect(seed.mix(0, 0, 0, 0, flip) != zero)
    }

    /// Ports that count up are what scans and ephemeral ports look like. 65,536 keys in 4,096 places are 16 each.
    @Test func spreadsPortsThatCountUp() {
        var ipv4 = [Int](repeating: 0, count: 4096)
        var ipv6 = ipv4
        for port in 0...UInt64(UInt16.max) {
            let transport = 6 << 32 | 443 << 16 | port
            ipv4[Int(Self.fixed.mix(0x0a00_0001_0a00_0002, transport) & 4095)] += 1
            ipv6[Int(Self.fixed.mix(0xfd00 << 48, 1, 0xfd00 << 48, 2, transport) & 4095)] += 1
        }
        #expect((ipv4.max() ?? 0) < 64)
        #expect((ipv6.max() ?? 0) < 64)
    }

    @Test func spreadsAddressesThatCountUp() {
        var places = [Int](repeating: 0, count: 4096)
        for address in 0...UInt64(UInt16.max) {
            places[Int(Self.fixed.mix(0x0a00_0001_0a00_0000 | address, 17 << 32 | 53) & 4095)] += 1
        }
        #expect((places.max() ?? 0) < 64)
    }
}
