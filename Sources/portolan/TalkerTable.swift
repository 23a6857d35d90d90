import Addressing
import Containers
import Flows
import Records
import Wire

/// Who talked to whom, and how much: pairs of initiator and responder.
///
/// Bounded: when it is full, a pair with far more bytes takes the place of a lesser one, and the others are added up. Open
/// addressing over memory of its own, as a scan makes millions of flows and an array's checks cost more than the sums.
/// Safe: every position is masked, every number its own.
@safe final class TalkerTable {
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
        var hash: UInt64
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

    /// Room for `limit` pairs, of which the first `count` are there.
    private let pairs: UnsafeMutablePointer<Pair>
    private(set) var count = 0
    /// The pair that was asked last to give way.
    private var hand = 0
    /// Numbers of pairs, plus one, at places of their hash.
    private let slots: UnsafeMutablePointer<UInt32>
    private var scopeNames: [Scope.Name] = []
    private var names: [FlowNames] = []
    private let seed = HashSeed.random()
    private let resolvesNames: Bool

    /// What could not be kept apart.
    private(set) var rest = TrafficSums.Sum()

    /// The most pairs that are kept apart.
    static var limit: Int { 4096 }

    init(resolvesNames: Bool) {
        self.resolvesNames = resolvesNames
        unsafe pairs = .allocate(capacity: Self.limit)
        unsafe slots = .allocate(capacity: Self.slotCount)
        unsafe slots.initialize(repeating: 0, count: Self.slotCount)
    }

    deinit {
        unsafe pairs.deallocate()
        unsafe slots.deallocate()
    }

    private static var slotCount: Int { limit * 4 }
    private static var mask: Int { slotCount - 1 }

    /// Adds an ended flow.
    func add(_ flow: Flow, _ book: borrowing FlowBook, _ known: FlowNames) {
        let names = resolvesNames ? known.called : FlowNames()
        let source = flow.sourceBits
        let destination = flow.destinationBits
        let hash = seed.mix(source.high, source.low, destination.high, destination.low, UInt64(flow.talkerScope))
        var position = Int(truncatingIfNeeded: hash) & Self.mask
        while unsafe slots[position] != 0 {
            let index = unsafe Int(slots[position]) - 1
            if unsafe pairs[index].joins(source, destination, flow) {
                unsafe pairs[index].add(flow)
                if resolvesNames { learn(names, index) }
                return
            }
            position = (position + 1) & Self.mask
        }
        guard let index = room(for: flow.bytes) else {
            rest.add(flow)
            return
        }
        var pair = Pair(
            hash: hash,
            sourceHigh: source.high,
            sourceLow: source.low,
            destinationHigh: destination.high,
            destinationLow: destination.low,
            scope: flow.talkerScope,
            isIPv6: flow.isIPv6,
            service: TalkerService(flow)
        )
        pair.add(flow)
        unsafe (pairs + index).initialize(to: pair)
        scopeNames[index] = flow.twin == nil ? book.scopeName(of: flow) : .bare
        self.names[index] = names
        place(index, hash)
    }

    /// Where a new pair goes; nil when there is no room and the pair that is asked to give way has not far less.
    ///
    /// A hand goes round the pairs, so that who gives way depends on the flows alone and not on the seed.
    private func room(for bytes: UInt64) -> Int? {
        if count < Self.limit {
            scopeNames.append(.bare)
            names.append(FlowNames())
            count += 1
            return count - 1
        }
        hand = (hand + 1) % Self.limit
        let lesser = unsafe pairs[hand]
        guard lesser.sum.bytes < bytes / 2 else { return nil }
        rest.add(lesser.sum)
        remove(hand, lesser.hash)
        return hand
    }

    private func place(_ index: Int, _ hash: UInt64) {
        var position = Int(truncatingIfNeeded: hash) & Self.mask
        while unsafe slots[position] != 0 { position = (position + 1) & Self.mask }
        unsafe slots[position] = UInt32(index + 1)
    }

    /// Takes a pair out of the slots; what had to go past it moves up.
    private func remove(_ index: Int, _ hash: UInt64) {
        var hole = Int(truncatingIfNeeded: hash) & Self.mask
        while unsafe slots[hole] != UInt32(index + 1) { hole = (hole + 1) & Self.mask }
        unsafe slots[hole] = 0
        var position = (hole + 1) & Self.mask
        while unsafe slots[position] != 0 {
            let moved = unsafe Int(slots[position]) - 1
            unsafe slots[position] = 0
            unsafe place(moved, pairs[moved].hash)
            position = (position + 1) & Self.mask
        }
    }

    /// Takes what a pair was not called yet.
    @inline(__always)
    private func learn(_ more: FlowNames, _ index: Int) {
        if more.source == nil, more.destination == nil { return }
        if names[index].source == nil { names[index].source = more.source }
        if names[index].destination == nil { names[index].destination = more.destination }
    }

    /// How many pairs there are of which something counts: what a twin told already does not count again.
    var counted: Int { (0..<count).count { unsafe pairs[$0].sum.packets > 0 } }

    /// The pairs with most bytes, those seen first among equals.
    func top(_ most: Int) -> [Talker] {
        var top: [Int] = []
        for index in 0..<count where unsafe pairs[index].sum.packets > 0 {
            let bytes = unsafe pairs[index].sum.bytes
            if top.count == most, unsafe pairs[top[most - 1]].sum.bytes >= bytes { continue }
            let place = top.firstIndex { unsafe pairs[$0].sum.bytes < bytes } ?? top.count
            top.insert(index, at: place)
            if top.count > most { top.removeLast() }
        }
        return top.map { talker($0) }
    }

    private func talker(_ index: Int) -> Talker {
        let pair = unsafe pairs[index]
        return Talker(
            source: IPAddress(high: pair.sourceHigh, low: pair.sourceLow, isIPv6: pair.isIPv6),
            destination: IPAddress(high: pair.destinationHigh, low: pair.destinationLow, isIPv6: pair.isIPv6),
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
            && destinationHigh == destination.high && scope == flow.talkerScope && isIPv6 == flow.isIPv6
    }

    @inline(__always)
    fileprivate mutating func add(_ flow: Flow) {
        sum.add(flow)
        services |= TalkerService.bit(of: flow)
        if flow.bytes > largest {
            largest = flow.bytes
            service = TalkerService(flow)
        }
    }
}

extension Flow {
    /// Twins are one conversation, so their pairs are one: that of the bare flow.
    @inline(__always)
    fileprivate var talkerScope: UInt32 { twin == nil ? scope : 0 }
}

extension FlowNames {
    /// What people call the ends: a container by its name, whoever else by what DNS, TLS or the capture called him.
    fileprivate var called: FlowNames {
        guard let identities else { return self }
        return FlowNames(
            source: identities.source.containerLabel ?? source,
            destination: identities.destination.containerLabel ?? destination
        )
    }
}

extension Identity {
    /// Nil for what is no container.
    fileprivate var containerLabel: String? { kind == .container ? label : nil }
}
