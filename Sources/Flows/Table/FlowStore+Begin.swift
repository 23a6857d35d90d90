import Addressing
import Wire

/// The first packet of a flow.
extension FlowStore {
    /// Makes an entry for a packet whose key is not there; evicts another when there is no room.
    @inline(never)
    mutating func begin(
        _ key: Key,
        _ packet: borrowing Packet,
        _ context: PacketContext,
        _ book: inout FlowBook,
        _ sink: any FlowSink
    ) -> Int {
        if isFull { evict(context, &book, sink) }
        let number = insert(key, Key.spread(packet.hash, key.scope))
        reset(number, first: context.time, &book)
        let counters = unsafe entries + number
        let detail = unsafe details + number
        unsafe counters.pointee.counters.point = context.point
        let reversed = packet.flags.contains(.reversed)
        // Nobody answers a group.
        var answer = false
        if Self.mayAnswer(packet), Self.isAnswer(packet) { answer = !key.address(high: !reversed).isMulticast }
        if answer { unsafe counters.pointee.counters.flags.insert(.flipped) }
        if reversed != answer { unsafe counters.pointee.counters.flags.insert(.initiatorIsHigh) }
        unsafe detail.pointee.icmpType = packet.icmpType
        unsafe detail.pointee.icmpCode = packet.icmpCode
        unsafe detail.pointee.beyond = FlowEnd(beyond: packet)
        unsafe rememberHardware(packet, context.frame, &detail.pointee)
        if !packet.tunnels.isEmpty {
            unsafe detail.pointee.tunnel = book.tunnels.number(of: Tunnel(packet, context.frame))
            unsafe detail.pointee.tunnelPort = UInt16(truncatingIfNeeded: packet.outerPorts >> 16)
        }
        if !book.tunnels.isEmpty {
            linkTwin(number, key, packet.hash, isTunnelled: !packet.tunnels.isEmpty, &book)
        }
        if !book.translations.isEmpty { meetTranslation(number, key, &book, sink) }
        var pause = timeout(number, configuration)
        if configuration.reportsUpdates { pause = min(pause, configuration.updateInterval) }
        unsafe wheel.add(number, details, second: context.second + pause)
        return number
    }

    /// Gives an entry a new flow's serial and time, and nothing else.
    func reset(_ number: Int, first: Int64, _ book: inout FlowBook) {
        book.serial &+= 1
        // 0 marks a free entry.
        if book.serial == 0 { book.serial = 1 }
        unsafe details[number].serial = book.serial
        unsafe details[number].first = first
        unsafe entries[number].counters.last = first
    }

    /// Whether there is anything to find out: a SYN alone says who begins.
    @inline(__always)
    private static func mayAnswer(_ packet: borrowing Packet) -> Bool {
        packet.tcpFlags.rawValue & 0x12 != TCPFlags.syn.rawValue
    }

    /// Whether the first packet is evidently not from who began.
    private static func isAnswer(_ packet: borrowing Packet) -> Bool {
        let reversed = packet.flags.contains(.reversed)
        let source = reversed ? packet.highPort : packet.lowPort
        let destination = reversed ? packet.lowPort : packet.highPort
        switch packet.protocolNumber {
        case 6:
            guard packet.flags.contains(.hasTransport), packet.tcpFlags.contains(.syn) else {
                return ServicePorts.isAnswer(from: source, to: destination, ephemeral: true)
            }
            // A SYN-ACK says it better than any port.
            return packet.tcpFlags.contains(.ack)
        case 17, 132, 136:
            return ServicePorts.isAnswer(from: source, to: destination, ephemeral: false)
        case 1:
            return [0, 14, 16, 18].contains(packet.icmpType)
        case 58:
            return packet.icmpType == 129
        default:
            return false
        }
    }

    func rememberHardware(_ packet: borrowing Packet, _ frame: RawSpan, _ detail: inout FlowDetail) {
        let offset = Int(packet.linkOffset)
        guard offset >= 0, offset + EthernetHeader.length <= frame.byteCount,
            let header = try? EthernetHeader(frame.extracting(droppingFirst: offset))
        else { return }
        let reversed = packet.flags.contains(.reversed)
        let low = reversed ? header.destination.bits : header.source.bits
        let high = reversed ? header.source.bits : header.destination.bits
        detail.lowMACHigh = UInt32(truncatingIfNeeded: low >> 16)
        detail.lowMACLow = UInt16(truncatingIfNeeded: low)
        detail.highMACHigh = UInt32(truncatingIfNeeded: high >> 16)
        detail.highMACLow = UInt16(truncatingIfNeeded: high)
    }
}
