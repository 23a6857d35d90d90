/// The interfaces between levels, ready to be asked for two ends, a protocol and a port.
struct InterfaceRules {
    private struct Levels: Hashable {
        var from: SensitivityLevel
        var to: SensitivityLevel
    }

    /// An interface in one of its directions.
    private struct Way {
        var interface: Int32
        var traffic: Traffic
        /// The numbers of the selectors of who begins, and of the other.
        var source: Int32?
        var destination: Int32?
    }

    private struct Pair: Hashable {
        var source: Int
        var destination: Int
        var protocolNumber: UInt8
    }

    private var ways: [Levels: [Way]] = [:]
    private var protocols: Set<UInt8> = []
    private var tables: [Pair: PortTable] = [:]

    /// Pairs of profiles that are remembered; when there are more, all are worked out anew.
    private static var limit: Int { 16_384 }

    init(_ interfaces: [LevelInterface], number: (Selector) -> Int32) {
        for (place, interface) in interfaces.enumerated() {
            var way = Way(interface: Int32(place), traffic: interface.traffic)
            way.source = interface.source.map(number)
            way.destination = interface.destination.map(number)
            ways[Levels(from: interface.from, to: interface.to), default: []].append(way)
            if let known = interface.traffic.protocolNumber { protocols.insert(known) }
            if interface.direction == .both {
                swap(&way.source, &way.destination)
                ways[Levels(from: interface.to, to: interface.from), default: []].append(way)
            }
        }
    }

    mutating func removeAll() { tables.removeAll(keepingCapacity: true) }

    /// The first interface by which one end may call another at a port; nil when there is none. The numbers are those of profiles.
    mutating func interface(
        from source: Int,
        to destination: Int,
        in profiles: EndProfiles,
        protocolNumber: UInt8,
        port: UInt16
    ) -> Int? {
        // Protocols that no rule names are alike; 255 is nobody's.
        let number = protocols.contains(protocolNumber) ? protocolNumber : 255
        let pair = Pair(source: source, destination: destination, protocolNumber: number)
        if let table = tables[pair] { return table.rule(of: port) }
        if tables.count >= Self.limit { removeAll() }
        let table = table(from: profiles[source], to: profiles[destination], protocolNumber: number)
        tables[pair] = table
        return table.rule(of: port)
    }

    private func table(from source: EndProfile, to destination: EndProfile, protocolNumber: UInt8) -> PortTable {
        guard let from = source.level, let to = destination.level else { return PortTable([]) }
        let fitting = (ways[Levels(from: from, to: to)] ?? []).filter { way in
            (way.traffic.protocolNumber ?? protocolNumber) == protocolNumber
                && source.holds(way.source) && destination.holds(way.destination)
        }
        return PortTable(fitting.map { ($0.interface, $0.traffic.ports) })
    }
}
