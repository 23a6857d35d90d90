public import Addressing
public import Wire

/// All flows that are under way: packets come in, flows that end come out.
///
/// Bounded, batched, without a clock: time is what packets and `advance` say. One thread owns it. Nothing that comes out
/// depends on the hash seed.
public struct FlowTable: ~Copyable {
    /// What flows refer to by number.
    public internal(set) var book = FlowBook()

    let configuration: FlowConfiguration
    let seed: HashSeed
    var ipv4: FlowStore<IPv4FlowKey>
    var ipv6: FlowStore<IPv6FlowKey>
    var fragments = FragmentTable()
    /// The newest time seen, in nanoseconds.
    var now = Int64.min
    /// When the next whole second begins.
    var boundary = Int64.min
    private var places = PlaceBatch()

    /// A table with `seed` as the dissector has it.
    public init(configuration: FlowConfiguration = FlowConfiguration(), seed: HashSeed) {
        self.configuration = configuration
        self.seed = seed
        ipv4 = FlowStore(capacity: configuration.capacity, seed: seed)
        ipv6 = FlowStore(capacity: configuration.capacity, seed: seed)
    }

    /// Flows under way.
    public var count: Int { ipv4.count + ipv6.count }

    /// Tells what an interface of the capture is.
    public mutating func describe(interface: UInt32, as point: ObservationPoint) {
        book.points.describe(interface: interface, as: point)
    }

    /// The newest packet time; nil before the first packet.
    public var time: Timestamp? { now == .min ? nil : Timestamp(nanoseconds: now) }

    /// The scope and the observation point of one of the packets last counted.
    public func place(of index: Int) -> (scope: UInt32, point: UInt16) { (places[index].scope, places[index].point) }

    /// Counts a batch of packets.
    ///
    /// Three passes hide the memory's latency: all packets' index slots are asked for, then their entries, and only then
    /// is the first one counted.
    public mutating func count(
        _ packets: borrowing PacketBatch,
        of batch: borrowing FrameBatch,
        to sink: any FlowSink
    ) {
        let count = packets.count
        for index in 0..<count {
            let frame = batch.frames[index]
            let point = book.points.number(interface: frame.interface, index: packets[index].interfaceIndex)
            places[index] = PacketPlace(
                scope: book.scopes.scope(point: point, segment: packets[index].segment, vlan: packets[index].vlan),
                point: point
            )
            let flags = packets[index].flags
            if flags.contains(.ipv4) {
                ipv4.index.prefetch(packets[index].hash)
            } else if flags.contains(.ipv6) {
                ipv6.index.prefetch(packets[index].hash)
            }
        }
        for index in 0..<count {
            let flags = packets[index].flags
            if flags.contains(.ipv4) {
                ipv4.prefetch(ipv4.index.likelyEntry(packets[index].hash) ?? ipv4.nextNumber)
            } else if flags.contains(.ipv6) {
                ipv6.prefetch(ipv6.index.likelyEntry(packets[index].hash) ?? ipv6.nextNumber)
            }
        }
        for index in 0..<count {
            let flags = packets[index].flags
            if flags.contains(.ipv4) {
                if let number = ipv4.index.likelyEntry(packets[index].hash) { ipv4.prefetchDetail(number) }
            } else if flags.contains(.ipv6) {
                if let number = ipv6.index.likelyEntry(packets[index].hash) { ipv6.prefetchDetail(number) }
            }
        }
        for index in 0..<count {
            if packets[index].time.nanoseconds < now { book.counters.late += 1 }
            let time = max(now, packets[index].time.nanoseconds)
            now = time
            if time >= boundary { pass(time, sink) }
            let flags = packets[index].flags
            if flags.isDisjoint(with: [.ipv4, .ipv6]) { continue }
            if !flags.isDisjoint(with: [.firstFragment, .laterFragment]) {
                countFragment(packets[index], index, batch, sink)
            } else if flags.contains(.ipv4) {
                Self.count(
                    packets[index], places[index], time, index, batch, configuration, &ipv4, &book, sink)
            } else {
                Self.count(
                    packets[index], places[index], time, index, batch, configuration, &ipv6, &book, sink)
            }
        }
    }

