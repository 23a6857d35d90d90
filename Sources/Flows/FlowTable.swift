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
    /// Flows begun when it was last looked, and for how many more batches some of them count as young.
    private var lastSerial: UInt32 = 0
    private var youth = 0

    /// A table with `seed` as the dissector has it.
    public init(configuration: FlowConfiguration = FlowConfiguration(), seed: HashSeed) {
        self.configuration = configuration
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

    /// The newest packet time; nil before the first packet.
    public var time: Timestamp? { now == .min ? nil : Timestamp(nanoseconds: now) }

    /// The scope and the observation point of what one of the packets last counted tells besides its flow.
    public mutating func place(of index: Int, _ packet: Packet) -> (scope: UInt32, point: UInt16) {
        let point = places[index].point
        // ARP in a tunnel counts for the outer flow, and speaks of the inner segment.
        guard packet.sighting == .arp else { return (places[index].scope, point) }
        return (book.scopes.scope(point: point, segment: packet.arpSegment, vlan: packet.arpVLAN), point)
    }

    /// Counts a batch of packets.
    ///
    /// Passes hide the memory's latency: all packets' index slots are asked for, then their entries, and only then is the
    /// first one counted. A table that lies in the cache is spared all that.
    public mutating func count(
        _ packets: borrowing PacketBatch,
        of batch: borrowing FrameBatch,
        to sink: any FlowSink
    ) {
        let count = packets.count
        let isNear = self.count < Self.nearLimit
        for index in 0..<count {
            let point = book.points.number(
                interface: batch.frames[index].interface,
                index: packets[index].interfaceIndex
            )
            places[index].point = point
            places[index].scope =
                book.scopes.scope(point: point, segment: packets[index].segment, vlan: packets[index].vlan)
            let hash = packets[index].hash
            if packets[index].flags.contains(.ipv6) {
                if isNear { places[index].candidate = ipv6.index.candidate(hash) } else { ipv6.index.prefetch(hash) }
            } else {
                if isNear { places[index].candidate = ipv4.index.candidate(hash) } else { ipv4.index.prefetch(hash) }
            }
        }
        if !isNear { fetchEntries(packets) }
        for index in 0..<count {
            let stamp = packets[index].time.nanoseconds
            if stamp < now { book.counters.late += 1 } else { now = stamp }
            if now >= boundary { pass(now, sink) }
            switch packets[index].flags.intersection([.ipv4, .ipv6, .firstFragment, .laterFragment]) {
            case .ipv4:
                unsafe Self.count(
                    packets.address(of: index), places[index], now, index, batch, &ipv4, &book, sink)
            case .ipv6:
                unsafe Self.count(
                    packets.address(of: index), places[index], now, index, batch, &ipv6, &book, sink)
            case []:
                break
            default:
                countFragment(packets[index], index, batch, sink)
            }
        }
    }

    /// So many flows lie in a second-level cache together with their index.
    private static var nearLimit: Int { 4096 }

    /// Finds the entries that packets most likely belong to, and asks for them.
    private mutating func fetchEntries(_ packets: borrowing PacketBatch) {
        let count = packets.count
        var born4 = 0
        var born6 = 0
        for index in 0..<count {
            let hash = packets[index].hash
            if packets[index].flags.contains(.ipv6) {
                let candidate = ipv6.index.candidate(hash)
                places[index].candidate = candidate
                if candidate >= 0 { ipv6.prefetch(Int(candidate)) } else { ipv6.prefetchNew(&born6) }
            } else {
                let candidate = ipv4.index.candidate(hash)
                places[index].candidate = candidate
                if candidate >= 0 { ipv4.prefetch(Int(candidate)) } else { ipv4.prefetchNew(&born4) }
            }
        }
        // Young flows are about to write to their colder half. When none was born lately, none is young.
        if book.serial != lastSerial {
            lastSerial = book.serial
            youth = 64
        }
        guard youth > 0 else { return }
        youth -= 1
        for index in 0..<count {
            let candidate = places[index].candidate
            if candidate < 0 { continue }
            if packets[index].flags.contains(.ipv6) {
                ipv6.prefetchDetail(Int(candidate))
            } else {
                ipv4.prefetchDetail(Int(candidate))
            }
        }
    }

    /// Counts one packet for its flow.
    ///
    /// The packet comes by address, as a value it would be copied whole; the address is good for the whole batch.
    @inline(__always)
    private static func count<Key: FlowKey>(
        _ packet: UnsafePointer<Packet>,
        _ place: PacketPlace,
        _ time: Int64,
        _ index: Int,
        _ batch: borrowing FrameBatch,
        _ store: inout FlowStore<Key>,
        _ book: inout FlowBook,
        _ sink: any FlowSink
    ) {
        let key = unsafe Key(packet.pointee, scope: place.scope)
        var number = Int(place.candidate)
        var isNew = false
        if !store.holds(key, at: number) {
            number = unsafe locate(key, packet.pointee, place, time, index, batch, &store, &book, sink)
            isNew = number < 0
            if isNew { number = ~number }
        }
        let isElsewhere = unsafe store.entries[number].counters.point != place.point
        let needsCare = unsafe store.needsCare(number, packet.pointee)
        if isElsewhere || needsCare {
            let context = Self.context(index, batch, time, place.point)
            if unsafe store.takeCare(number, packet.pointee, context, &book, sink) { return }
        }
        unsafe store.count(packet, number, time, &book)
        if unsafe packet.pointee.payloadCaptured > 0, unsafe packet.pointee.flags.contains(.hasTransport),
            store.wantsInspection(number)
        {
            let context = Self.context(index, batch, time, place.point)
            unsafe store.inspect(packet.pointee, number, context, &book, sink)
        }
        if isNew, store.configuration.reportsStarts { sink.started(store.snapshot(number, book), book) }
    }

    /// Finds the flow of a packet whose candidate it was not, or begins one and returns its number inverted.
    @inline(never)
    private static func locate<Key: FlowKey>(
        _ key: Key,
        _ packet: borrowing Packet,
        _ place: PacketPlace,
        _ time: Int64,
        _ index: Int,
        _ batch: borrowing FrameBatch,
        _ store: inout FlowStore<Key>,
        _ book: inout FlowBook,
        _ sink: any FlowSink
    ) -> Int {
        if let known = store.find(key, packet.hash) { return known }
        let context = Self.context(index, batch, time, place.point)
        return ~store.begin(key, packet, context, &book, sink)
    }

    @inline(__always)
    @_lifetime(copy batch)
    static func context(
        _ index: Int,
        _ batch: borrowing FrameBatch,
        _ time: Int64,
        _ point: UInt16
    ) -> PacketContext {
        let frame = batch.frames[index]
        return PacketContext(
            frame: batch.bytes.extracting(frame.offset..<frame.offset + Int(frame.capturedLength)),
            time: time,
            second: Timestamp(nanoseconds: time).seconds,
            point: point
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
        var one = copy packet
        if packet.flags.contains(.ipv4) {
            unsafe Self.count(&one, place, time, index, batch, &ipv4, &book, sink)
        } else {
            unsafe Self.count(&one, place, time, index, batch, &ipv6, &book, sink)
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
