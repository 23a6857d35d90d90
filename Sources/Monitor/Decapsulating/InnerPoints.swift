import Addressing
import Capture
import Containers
import Flows
import Pipeline
import Wire

/// The interfaces of a decapsulated capture: one for each place that frames were seen at and each segment there, so that addresses which
/// several segments use stay apart, and one can filter by interface.
///
/// Described when the first of their frames comes. Bounded: beyond `limit` further ones share `others`, one for each link type.
struct InnerPoints {
    private struct Key: Hashable {
        var interface: UInt32
        /// As frames of a capture of all interfaces name theirs; else 0.
        var index: UInt32 = 0
        /// Of the frames as they are written.
        var linkType: UInt16
        /// All as in `Packet`.
        var tunnels: UInt32 = 0
        var segment: UInt32 = 0
        var vlan: UInt32 = 0
    }

    private struct Point {
        var number: UInt32
        /// Of what was known when it was looked at last.
        var version: UInt32
        var who: String?
    }

    private var interfaces: [UInt32: ObservationPoint] = [:]
    private var captures: [UInt32: WatchedCapture.Place] = [:]
    private var points: [Key: Point] = [:]
    /// What was asked for lately, at the place that its key gives: a packet passes several interfaces.
    private var recent: [(key: Key, number: UInt32, version: UInt32)] = Array(
        repeating: (Key(interface: .max, linkType: .max), 0, 0),
        count: 256
    )

    static var limit: Int { 4096 }

    /// Whether any was described.
    var isEmpty: Bool { points.isEmpty }

    /// Says what an interface of a capture file is.
    mutating func describe(_ interface: UInt32, as point: ObservationPoint) { interfaces[interface] = point }

    /// The same of a recording's.
    mutating func note(_ capture: WatchedCapture) { captures[capture.number] = capture.place }

    /// The number of the interface that a packet is written for, which is described if it was not yet. `comment` becomes who is behind it,
    /// where that is known since the packet before.
    mutating func number(
        of frame: Frame,
        _ carried: borrowing CarriedPacket,
        _ places: RecordedPlaces,
        _ writer: inout PcapngWriter,
        _ comment: inout String?
    ) -> UInt32 {
        var key = Key(interface: frame.interface, index: carried.packet.interfaceIndex, linkType: carried.linkType)
        key.tunnels = carried.packet.tunnels.bits
        key.segment = carried.packet.segment
        key.vlan = carried.packet.vlan
        let place = Int((key.interface ^ key.index ^ key.segment ^ key.vlan) & 0xff)
        if recent[place].key == key, recent[place].version == places.version { return recent[place].number }
        let asked = key
        if points[key] == nil, points.count >= Self.limit { key = Key(interface: .max, linkType: key.linkType) }
        var point = points[key] ?? describe(key, places, &writer)
        if point.version != places.version {
            point.version = places.version
            let who = who(at: key, places)
            if who != point.who {
                point.who = who
                comment = who
            }
        }
        points[key] = point
        recent[place] = (asked, point.number, point.version)
        return point.number
    }

    private func describe(_ key: Key, _ places: RecordedPlaces, _ writer: inout PcapngWriter) -> Point {
        let who = who(at: key, places)
        let name = key.interface == .max ? "others" : name(of: key, places)
        let what = [Self.surroundings(of: key), who].compactMap { $0 }
        let number = writer.describe(
            interface: name,
            linkType: key.linkType,
            description: what.isEmpty ? nil : what.joined(separator: "; ")
        )
        return Point(number: number, version: places.version, who: who)
    }

    /// Such as `eth0`, `eth0/vxlan:42`, `eth0/gre` or `eth0/vlan:10`.
    private func name(of key: Key, _ places: RecordedPlaces) -> String {
        var name = device(of: key, places)
        let kinds = Self.kinds(key)
        // Of several segments around each other the innermost alone is known.
        let named = key.segment == 0 ? nil : kinds.lastIndex(where: \.namesSegment)
        for (index, kind) in kinds.enumerated() {
            name += "/\(kind)" + (index == named ? ":\(key.segment & 0xff_ffff)" : "")
        }
        if key.vlan != 0 { name += "/vlan:" + Self.vlans(key) }
        return name
    }

    private func device(of key: Key, _ places: RecordedPlaces) -> String {
        if let place = place(of: key, places), let name = places.name(of: place) { return name }
        switch captures[key.interface] {
        case .all: return key.index == 0 ? "any" : "if\(key.index)"
        case .one(_, let name): return RecordedPlaces.harmless(name)
        case nil: break
        }
        if key.index != 0 { return "if\(key.index)" }
        return interfaces[key.interface]?.interface.map(RecordedPlaces.harmless) ?? "interface \(key.interface)"
    }

    /// What is around the packets of an interface, in words.
    private static func surroundings(of key: Key) -> String? {
        var parts: [String] = []
        let kinds = kinds(key)
        if !kinds.isEmpty {
            parts.append("decapsulated from " + kinds.map(\.description).joined(separator: ", "))
            if key.segment != 0 { parts.append("VNI \(key.segment & 0xff_ffff)") }
        }
        if key.vlan != 0 { parts.append("VLAN " + vlans(key)) }
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }

    private static func kinds(_ key: Key) -> [TunnelKind] {
        var stack = TunnelStack()
        stack.bits = key.tunnels
        return stack.kinds
    }

    private static func vlans(_ key: Key) -> String {
        let (outer, inner) = (key.vlan >> 12, key.vlan & 0xfff)
        return outer == 0 ? "\(inner)" : "\(outer).\(inner)"
    }

    /// Which of the host's interfaces it is; nil where nobody has told.
    private func place(of key: Key, _ places: RecordedPlaces) -> InterfaceKey? {
        switch captures[key.interface] {
        case .all(let namespace): key.index == 0 ? nil : InterfaceKey(namespace: namespace, index: key.index)
        case .one(let key, _): key
        case nil: places.key(ofHostInterface: interfaces[key.interface]?.interface, index: key.index)
        }
    }

    private func who(at key: Key, _ places: RecordedPlaces) -> String? {
        place(of: key, places).flatMap { places.description(of: $0) }
    }
}
