public import Addressing
public import Wire

/// All flows that are under way: packets come in, flows that end come out.
///
/// Bounded, batched, without a clock: time is what packets and `advance` say. One thread owns it. Nothing that comes out
/// depends on the hash seed.
public struct FlowTable: ~Copyable {
    /// What flows refer to by number.
    public internal(set) var book = FlowBook()

    /// As it holds now; `setDetail` changes it.
    var configuration: FlowConfiguration
    /// Payloads looked at where payloads are looked at.
    let inspections: UInt8
    let seed: HashSeed
    var ipv4: FlowStore<IPv4FlowKey>
    var ipv6: FlowStore<IPv6FlowKey>
    var fragments = FragmentTable()
    /// The newest time seen, in nanoseconds.
    var now = Int64.min
    /// When the next whole second begins.
    var boundary = Int64.min
    var places = PlaceBatch()
    /// Flows begun when it was last looked, and for how many more batches some of them count as young.
    var lastSerial: UInt32 = 0
    var youth = 0

    /// A table with `seed` as the dissector has it.
    public init(configuration: FlowConfiguration = FlowConfiguration(), seed: HashSeed) {
        var configuration = configuration
        configuration.updateInterval = max(1, configuration.updateInterval)
        self.configuration = configuration
        inspections = configuration.inspections
        self.seed = seed
        ipv4 = FlowStore(configuration, seed: seed)
        ipv6 = FlowStore(configuration, seed: seed)
    }

    /// Flows under way.
    public var count: Int { ipv4.count + ipv6.count }

    /// Tells what an interface of the capture is.
    public mutating func describe(interface: UInt32, as point: ObservationPoint) {
        book.points.describe(interface: interface, as: point)
    }

    /// Tells what an interface is that a capture of many names by its index, and which scope its bare traffic is in.
    public mutating func describe(interface: UInt32, index: UInt32, as point: ObservationPoint, in scope: Scope.Name) {
        let number = book.points.describe(interface: interface, index: index, as: point)
        book.scopes.assign(point: number, segment: nil, vlan: 0, to: scope)
    }

    /// Forgets an interface that is gone: the next one with that index is another point.
    public mutating func release(interface: UInt32, index: UInt32, at time: Timestamp) {
        guard let number = book.points.release(interface: interface, index: index, at: time.nanoseconds) else { return }
        book.scopes.release(point: number)
    }

    /// Says that a tunnel's segment belongs to a scope of that name, wherever it is seen; nil: to one of its own.
    public mutating func assign(segment: UInt32, to scope: Scope.Name?) {
        book.scopes.assign(segment: segment, to: scope)
    }

    /// Says that NAT gives a conversation other ends on its way: what is seen under either is one flow.
    ///
    /// A flow that was under way on the side that is not kept ends `joined`.
    public mutating func translate(_ translation: FlowTranslation, in scope: Scope.Name, sink: any FlowSink) {
        let number = book.scopes.number(of: scope)
        guard let (kept, alias) = book.translations.add(translation, scope: number) else { return }
        ipv4.join(kept: kept, alias: alias, &book, sink)
        ipv6.join(kept: kept, alias: alias, &book, sink)
    }

    /// Says that a translation is over: its ends may mean somebody else from now on.
    public mutating func forget(_ translation: FlowTranslation, in scope: Scope.Name) {
        book.translations.remove(translation, scope: book.scopes.number(of: scope))
    }

    /// A flow as it stands now; nil when it is over, or its record was cut.
    public func current(_ flow: Flow) -> Flow? {
        flow.isIPv6 ? ipv6.current(flow, book) : ipv4.current(flow, book)
    }

    /// The newest packet time; nil before the first packet.
    public var time: Timestamp? { now == .min ? nil : Timestamp(nanoseconds: now) }

    /// The scope and the observation point of what one of a batch's packets tells besides its flow.
    public mutating func place(
        of index: Int,
        in packets: borrowing PacketBatch,
        of batch: borrowing FrameBatch
    ) -> (scope: UInt32, point: UInt16) {
        let place = locate(packets, of: batch, index)
        // ARP in a tunnel counts for the outer flow, and speaks of the inner segment.
        guard packets[index].sighting == .arp else { return (place.scope, place.point) }
        let (segment, vlan) = (packets[index].arpSegment, packets[index].arpVLAN)
        return (book.scopes.scope(point: place.point, segment: segment, vlan: vlan), place.point)
    }
}
