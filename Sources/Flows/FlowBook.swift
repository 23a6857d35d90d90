public import Addressing
public import Wire

/// What flows refer to by number: scopes, points, tunnels, and what their bytes told.
///
/// Not copyable: it is large, and handed along by reference with every flow.
public struct FlowBook: ~Copyable {
    /// Which scope packets are in.
    public internal(set) var scopes = ScopeMap()
    var points = PointTable()
    var tunnels = TunnelTable()
    var applications = ApplicationTable()
    var asides = AsideTable()
    var tally = TCPTally()
    var translations = TranslationTable()
    /// Flows that somebody waits for an answer to.
    var tries = TryLine()
    /// The flow that the one being told of is joined to.
    var joining: FlowIdentifier?
    /// Flows begun so far.
    var serial: UInt32 = 0
    /// What went wrong or was full.
    public internal(set) var counters = FlowTableCounters()

    /// How often something was not kept apart because a side table was full, by table.
    public var overflows: TableOverflows {
        TableOverflows(
            scopes: scopes.overflows,
            points: points.overflows,
            tunnels: tunnels.overflows,
            applications: applications.overflows,
            fragments: counters.fragmentOverflows
        )
    }

    /// One of the observation points.
    public func point(_ number: UInt16) -> ObservationPoint { points.points[Int(number)] }

    /// Grows when a number of a point comes to mean another one, or one that is described otherwise.
    public var pointsVersion: UInt64 { points.version }

    /// The tunnel around a flow, and the outer source port of its first packet.
    public func tunnel(of flow: Flow) -> (Tunnel, sourcePort: UInt16)? {
        guard let tunnel = tunnels[flow.detail.tunnel] else { return nil }
        return (tunnel, flow.detail.tunnelPort)
    }

    /// The same of a flow at first look.
    public func tunnel(of outline: FlowOutline) -> Tunnel? { tunnels[outline.tunnel] }

    /// Who sent the outer packet of a flow at first look.
    public func tunnelSource(of outline: FlowOutline) -> IPAddress? { tunnels.source(of: outline.tunnel) }

    /// What a flow's bytes told of its application.
    public func application(of flow: Flow) -> ApplicationDetails? { applications[flow.detail.application] }

    /// What was asked for over HTTP, of a flow at first look.
    public func httpPath(of outline: FlowOutline) -> String? { applications.httpPath(outline.words) }

    /// What each point counted, the primary first, then in the order they saw the flow.
    public func path(of flow: Flow) -> [PointCount] {
        pointCounts(flow.primary, aside: flow.detail.aside)
    }

    /// Whether all that a flow was seen at is on another host than the one whose journal is read.
    public func isElsewhere(_ flow: Flow) -> Bool {
        for index in 0..<pathLength(of: flow)
        where !points.points[Int(pathElement(index, of: flow).point)].isElsewhere {
            return false
        }
        return true
    }

    func pointCounts(_ primary: PointCount, aside: UInt32) -> [PointCount] {
        var counts = [asides.marked(primary, aside)]
        asides.forEachCount(of: aside) { counts.append($0) }
        return counts
    }

    /// What NAT made of a flow's addresses, when it did and somebody said so.
    public func translation(of flow: Flow) -> FlowTranslation? {
        flow.detail.aside == 0 ? nil : asides[rarity: flow.detail.aside].translation
    }
}

/// How often a flow table had to give way.
public struct FlowTableCounters: Sendable {
    /// Flows ended early because the table was full.
    public var evicted: UInt64 = 0
    /// Frames older than one before them; they count at the newest time.
    public var late: UInt64 = 0
    /// Fragments whose first part never came: they count without ports.
    public var orphanedFragments: UInt64 = 0
    /// Fragments that were not held because too many were.
    public var fragmentOverflows: UInt64 = 0

    /// Nothing gave way.
    public init() {}
}

/// How often each bounded side table had no room.
public struct TableOverflows: Hashable, Sendable {
    /// Segments that share the last scope: their equal addresses are not told apart.
    public var scopes: UInt64 = 0
    /// Interfaces whose frames count at the last observation point.
    public var points: UInt64 = 0
    /// Flows whose tunnel is not told.
    public var tunnels: UInt64 = 0
    /// Flows whose bytes told something that is not.
    public var applications: UInt64 = 0
    /// Fragments that could not wait for their first.
    public var fragments: UInt64 = 0

    /// Nothing overflowed.
    public init() {}

    init(scopes: UInt64, points: UInt64, tunnels: UInt64, applications: UInt64, fragments: UInt64) {
        self.scopes = scopes
        self.points = points
        self.tunnels = tunnels
        self.applications = applications
        self.fragments = fragments
    }
}
