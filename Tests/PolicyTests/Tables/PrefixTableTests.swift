import Addressing
import Support
import Testing

@testable import Policy

@Suite("Prefix table")
struct PrefixTableTests {
    private static func prefix(_ text: String) throws -> IPPrefix { try #require(IPPrefix(text)) }
    private static func address(_ text: String) throws -> IPAddress { try #require(IPAddress(text)) }

    private static func table(_ prefixes: [String]) throws -> PrefixTable {
        var builder = PrefixTableBuilder()
        for (number, text) in prefixes.enumerated() { builder.add(try prefix(text), value: UInt16(number)) }
        return builder.build()
    }

    @Test func hasNothingAtFirst() throws {
        let table = PrefixTable()
        #expect(table.count == 0)
        for text in ["0.0.0.0", "255.255.255.255", "::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"] {
            #expect(table.value(of: try Self.address(text)) == nil)
        }
    }

    @Test(
        arguments: [
            ("9.255.255.255", nil), ("10.0.0.0", 0), ("10.1.0.0", 1), ("10.1.2.2", 1), ("10.1.2.3", 2), ("10.1.2.4", 1),
            ("10.1.255.255", 1), ("10.2.0.0", 0), ("10.255.255.255", 0), ("11.0.0.0", nil), ("255.255.255.255", 3),
            ("2001:db7:ffff::", nil), ("2001:db8::", 4), ("2001:db8:0:1::5", 5), ("2001:db8:0:2::", 4),
            ("::a00:1", nil),
        ] as [(String, UInt16?)]
    )
    func findsTheLongest(text: String, value: UInt16?) throws {
        let table = try Self.table([
            "10.0.0.0/8", "10.1.0.0/16", "10.1.2.3", "255.255.255.255", "2001:db8::/32", "2001:db8:0:1::/64",
        ])
        #expect(table.count == 6)
        #expect(table.value(of: try Self.address(text)) == value)
    }

    @Test func holdsWholeFamilies() throws {
        let table = try Self.table(["0.0.0.0/0", "::/0", "ffff::/16"])
        #expect(table.value(of: try Self.address("0.0.0.0")) == 0)
        #expect(table.value(of: try Self.address("255.255.255.255")) == 0)
        #expect(table.value(of: try Self.address("::")) == 1)
        #expect(table.value(of: try Self.address("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")) == 2)
    }

    @Test func theLowerNumberOfTheSameBlockCounts() throws {
        var builder = PrefixTableBuilder()
        for value in [UInt16(7), 3, 9] { builder.add(try Self.prefix("10.0.0.0/8"), value: value) }
        let table = builder.build()
        #expect(table.value(of: try Self.address("10.1.1.1")) == 3)
        #expect(builder.count == 0)
    }

    /// The longest of all that hold an address, the lowest number of the same.
    private static func naive(_ entries: [(IPPrefix, UInt16)], _ address: IPAddress) -> UInt16? {
        entries.filter { $0.0.contains(address) }
            .min { ($1.0.length, $0.1) < ($0.0.length, $1.1) }?.1
    }

    private static func naive(_ lowest: [IPPrefix: UInt16], _ address: IPAddress) -> UInt16? {
        for length in stride(from: address.isIPv6 ? 128 : 32, through: 0, by: -1) {
            if let prefix = IPPrefix(address, length: length), let value = lowest[prefix] { return value }
        }
        return nil
    }

    /// `spread`: the bits of an address that are random, so that blocks lie in one another often, or hardly ever.
    @Test(arguments: [4, 12, 20, 32, 64, 128])
    func isALongestPrefixSearch(spread: Int) throws {
        var numbers = SeededNumbers(seed: UInt64(spread))
        func address(_ isIPv6: Bool) -> IPAddress {
            guard isIPv6 else {
                let bits = UInt32(truncatingIfNeeded: numbers.next())
                return .v4(IPv4Address(bits: spread < 32 ? 0xc0a8_0000 | bits >> UInt32(32 - spread) : bits))
            }
            let (high, low) = (numbers.next(), numbers.next())
            return spread <= 64
                ? .v6(IPv6Address(high: 0x2001_0db8 << 32, low: spread < 64 ? low >> UInt64(64 - spread) : low))
                : .v6(IPv6Address(high: high, low: low))
        }
        var entries: [(IPPrefix, UInt16)] = []
        var builder = PrefixTableBuilder()
        for number in 0..<10_000 {
            let isIPv6 = number % 2 == 0
            let length = Int.random(in: 0...(isIPv6 ? 128 : 32), using: &numbers)
            let prefix = try #require(IPPrefix(address(isIPv6), length: length))
            let value = UInt16.random(in: 0..<2000, using: &numbers)
            entries.append((prefix, value))
            builder.add(prefix, value: value)
        }
        let table = builder.build()
        let lowest = Dictionary(entries.map { ($0.0, $0.1) }, uniquingKeysWith: min)
        var found = 0
        var asked: [IPAddress] = (0..<1600).map { address($0 % 2 == 0) }
        // Where blocks begin, and just before.
        for entry in entries.prefix(50) {
            asked.append(entry.0.address)
            switch entry.0.address {
            case .v4(let address): asked.append(.v4(IPv4Address(bits: address.bits &- 1)))
            case .v6(let address): asked.append(.v6(IPv6Address(high: address.high, low: address.low &- 1)))
            }
        }
        for (number, address) in asked.enumerated() {
            // Every block for some of them; for the rest every length.
            let value = number % 20 == 0 ? Self.naive(entries, address) : Self.naive(lowest, address)
            #expect(table.value(of: address) == value, "\(address)")
            found += value == nil ? 0 : 1
        }
        #expect(found > 0)
    }

    @Test func theOrderOfEntriesChangesNothing() throws {
        var numbers = SeededNumbers(seed: 11)
        var entries: [(IPPrefix, UInt16)] = try (0..<500).map { number in
            let address = IPAddress.v4(IPv4Address(bits: UInt32(truncatingIfNeeded: numbers.next()) & 0xffff))
            return (try #require(IPPrefix(address, length: Int(numbers.next() % 33))), UInt16(number))
        }
        func values() -> [UInt16?] {
            var builder = PrefixTableBuilder()
            for (prefix, value) in entries { builder.add(prefix, value: value) }
            let table = builder.build()
            return (0..<2000).map { table.value(of: .v4(IPv4Address(bits: UInt32($0 * 31)))) }
        }
        let before = values()
        entries.shuffle(using: &numbers)
        #expect(values() == before)
        #expect(Set(before).count > 50)
    }

    /// Blocks that crowd in a few places, each of which needs an index of its own, and those again.
    @Test func crowdsAreFoundAsWell() throws {
        var numbers = SeededNumbers(seed: 21)
        let places = (0..<40).map { _ in numbers.next() & ~0xffff_ffff }
        var lowest: [IPPrefix: UInt16] = [:]
        var builder = PrefixTableBuilder()
        for number in 0..<20_000 {
            let high = (places.randomElement(using: &numbers) ?? 0) | (numbers.next() >> (number % 3 == 0 ? 32 : 54))
            let prefix = try #require(IPPrefix(.v6(IPv6Address(high: high, low: 0)), length: 56 + number % 20))
            let value = UInt16(number % 3000)
            lowest[prefix] = min(lowest[prefix] ?? .max, value)
            builder.add(prefix, value: value)
        }
        let table = builder.build()
        var found = 0
        for prefix in lowest.keys {
            guard case .v6(let first) = prefix.address else { continue }
            for address in [first.low, first.low &- 1, numbers.next()] {
                let address = IPAddress.v6(IPv6Address(high: first.high, low: address))
                let value = Self.naive(lowest, address)
                #expect(table.value(of: address) == value)
                found += value == nil ? 0 : 1
            }
        }
        #expect(found > 10_000)
    }
}
