import Addressing

/// The networks that interfaces have addresses in, by scope: the weakest evidence of what an address is.
///
/// Derived from the open addresses, and made anew when enough of them have changed that it costs little for each.
struct NetworkTable {
    /// What an address is in the networks of a scope.
    enum Place {
        case outside, inside, broadcast
    }

    private struct Network: Hashable {
        var scope: ScopeName?
        var prefix: IPAddress
        var length: UInt8
    }

    private var networks: Set<Network> = []
    /// Those that reach beyond this host: who has no address here may be anywhere in them.
    private var openNetworks: Set<Network> = []
    /// Lengths that occur, longest first.
    private var lengths: [UInt8] = []
    private var longLengths: [UInt8] = []
    private var pending = 0
    private var size = 0
    private var version: UInt64 = 0
    private var madeAt = Timestamp(nanoseconds: .min)

    mutating func noteChange() { pending += 1 }

    /// Whether it is time: enough has changed to pay for it, or anything has and a second went by.
    func isDue(version: UInt64, at time: Timestamp, atOnce: Bool) -> Bool {
        let changes = pending + Int(clamping: version &- self.version)
        guard changes > 0 else { return false }
        if atOnce { return changes * 32 >= size }
        return time.nanoseconds.subtractingReportingOverflow(madeAt.nanoseconds).overflow
            || time.nanoseconds - madeAt.nanoseconds >= 1_000_000_000
    }

    mutating func begin(version: UInt64, at time: Timestamp) {
        networks.removeAll(keepingCapacity: true)
        openNetworks.removeAll(keepingCapacity: true)
        lengths.removeAll()
        longLengths.removeAll()
        pending = 0
        size = 0
        self.version = version
        madeAt = time
    }

    /// An address with a prefix that covers more than itself puts its network in.
    mutating func insert(_ address: IPAddress, length: UInt8, scope: ScopeName) {
        size += 1
        guard length > 0, length < (address.isIPv6 ? 128 : 32), !address.isLinkLocalIPv6 else { return }
        let prefix = address.prefix(length)
        guard networks.insert(Network(scope: scope, prefix: prefix, length: length)).inserted else { return }
        networks.insert(Network(scope: nil, prefix: prefix, length: length))
        if address.isIPv6 { Self.insert(length, into: &longLengths) } else { Self.insert(length, into: &lengths) }
    }

    /// The network that an address is in reaches beyond this host.
    mutating func open(_ address: IPAddress, length: UInt8, scope: ScopeName) {
        let prefix = address.prefix(length)
        openNetworks.insert(Network(scope: scope, prefix: prefix, length: length))
        openNetworks.insert(Network(scope: nil, prefix: prefix, length: length))
    }

    /// Without a scope, in those of all.
    func place(of address: IPAddress, in scope: ScopeName?) -> Place {
        for length in address.isIPv6 ? longLengths : lengths {
            let network = Network(scope: scope, prefix: address.prefix(length), length: length)
            guard networks.contains(network) else { continue }
            // RFC 919; with a prefix of 31 there is none (RFC 3021).
            if case .v4(let address) = address, length < 31, address.bits | .max << (32 - UInt32(length)) == .max {
                return .broadcast
            }
            return openNetworks.contains(network) ? .outside : .inside
        }
        return .outside
    }

    private static func insert(_ length: UInt8, into list: inout [UInt8]) {
        guard !list.contains(length) else { return }
        list.append(length)
        list.sort(by: >)
    }
}

extension IPAddress {
    /// The address with all but its first bits cleared.
    fileprivate func prefix(_ length: UInt8) -> Self {
        switch self {
        case .v4(let address):
            return .v4(IPv4Address(bits: length == 0 ? 0 : address.bits & .max << (32 - min(32, UInt32(length)))))
        case .v6(let address):
            let high = min(64, UInt64(length))
            let low = UInt64(length) > 64 ? min(64, UInt64(length) - 64) : 0
            return .v6(
                IPv6Address(
                    high: high == 0 ? 0 : address.high & .max << (64 - high),
                    low: low == 0 ? 0 : address.low & .max << (64 - low)
                )
            )
        }
    }
}

extension IdentityJournal {
    /// Makes the table of networks anew when it is due.
    mutating func renewNetworks(atOnce: Bool) {
        guard networks.isDue(version: topology.version, at: now, atOnce: atOnce) else { return }
        networks.begin(version: topology.version, at: now)
        revision &+= 1
        var outward: [(IPAddress, UInt8, ScopeName)] = []
        for (address, list) in addresses.periods {
            for period in list where period.until == nil {
                let (holding, scope) = (period.value, topology.scope(of: period.value.interface))
                networks.insert(address, length: holding.prefixLength, scope: scope)
                if topology.leadsOut(holding.interface) { outward.append((address, holding.prefixLength, scope)) }
            }
        }
        // Others' machines are there, too, and also where containers share the network with them.
        for (address, length, scope) in outward { networks.open(address, length: length, scope: scope) }
    }
}
