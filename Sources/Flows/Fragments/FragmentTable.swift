import Wire

/// Which flow the later fragments of a datagram belong to: their ports stand in the first one only.
///
/// Fragments that come before their first are held as packets without bytes, and counted when it comes; after 30 s, or
/// when too many are held, they count without ports. Held by scope, ends, protocol and identifier. RFC 791, section 3.2.
struct FragmentTable {
    struct Key: Hashable {
        var key0: UInt64
        var key1: UInt64
        var key2: UInt64
        var key3: UInt64
        var identifier: UInt32
        var scope: UInt32
        var protocolNumber: UInt8
        /// Fragments of both directions may bear the same identifier.
        var fromHighAddress: Bool
    }

    /// What is known of a datagram.
    private struct Datagram {
        /// The source's port in the high half; nil while the first fragment is missing.
        var ports: UInt32?
        var deadline: Int64
        var held: [HeldFragment] = []
    }

    /// A fragment whose flow is not known yet.
    struct HeldFragment {
        var packet: Packet
        var scope: UInt32
        var point: UInt16
        var time: Int64
    }

    private var datagrams: [Key: Datagram] = [:]
    /// Keys by deadline, oldest first; some may be gone already.
    private var queue: [(key: Key, deadline: Int64)] = []
    private var queueHead = 0
    private var heldCount = 0

    /// How long a datagram's fragments wait for each other: RFC 8200, section 4.5, gives 60 s, Linux 30.
    static var lifetime: Int64 { 30_000_000_000 }
    /// The most datagrams that are known at a time.
    static var limit: Int { 8192 }
    /// The most fragments that are held at a time.
    static var heldLimit: Int { 16_384 }

    var isEmpty: Bool { datagrams.isEmpty }

    /// What to do with a fragment.
    enum Verdict {
        /// Its ports are known now.
        case ports(UInt32)
        /// It waits for its first.
        case held
        /// Too many wait: count it without ports.
        case overflow
    }

    /// A first fragment: remembers its ports, and returns those that waited for it.
    mutating func first(_ packet: borrowing Packet, scope: UInt32, at time: Int64) -> [HeldFragment] {
        let ports = packet.ports
        // Without ports there is nothing to find out: all fragments have the same key.
        if ports == 0 { return [] }
        let key = Self.key(packet, scope: scope)
        if let known = datagrams[key] {
            if known.ports == nil {
                datagrams[key]?.ports = ports
                datagrams[key]?.held = []
                heldCount -= known.held.count
                return known.held
            }
            return []
        }
        guard datagrams.count < Self.limit else { return [] }
        add(key, Datagram(ports: ports, deadline: time &+ Self.lifetime))
        return []
    }

    /// A later fragment.
    mutating func later(_ packet: borrowing Packet, scope: UInt32, point: UInt16, at time: Int64) -> Verdict {
        let key = Self.key(packet, scope: scope)
        if let ports = datagrams[key]?.ports { return .ports(ports) }
        guard heldCount < Self.heldLimit else { return .overflow }
        if datagrams[key] == nil {
            guard datagrams.count < Self.limit else { return .overflow }
            add(key, Datagram(deadline: time &+ Self.lifetime))
        }
        datagrams[key]?.held.append(HeldFragment(packet: copy packet, scope: scope, point: point, time: time))
        heldCount += 1
        return .held
    }

    /// The ports of the datagram that a later fragment is of, the source's in the high half; nil while its first is missing.
    func ports(of packet: borrowing Packet, scope: UInt32) -> UInt32? {
        datagrams[Self.key(packet, scope: scope)]?.ports
    }

    private mutating func add(_ key: Key, _ datagram: Datagram) {
        datagrams[key] = datagram
        queue.append((key, datagram.deadline))
    }

    /// Forgets what is older than `now`; returns the fragments that waited in vain, oldest first.
    mutating func expire(at now: Int64) -> [HeldFragment] {
        var orphans: [HeldFragment] = []
        while queueHead < queue.count, queue[queueHead].deadline <= now {
            if let datagram = datagrams.removeValue(forKey: queue[queueHead].key) {
                heldCount -= datagram.held.count
                orphans += datagram.held
            }
            queueHead += 1
        }
        if queueHead > 4096, queueHead * 2 > queue.count {
            queue.removeFirst(queueHead)
            queueHead = 0
        }
        return orphans
    }

    private static func key(_ packet: borrowing Packet, scope: UInt32) -> Key {
        Key(
            key0: packet.key0,
            key1: packet.key1,
            key2: packet.key2,
            key3: packet.key3,
            identifier: packet.fragmentIdentifier,
            scope: scope,
            protocolNumber: packet.protocolNumber,
            // With both ends at one address the ports alone decide the order, and later fragments have none.
            fromHighAddress: packet.hasEqualAddresses ? false : packet.flags.contains(.reversed)
        )
    }
}
