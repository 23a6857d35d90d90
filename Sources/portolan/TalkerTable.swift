import Addressing
import Flows
import Records
import Wire

/// Who talked to whom, and how much: pairs of initiator and responder.
///
/// Bounded: pairs that come when it is full are added up as one. Open addressing, as a scan makes millions of flows.
struct TalkerTable {
    /// A pair of ends as others see it.
    struct Talker {
        var source: IPAddress
        var destination: IPAddress
        var scope: UInt32
        /// What names the scope.
        var scopeName: Scope.Name
        /// The service of the largest flow.
        var service: TalkerService
        /// One bit for each service, by a hash: tells one from several, and several from many.
        var services: UInt64
        var flows: UInt64
        var packets: UInt64
        var bytes: UInt64
        var names: FlowNames
    }

    /// What every flow of a pair changes: numbers only, as a scan ends millions of flows.
    fileprivate struct Pair {
        var sourceHigh: UInt64
        var sourceLow: UInt64
        var destinationHigh: UInt64
        var destinationLow: UInt64
        var scope: UInt32
        var isIPv6: Bool
        var service: TalkerService
        /// How many bytes the largest flow had.
        var largest: UInt64 = 0
        var services: UInt64 = 0
        var sum = TrafficSums.Sum()
    }

    private var pairs: [Pair] = []
    private var scopeNames: [Scope.Name] = []
    private var names: [FlowNames] = []
    private var slots: [UInt32]
    private let seed = HashSeed.random()
    private let resolvesNames: Bool

    /// What could not be kept apart.
    private(set) var rest = TrafficSums.Sum()

    /// The most pairs that are kept apart.
    static var limit: Int { 16_384 }

    init(resolvesNames: Bool) {
        self.resolvesNames = resolvesNames
        slots = [UInt32](repeating: 0, count: Self.limit * 4)
    }

    /// Adds an ended flow.
    mutating func add(_ flow: Flow, _ book: borrowing FlowBook, _ names: FlowNames) {
        let source = flow.sourceBits
        let destination = flow.destinationBits
        let hash = seed.mix(source.high, source.low, destination.high, destination.low, UInt64(flow.scope))
        let mask = slots.count - 1
        var position = Int(truncatingIfNeeded: hash) & mask
        while slots[position] != 0 {
            let index = Int(slots[position]) - 1
            if pairs[index].joins(source, destination, flow) {
                pairs[index].add(flow)
                if resolvesNames { learn(names, index) }
                return
            }
            position = (position + 1) & mask
        }
        guard pairs.count < Self.limit else {
            rest.add(flow)
            return
        }
        var pair = Pair(
            sourceHigh: source.high,
            sourceLow: source.low,
            destinationHigh: destination.high,
            destinationLow: destination.low,
            scope: flow.scope,
            isIPv6: flow.isIPv6,
            service: TalkerService(flow)
        )
        pair.add(flow)
        pairs.append(pair)
        scopeNames.append(book.scopeName(of: flow))
        self.names.append(resolvesNames ? names : FlowNames())
        slots[position] = UInt32(pairs.count)
    }

    /// Takes what a pair was not called yet.
    @inline(__always)
    private mutating func learn(_ more: FlowNames, _ index: Int) {
        if more.source == nil, more.destination == nil { return }
        if names[index].source == nil { names[index].source = more.source }
        if names[index].destination == nil { names[index].destination = more.destination }
    }

    /// How many pairs there are of which something counts: what a twin told already does not count again.
    var count: Int { pairs.count { $0.sum.packets > 0 } }

    /// The pairs with most bytes, those seen first among equals.
    func top(_ count: Int) -> [Talker] {
        var top: [Int] = []
        for index in pairs.indices where pairs[index].sum.packets > 0 {
            if top.count == count, pairs[top[count - 1]].sum.bytes >= pairs[index].sum.bytes { continue }
            let place = top.firstIndex { pairs[$0].sum.bytes < pairs[index].sum.bytes } ?? top.count
            top.insert(index, at: place)
            if top.count > count { top.removeLast() }
        }
        return top.map { talker($0) }
    }

    private func talker(_ index: Int) -> Talker {
        let pair = pairs[index]
        return Talker(
            source: pair.address(pair.sourceHigh, pair.sourceLow),
            destination: pair.address(pair.destinationHigh, pair.destinationLow),
            scope: pair.scope,
            scopeName: scopeNames[index],
            service: pair.service,
            services: pair.services,
            flows: pair.sum.flows,
            packets: pair.sum.packets,
            bytes: pair.sum.bytes,
            names: names[index]
        )
    }
}

extension TalkerTable.Pair {
    @inline(__always)
    fileprivate func joins(
        _ source: (high: UInt64, low: UInt64),
        _ destination: (high: UInt64, low: UInt64),
        _ flow: Flow
    ) -> Bool {
        sourceLow == source.low && destinationLow == destination.low && sourceHigh == source.high
            && destinationHigh == destination.high && scope == flow.scope && isIPv6 == flow.isIPv6
    }

    @inline(__always)
    fileprivate mutating func add(_ flow: Flow) {
        sum.add(flow)
        let service = TalkerService(flow)
        services |= service.bit
        if flow.bytes > largest {
            largest = flow.bytes
            self.service = service
        }
    }

    fileprivate func address(_ high: UInt64, _ low: UInt64) -> IPAddress {
        isIPv6
            ? .v6(IPv6Address(high: high, low: low)) : .v4(IPv4Address(bits: UInt32(truncatingIfNeeded: low)))
    }
}
