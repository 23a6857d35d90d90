import Addressing
import Capture
import Containers
import Pipeline
import Wire

/// Which frames of all that are seen are written.
///
/// By a pcap-filter on the frame as it was captured, by the containers at either end, or by both. A frame is a container's that was seen at
/// one of its interfaces or their other ends, or whose innermost packet has an address of it; one that shares the host's network has none
/// of its own.
final class RecordedChoice {
    private var filter: CaptureFilter?
    private let containers: [NamePattern]
    private var dissector: Dissector
    private var packets = PacketBatch()
    private var captures: [UInt32: WatchedCapture.Place] = [:]
    /// What is theirs, as of a version of the places.
    private var version: UInt32?
    private var interfaces: Set<InterfaceKey> = []
    private var addresses: Set<IPAddress> = []

    /// Nil where all are. Throws when the filter is none.
    init?(_ settings: RecordingSettings) throws(CaptureFilterError) {
        if settings.filter.isEmpty, settings.containers.isEmpty { return nil }
        filter = settings.filter.isEmpty ? nil : try CaptureFilter(settings.filter)
        containers = settings.containers
        dissector = Dissector(ports: TunnelPorts(vxlan: settings.vxlanPorts, geneve: []))
    }

    func note(_ capture: WatchedCapture) { captures[capture.number] = capture.place }

    /// A bit for each frame of the batch.
    func wanted(_ batch: borrowing FrameBatch, _ places: borrowing RecordedPlaces) -> UInt64 {
        var wanted: UInt64 = 0
        if !containers.isEmpty { look(batch, places) }
        for index in 0..<batch.frames.count {
            let frame = batch.frames[index]
            if filter != nil, filter?.keeps(frame, in: batch.bytes) != true { continue }
            guard containers.isEmpty || isTheirs(frame, batch.bytes(of: frame), index) else { continue }
            wanted |= 1 << UInt64(index)
        }
        return wanted
    }

    private func look(_ batch: borrowing FrameBatch, _ places: borrowing RecordedPlaces) {
        dissector.dissect(batch, into: &packets)
        guard version != places.version else { return }
        version = places.version
        (interfaces, addresses) = places.belongings { key, description in
            let name = description.name ?? String(key.identifier.prefix(12))
            return containers.contains { $0.matches(name) }
        }
    }

    private func isTheirs(_ frame: Frame, _ bytes: RawSpan, _ index: Int) -> Bool {
        switch captures[frame.interface] {
        case .one(let key, _): if interfaces.contains(key) { return true }
        case .all(let namespace):
            // LINKTYPE_LINUX_SLL2 has the interface's index at its fourth byte.
            guard frame.linkType == 276, bytes.byteCount >= 8 else { break }
            let key = InterfaceKey(namespace: namespace, index: bytes.bigEndian(UInt32.self, at: 4))
            if interfaces.contains(key) { return true }
        case nil: break
        }
        let packet = packets[index]
        if packet.flags.contains(.ipv4) {
            let low = IPv4Address(bits: UInt32(truncatingIfNeeded: packet.key0 >> 32))
            let high = IPv4Address(bits: UInt32(truncatingIfNeeded: packet.key0))
            return addresses.contains(.v4(low)) || addresses.contains(.v4(high))
        }
        guard packet.flags.contains(.ipv6) else { return false }
        return addresses.contains(.v6(IPv6Address(high: packet.key0, low: packet.key1)))
            || addresses.contains(.v6(IPv6Address(high: packet.key2, low: packet.key3)))
    }
}
