/// The space in which an address means one thing: the segments that one routing table joins without translation.
///
/// Two tenants may both have 10.0.0.2; the scope keeps their flows apart.
public struct Scope: Hashable, Sendable {
    /// What names it.
    public var name: Name

    /// How a scope is known.
    public enum Name: Hashable, Sendable {
        /// What travels in no overlay and no VLAN, as far as one can see.
        case bare
        /// An overlay segment and the VLANs inside it; a VLAN word is as in `Packet.vlan`.
        case segment(identifier: UInt32, vlan: UInt32)
        /// VLANs, outside any overlay.
        case vlan(UInt32)
        /// A network namespace other than the host's that routes for itself, by its inode number.
        case namespace(UInt64)
        /// A bridge of no overlay and without an address, or a VRF: by its namespace's inode number and its index there.
        case device(namespace: UInt64, index: UInt32)
    }
}

/// Says which scope a packet is in: from where it was seen, and the segment and VLANs around it.
///
/// Plain data. From a foreign capture each VNI and each VLAN is a scope, and what is bare is scope 0; whoever knows better
/// (the kernel's links, a journal) says so with `assign`. Bounded: past `limit` scopes, new ones share the last.
public struct ScopeMap: Sendable {
    struct Place: Hashable {
        var point: UInt16
        var segment: UInt32
        var vlan: UInt32
    }

    /// All scopes, by number. Number 0 is bare.
    public private(set) var scopes: [Scope] = [Scope(name: .bare)]
    private var numbers: [Scope.Name: UInt32] = [.bare: 0]
    private var places: [Place: UInt32] = [:]
    /// How often a scope was wanted when the table was full.
    public private(set) var overflows: UInt64 = 0

    /// What was asked for lately, at a place that its point and segment give; forgotten when anything is assigned.
    private var recent = Self.nothingRecent
    private var hasRecent = false

    private struct Recent {
        var place: Place
        var number: UInt32
    }

    /// How many answers are remembered: a power of two.
    private static var recentCount: Int { 256 }

    private static var nothingRecent: [Recent] {
        let nowhere = Place(point: .max, segment: .max, vlan: .max)
        return Array(repeating: Recent(place: nowhere, number: 0), count: recentCount)
    }

    /// Whether any point's bare traffic is in another scope than 0.
    private var bareIsAssigned = false

    /// The most scopes, and the most places, that are kept apart.
    public static var limit: Int { 1 << 20 }

    public init() {}

    /// The scope's number, below 2^24.
    @inline(__always)
    mutating func scope(point: UInt16, segment: UInt32, vlan: UInt32) -> UInt32 {
        if segment | vlan == 0, !bareIsAssigned { return 0 }
        let place = Place(point: point, segment: segment, vlan: vlan)
        let known = recent[Self.index(of: place)]
        return known.place == place ? known.number : look(place)
    }

    @inline(__always)
    private static func index(of place: Place) -> Int {
        Int(UInt32(place.point) ^ place.segment ^ place.vlan) & (recentCount - 1)
    }

    @inline(never)
    private mutating func look(_ place: Place) -> UInt32 {
        let number = places[place] ?? derive(place)
        recent[Self.index(of: place)] = Recent(place: place, number: number)
        hasRecent = true
        return number
    }

    private mutating func derive(_ place: Place) -> UInt32 {
        let anywhere = Place(point: .max, segment: place.segment, vlan: place.vlan)
        if let number = places[anywhere] {
            if places.count < Self.limit { places[place] = number }
            return number
        }
        let name: Scope.Name
        if place.segment != 0 {
            name = .segment(identifier: place.segment & 0xff_ffff, vlan: place.vlan)
        } else if place.vlan != 0 {
            name = .vlan(place.vlan)
        } else {
            name = .bare
        }
        let number = number(of: name)
        if places.count < Self.limit { places[place] = number }
        return number
    }

    mutating func number(of name: Scope.Name) -> UInt32 {
        if let number = numbers[name] { return number }
        guard scopes.count < Self.limit else {
            overflows += 1
            return UInt32(scopes.count - 1)
        }
        let number = UInt32(scopes.count)
        scopes.append(Scope(name: name))
        numbers[name] = number
        return number
    }

    /// Says that what `point` sees of a segment (nil for none) and VLANs belongs to a scope of that name.
    ///
    /// Flows that are under way keep the scope they began in.
    public mutating func assign(point: UInt16, segment: UInt32?, vlan: UInt32, to name: Scope.Name) {
        let place = Place(point: point, segment: segment.map { $0 | 0x0100_0000 } ?? 0, vlan: vlan)
        places[place] = number(of: name)
        forgetRecent()
        if place.segment == 0, vlan == 0 { bareIsAssigned = true }
    }

    /// Says that a segment belongs to a scope of that name, wherever it is seen; nil: to one of its own, as it began.
    public mutating func assign(segment: UInt32, to name: Scope.Name?) {
        let bits = segment | 0x0100_0000
        // What was derived before may be wrong now.
        places = places.filter { $0.key.segment != bits || $0.key.vlan != 0 }
        if let name { places[Place(point: .max, segment: bits, vlan: 0)] = number(of: name) }
        forgetRecent()
    }

    /// Forgets all that was said of a point: its number is going to mean another interface.
    mutating func release(point: UInt16) {
        places = places.filter { $0.key.point != point }
        forgetRecent()
    }

    private mutating func forgetRecent() {
        if hasRecent { recent = Self.nothingRecent }
        hasRecent = false
    }
}
