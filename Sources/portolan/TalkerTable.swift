import Addressing
import Flows
import Records
import Wire

/// Who talked to whom, and how much: pairs of initiator and responder.
///
/// Bounded: pairs that come when it is full are added up as one. Open addressing, as a scan makes millions of flows.
struct TalkerTable {
    /// A pair of ends.
    struct Talker {
        var source: IPAddress
        var destination: IPAddress
        var scope: UInt32
        /// What names the scope.
        var scopeName: Scope.Name
        /// The service of the largest flow.
        var service: TalkerService
        /// How many bytes that flow had.
        var largest: UInt64 = 0
        /// One bit for each service, by a hash: tells one from several, and several from many.
        var services: UInt64 = 0
        var flows: UInt64 = 0
        var packets: UInt64 = 0
        var bytes: UInt64 = 0
        var names = FlowNames()
    }

    private(set) var talkers: [Talker] = []
    private var slots: [UInt32]
    private let seed = HashSeed.random()
    private let resolvesNames: Bool

    /// What could not be kept apart.
    private(set) var rest = TrafficTally.Sum()

    /// The most pairs that are kept apart.
    static var limit: Int { 65_536 }

    init(resolvesNames: Bool) {
        self.resolvesNames = resolvesNames
        slots = [UInt32](repeating: 0, count: Self.limit * 2)
    }

    /// Adds an ended flow.
    mutating func add(_ flow: Flow, _ book: borrowing FlowBook, _ names: FlowNames) {
        let source = flow.sourceBits
        let destination = flow.destinationBits
        let hash = seed.mix(source.high, source.low, destination.high, destination.low, UInt64(flow.scope))
        var position = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[position] != 0 {
            let index = Int(slots[position]) - 1
            if isPair(talkers[index], flow) {
                talkers[index].add(flow, resolvesNames ? names : FlowNames())
                return
            }
            position = (position + 1) & (slots.count - 1)
        }
        guard talkers.count < Self.limit else {
            rest.add(flow)
            return
        }
        var talker = Talker(
            source: flow.source,
            destination: flow.destination,
            scope: flow.scope,
            scopeName: book.scopeName(of: flow),
            service: TalkerService(flow)
        )
        talker.add(flow, resolvesNames ? names : FlowNames())
        talkers.append(talker)
        slots[position] = UInt32(talkers.count)
    }

    private func isPair(_ talker: Talker, _ flow: Flow) -> Bool {
        talker.scope == flow.scope && talker.source == flow.source && talker.destination == flow.destination
    }

    /// Pairs of which something counts: what a twin told already does not count again.
    var pairs: Int { talkers.count { $0.packets > 0 } }

    /// The pairs with most bytes, those seen first among equals.
    func top(_ count: Int) -> [Talker] {
        var top: [Int] = []
        for index in talkers.indices where talkers[index].packets > 0 {
            if top.count == count, talkers[top[count - 1]].bytes >= talkers[index].bytes { continue }
            let place = top.firstIndex { talkers[$0].bytes < talkers[index].bytes } ?? top.count
            top.insert(index, at: place)
            if top.count > count { top.removeLast() }
        }
        return top.map { talkers[$0] }
    }
}

extension TalkerTable.Talker {
    mutating func add(_ flow: Flow, _ names: FlowNames) {
        flows += flow.isFurther ? 1 : 0
        packets += flow.gain.packets
        bytes += flow.gain.bytes
        let service = TalkerService(flow)
        services |= service.bit
        if flow.bytes > largest {
            largest = flow.bytes
            self.service = service
        }
        if self.names.source == nil { self.names.source = names.source }
        if self.names.destination == nil { self.names.destination = names.destination }
    }
}
