import Addressing
import Dashboard
import Flows

/// Packets that are kept for the screen: the first that come, or the newest. Bounded in number and in bytes.
struct KeptPackets {
    private var list = PacketList()
    /// Bytes of those in `list`.
    private var bytes = 0
    /// Of the list, those that went already: they are taken out many at a time.
    private var gone = 0

    /// `isLive` keeps the newest.
    init(choice: Int, isLive: Bool) {
        list.choice = choice
        list.isLive = isLive
        list.isSearching = !isLive
        list.earlier = 0
    }

    /// Whether another one would not be kept.
    func isFull(_ more: Int) -> Bool {
        !list.isLive && (list.packets.count >= PacketList.limit || bytes + more > PacketList.byteLimit)
    }

    /// Counts one that is not kept.
    mutating func skip() { list.unkept &+= 1 }

    /// Keeps a packet: of the first as long as there is room, of the newest each.
    mutating func add(_ packet: PacketList.Packet) {
        guard !isFull(packet.bytes.count) else { return skip() }
        list.packets.append(packet)
        bytes += packet.bytes.count
        while list.packets.count - gone > PacketList.limit
            || bytes > PacketList.byteLimit && list.packets.count - gone > 1
        {
            bytes -= list.packets[gone].bytes.count
            gone += 1
        }
        if gone > PacketList.limit { drop() }
    }

    private mutating func drop() {
        list.packets.removeFirst(gone)
        list.earlier = (list.earlier ?? 0) &+ UInt64(gone)
        gone = 0
    }

    /// No more will come; `fault` says why, where that is no good reason.
    mutating func end(_ fault: String?) {
        list.isSearching = false
        list.fault = fault
    }

    /// What is kept now.
    mutating func taken() -> PacketList {
        if gone > 0 { drop() }
        return list
    }
}

extension PacketList.Packet {
    /// A frame as it was captured; `number` is nil where nobody counts.
    init(_ frame: Frame, _ bytes: RawSpan, number: UInt64?, at point: ObservationPoint) {
        let bytes = unsafe bytes.withUnsafeBytes { unsafe [UInt8]($0) }
        self.init(
            number: number,
            time: frame.time,
            length: Int(frame.wireLength),
            interface: point.interface ?? "",
            linkType: frame.linkType,
            bytes: bytes,
            layers: PacketText.layers(of: bytes, linkType: frame.linkType)
        )
    }
}
