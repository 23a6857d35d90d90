import Addressing
import Netlink
import Policy

/// Which addresses have which level, and which are not outside, as sets that every table of levels has.
struct LevelEnds {
    private var levels: [IPAddress: SensitivityLevel] = [:]
    /// Addresses of links that several levels have, on different links perhaps: another level to everybody.
    private var shared: Set<IPAddress> = []
    private let inside: [IPPrefix]
    private(set) var gaps: [LevelGap] = []

    init(_ places: [LevelledPlace], inside: [IPPrefix]) {
        self.inside = inside
        var contested: Set<IPAddress> = []
        for place in places {
            for address in place.addresses {
                if let known = levels[address], known != place.level { contested.insert(address) }
                levels[address] = place.level
            }
        }
        for place in places {
            for address in place.linkAddresses {
                if let known = levels[address], known != place.level { shared.insert(address) }
                levels[address] = place.level
            }
        }
        for address in shared { levels[address] = nil }
        for address in contested.sorted() {
            levels[address] = nil
            gaps.append(.twoLevels(address))
        }
    }

    /// The set of all addresses that have a level, or of those that have one of them.
    static func name(_ version: Nftables.IPVersion, _ level: SensitivityLevel? = nil) -> String {
        let word = version == .v4 ? "v4" : "v6"
        return level.map { "level\($0.rank)_\(word)" } ?? "levelled_\(word)"
    }

    static func insideName(_ version: Nftables.IPVersion) -> String { version == .v4 ? "inside_v4" : "inside_v6" }

    /// Puts the sets in. All are there, also those in which nothing is: who has a level comes and goes.
    func insert(into table: inout DesiredTable, _ ranks: Set<SensitivityLevel>) {
        for version in [Nftables.IPVersion.v4, .v6] {
            let kind: Nftables.FieldKind = version == .v4 ? .ipv4 : .ipv6
            for name in [Self.name(version)] + ranks.map({ Self.name(version, $0) }) {
                table.sets[name] = Nftables.Set(table.family, name, key: [kind])
                table.elements[name] = table.elements[name] ?? [:]
            }
            let name = Self.insideName(version)
            table.sets[name] = Nftables.Set(table.family, name, key: [kind], flags: .interval)
            table.elements[name] = Self.elements(inside + Self.toMany, version)
        }
        for address in shared {
            table.elements[Self.name(.v6)]?[Nftables.Key(.address(address))] = DesiredElement()
        }
        for (address, level) in levels {
            let version: Nftables.IPVersion = address.isIPv6 ? .v6 : .v4
            let key = Nftables.Key(.address(address))
            table.elements[Self.name(version)]?[key] = DesiredElement()
            if ranks.contains(level) { table.elements[Self.name(version, level)]?[key] = DesiredElement() }
        }
    }

    private static func elements(
        _ prefixes: [IPPrefix],
        _ version: Nftables.IPVersion
    ) -> [Nftables.Key: DesiredElement] {
        let ranges = Set(prefixes).filter { $0.address.isIPv6 == (version == .v6) }.map {
            ElementRange(addresses: $0.numbers, ports: 0...0, element: DesiredElement())
        }
        var elements: [Nftables.Key: DesiredElement] = [:]
        for range in ElementRange.disjoint(ranges) {
            elements[Nftables.Key(.addresses(range.addresses, isIPv6: version == .v6))] = DesiredElement()
        }
        return elements
    }

    /// Multicast and limited broadcast, which no router carries outside by itself. RFC 5771, RFC 919, RFC 4291 section 2.7.
    private static var toMany: [IPPrefix] {
        [
            IPPrefix(.v4(IPv4Address(bits: 0xe000_0000)), length: 4),
            IPPrefix(.v4(IPv4Address(bits: .max)), length: 32),
            IPPrefix(.v6(IPv6Address(high: 0xff00_0000_0000_0000, low: 0)), length: 8),
            IPPrefix(.v6(IPv6Address(high: 0xfe80_0000_0000_0000, low: 0)), length: 10),
        ].compactMap { $0 }
    }
}
