public import Addressing
public import Wire

/// Packets that come in: the loop everything else is measured by.
extension FlowTable {
    /// Counts a batch of packets.
    ///
    /// Passes hide the memory's latency: all packets' index slots are asked for, then their entries, and only then is the
    /// first one counted. A table that lies in the cache is spared all that.
    public mutating func count(
        _ packets: borrowing PacketBatch,
        of batch: borrowing FrameBatch,
        to sink: any FlowSink
    ) {
        let isNear = count < Self.nearLimit
        if !isNear { fetch(packets, of: batch) }
        for index in 0..<packets.count {
            var place: PacketPlace
            if isNear {
                place = locate(packets, of: batch, index)
                let hash = IPv4FlowKey.spread(packets[index].hash, place.scope)
                place.candidate =
                    packets[index].flags.contains(.ipv6) ? ipv6.index.candidate(hash) : ipv4.index.candidate(hash)
            } else {
                place = places[index]
            }
            count(packets, of: batch, index, place, to: sink)
        }
    }

    /// Asks for all that a batch's packets need of memory that is far.
    private mutating func fetch(_ packets: borrowing PacketBatch, of batch: borrowing FrameBatch) {
        for index in 0..<packets.count {
            let place = locate(packets, of: batch, index)
            places[index] = place
            let hash = IPv4FlowKey.spread(packets[index].hash, place.scope)
            if packets[index].flags.contains(.ipv6) {
                ipv6.index.prefetch(hash)
            } else {
                ipv4.index.prefetch(hash)
            }
        }
        fetchEntries(packets)
        if !book.asides.isUntouched { fetchAsides(packets) }
    }

    /// Where a packet is.
    @inline(__always)
    mutating func locate(
        _ packets: borrowing PacketBatch,
        of batch: borrowing FrameBatch,
        _ index: Int
    ) -> PacketPlace {
        let point = book.points.number(
            interface: batch.frames[index].interface,
            index: packets[index].interfaceIndex
        )
        let scope = book.scopes.scope(point: point, segment: packets[index].segment, vlan: packets[index].vlan)
        return PacketPlace(scope: scope, point: point)
    }

    /// Counts one packet of a batch, after what time has done by it.
    @inline(__always)
    private mutating func count(
        _ packets: borrowing PacketBatch,
        of batch: borrowing FrameBatch,
        _ index: Int,
        _ place: PacketPlace,
        to sink: any FlowSink
    ) {
        let stamp = packets[index].time.nanoseconds
        if stamp < now { book.counters.late += 1 } else { now = stamp }
        if now >= boundary { pass(now, sink) }
        if now >= book.tries.due { tellSilences(until: now, sink) }
        switch packets[index].flags.intersection([.ipv4, .ipv6, .firstFragment, .laterFragment]) {
        case .ipv4:
            let packet = unsafe packets.address(of: index)
            unsafe Self.count(packet, place, now, index, batch, &ipv4, &book, sink)
        case .ipv6:
            unsafe countLong(packets.address(of: index), place, index, batch, sink)
        case []:
            break
        default:
            countFragment(packets[index], place, index, batch, sink)
        }
    }

    /// The same for IPv6: by itself, so that the loop stays small enough for the compiler to keep it in one piece.
    @inline(never)
    private mutating func countLong(
        _ packet: UnsafePointer<Packet>,
        _ place: PacketPlace,
        _ index: Int,
        _ batch: borrowing FrameBatch,
        _ sink: any FlowSink
    ) {
        unsafe Self.count(packet, place, now, index, batch, &ipv6, &book, sink)
    }

    /// So many flows lie in a second-level cache together with their index.
    private static var nearLimit: Int { 4096 }

    /// Finds the entries that packets most likely belong to, and asks for them.
    private mutating func fetchEntries(_ packets: borrowing PacketBatch) {
        let count = packets.count
        var born4 = 0
        var born6 = 0
        for index in 0..<count {
            let hash = IPv4FlowKey.spread(packets[index].hash, places[index].scope)
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

    /// Asks for what is counted in of packets that were seen before elsewhere: the flows' colder halves, and then what those
    /// name.
    private mutating func fetchAsides(_ packets: borrowing PacketBatch) {
        // A bit for each packet of the batch.
        var elsewhere: UInt64 = 0
        for index in 0..<packets.count {
            let place = places[index]
            let isElsewhere =
                packets[index].flags.contains(.ipv6)
                ? ipv6.prefetchDetail(place.candidate, unlessSeenAt: place.point)
                : ipv4.prefetchDetail(place.candidate, unlessSeenAt: place.point)
            if isElsewhere { elsewhere |= 1 << UInt64(index) }
        }
        while elsewhere != 0 {
            let index = elsewhere.trailingZeroBitCount
            elsewhere &= elsewhere &- 1
            let number = Int(places[index].candidate)
            let aside = packets[index].flags.contains(.ipv6) ? ipv6.aside(number) : ipv4.aside(number)
            if aside != 0 { book.asides.prefetch(aside) }
        }
    }

    /// Counts one packet for its flow.
    ///
    /// The packet comes by address, as a value it would be copied whole; the address is good for the whole batch.
    @inline(__always)
    static func count<Key: FlowKey>(
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
        if isElsewhere, unsafe store.countAgain(packet, number, place.point, time, &book) { return }
        if isElsewhere || (unsafe store.needsCare(number, packet.pointee)) {
            let context = Self.context(index, batch, time, place.point)
            if unsafe store.takeCare(number, packet.pointee, context, &book, sink) { return }
        }
        unsafe store.count(packet, number, time, &book)
        if unsafe packet.pointee.payloadCaptured > 0 {
            if unsafe packet.pointee.flags.contains(.hasTransport) {
                if store.wantsInspection(number) {
                    let context = Self.context(index, batch, time, place.point)
                    unsafe store.inspect(packet.pointee, number, context, &book, sink)
                }
            } else if unsafe EchoTracker.concerns(packet) {
                let context = Self.context(index, batch, time, place.point)
                let isWhole = batch.frames[index].capturedLength >= batch.frames[index].wireLength
                unsafe store.noteEcho(packet.pointee, number, context, isWhole: isWhole)
            }
        }
        guard store.configuration.reportsStarts else { return }
        if isNew {
            store.tellStart(number, &book, sink)
        } else if unsafe store.isAwaitedAnswer(number, packet.pointee) {
            unsafe store.tellAnswer(number, packet.pointee, at: time, book, sink)
        }
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
        if let known = store.find(key, Key.spread(packet.hash, place.scope)) { return known }
        let context = Self.context(index, batch, time, place.point)
        if !book.translations.isEmpty, let stub = store.beginTranslated(key, packet, context, &book, sink) {
            return stub
        }
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
            frame: batch.bytes(of: frame),
            time: time,
            second: Timestamp(nanoseconds: time).seconds,
            point: point
        )
    }
}