    /// Counts one packet for its flow.
    @inline(__always)
    private static func count<Key: FlowKey>(
        _ packet: borrowing Packet,
        _ place: PacketPlace,
        _ time: Int64,
        _ index: Int,
        _ batch: borrowing FrameBatch,
        _ configuration: FlowConfiguration,
        _ store: inout FlowStore<Key>,
        _ book: inout FlowBook,
        _ sink: any FlowSink
    ) {
        let point = place.point
        let key = Key(packet, scope: place.scope)
        let number: Int
        if let known = store.find(key, packet.hash) {
            number = known
            let isElsewhere = unsafe store.entries[number].counters.point != point
            let needsCare = store.needsCare(number, packet)
            if isElsewhere || needsCare {
                let context = Self.context(index, batch, time, point, configuration)
                if store.takeCare(number, packet, context, &book, sink) { return }
            }
        } else {
            let context = Self.context(index, batch, time, point, configuration)
            number = store.begin(key, packet, context, &book, sink)
        }
        store.count(packet, number, time, configuration, &book)
        if packet.payloadCaptured > 0, packet.flags.contains(.hasTransport),
            store.wantsInspection(number, configuration)
        {
            let context = Self.context(index, batch, time, point, configuration)
            store.inspect(packet, number, context, &book, sink)
        }
    }

    @inline(__always)
    @_lifetime(copy batch)
    static func context(
        _ index: Int,
        _ batch: borrowing FrameBatch,
        _ time: Int64,
        _ point: UInt16,
        _ configuration: FlowConfiguration
    ) -> PacketContext {
        let frame = batch.frames[index]
        return PacketContext(
            frame: batch.bytes.extracting(frame.offset..<frame.offset + Int(frame.capturedLength)),
            time: time,
            second: Timestamp(nanoseconds: time).seconds,
            point: point,
            configuration: configuration
        )
    }

    /// A fragment: first the datagram, then the flow.
    @inline(never)
    private mutating func countFragment(
        _ packet: borrowing Packet,
        _ index: Int,
        _ batch: borrowing FrameBatch,
        _ sink: any FlowSink
    ) {
        let place = places[index]
        if packet.flags.contains(.firstFragment) {
            let held = fragments.first(packet, scope: place.scope, at: now)
            countOne(packet, place, now, index, batch, sink)
            for fragment in held {
                var late = fragment.packet
                late.setPorts(Self.ports(packet), seed)
                countOne(late, PacketPlace(scope: place.scope, point: fragment.point), now, index, batch, sink)
            }
            return
        }
        var later = copy packet
        // Ports mean something only where the transport has any.
        guard [6, 17, 132, 136].contains(packet.protocolNumber) else {
            countOne(later, place, now, index, batch, sink)
            return
        }
        switch fragments.later(packet, scope: place.scope, point: place.point, at: now) {
        case .held: return
        case .ports(let ports): later.setPorts(ports, seed)
        case .overflow: book.counters.fragmentOverflows += 1
        }
        countOne(later, place, now, index, batch, sink)
    }

    private mutating func countOne(
        _ packet: borrowing Packet,
        _ place: PacketPlace,
        _ time: Int64,
        _ index: Int,
        _ batch: borrowing FrameBatch,
        _ sink: any FlowSink
    ) {
        if packet.flags.contains(.ipv4) {
            Self.count(packet, place, time, index, batch, configuration, &ipv4, &book, sink)
        } else {
            Self.count(packet, place, time, index, batch, configuration, &ipv6, &book, sink)
        }
    }

    /// Counts a fragment whose first never came; its frame is gone.
    mutating func countOrphan(_ orphan: FragmentTable.HeldFragment, at time: Int64, _ sink: any FlowSink) {
        let frame = Frame(
            offset: 0,
            time: Timestamp(nanoseconds: time),
            capturedLength: 0,
            wireLength: 0,
            interface: 0,
            linkType: 0
        )
        let frames = InlineArray<1, Frame>(repeating: frame)
        let bytes = InlineArray<1, UInt8>(repeating: 0)
        let batch = unsafe FrameBatch(bytes: bytes.span.bytes, frames: frames.span)
        countOne(orphan.packet, PacketPlace(scope: orphan.scope, point: orphan.point), time, 0, batch, sink)
    }

    private static func ports(_ packet: borrowing Packet) -> UInt32 {
        let low = UInt32(packet.lowPort)
        let high = UInt32(packet.highPort)
        return packet.flags.contains(.reversed) ? high << 16 | low : low << 16 | high
    }
}
