import Addressing

/// The rules of who may go outside, ready to be asked for an end, a place and a port.
struct EgressRules {
    private struct Way: Hashable {
        /// The number of a profile.
        var source: Int
        var block: UInt16
        var domain: UInt16
        var protocolNumber: UInt8
    }

    private let rules: [EgressRule]
    /// The selector of each.
    private let sources: [Int32?]
    /// Those that go anywhere.
    private let everywhere: [Int32]
    private let blocks: BlockIndex
    private let domains: DomainIndex
    private let protocols: Set<UInt8>
    private var tables: [Way: PortTable] = [:]

    /// Ways that are remembered; when there are more, all are worked out anew.
    private static var limit: Int { 16_384 }

    init(_ rules: [EgressRule], number: (Selector) -> Int32) {
        self.rules = rules
        sources = rules.map { $0.source.map(number) }
        let numbered = rules.enumerated().map { (number: Int32($0.offset), rule: $0.element) }
        everywhere = numbered.filter { $0.rule.goesAnywhere }.map(\.number)
        blocks = BlockIndex(numbered.flatMap { entry in entry.rule.blocks.map { ($0, entry.number) } })
        domains = DomainIndex(numbered.flatMap { entry in entry.rule.domains.map { ($0, entry.number) } })
        protocols = Set(rules.compactMap(\.traffic.protocolNumber))
    }

    /// Whether nothing is declared.
    var isEmpty: Bool { rules.isEmpty }

    mutating func removeAll() { tables.removeAll(keepingCapacity: true) }

    /// The first rule by which an end may go to an address, or to what has a name, at a port; nil when there is none. `source` is
    /// the number of a profile.
    mutating func rule(
        from source: Int,
        in profiles: EndProfiles,
        to address: IPAddress,
        name: String?,
        protocolNumber: UInt8,
        port: UInt16
    ) -> Int? {
        let way = Way(
            source: source,
            block: blocks.place(of: address),
            domain: domains.place(of: name),
            protocolNumber: protocols.contains(protocolNumber) ? protocolNumber : 255
        )
        if let table = tables[way] { return table.rule(of: port) }
        if tables.count >= Self.limit { removeAll() }
        let table = table(way, profiles[source])
        tables[way] = table
        return table.rule(of: port)
    }

    private func table(_ way: Way, _ source: EndProfile) -> PortTable {
        let candidates = Set(everywhere).union(blocks.numbers(at: way.block)).union(domains.numbers(at: way.domain))
        let fitting = candidates.sorted().filter { number in
            let rule = rules[Int(number)]
            return (rule.traffic.protocolNumber ?? way.protocolNumber) == way.protocolNumber
                && (rule.level == nil || rule.level == source.level) && source.holds(sources[Int(number)])
        }
        return PortTable(fitting.map { ($0, rules[Int($0)].traffic.ports) })
    }
}
