public import Addressing

/// What one observation point counted of a flow.
public struct PointCount: Hashable, Sendable {
    /// The point's number in the flow book.
    public var point: UInt16
    /// Packets and IP bytes sent by the low end.
    public var lowPackets: UInt64
    public var lowBytes: UInt64
    /// The same of the high end.
    public var highPackets: UInt64
    public var highBytes: UInt64
    /// When it saw the first and the last of them.
    public var first: Timestamp
    public var last: Timestamp
    /// Which end is beyond the interface: whose packets came in there, and whom those are for that went out.
    public var beyond: FlowEnd
    /// Whether it saw the other addresses that NAT gave the flow. A point can see both.
    public var isTranslated: Bool

    /// Packets that an end sent.
    public func packets(of end: FlowEnd) -> UInt64 {
        switch end {
        case .unknown: 0
        case .low: lowPackets
        case .high: highPackets
        }
    }

    /// Both ends' packets.
    public var packets: UInt64 { lowPackets + highPackets }
}

extension PointCount {
    mutating func add(_ other: Self) {
        lowPackets += other.lowPackets
        lowBytes += other.lowBytes
        highPackets += other.highPackets
        highBytes += other.highBytes
        last = max(last, other.last)
    }

    /// The same with the ends changed about.
    var turned: Self {
        var turned = self
        swap(&turned.lowPackets, &turned.highPackets)
        swap(&turned.lowBytes, &turned.highBytes)
        turned.beyond = beyond.turned
        return turned
    }
}

/// What only some flows need: other observation points, a twin, and what NAT made of them.
struct Aside {
    /// All points but the primary, in the order they first saw the flow.
    var points: [PointCount] = []
    var twin = TwinLink.none
    /// Whether another point has taken over already: it happens once.
    var tookOver = false

    /// Of a flow whose addresses NAT changes on the way.
    var translated: TranslatedFlow?
    /// Of a stub: the entry its packets count for, and whether the ends are changed about.
    var main: (number: Int, isTurned: Bool)?

    /// Adds a point that saw the flow's other addresses, or adds it to the last where there is no room.
    mutating func append(_ count: PointCount) {
        if points.count < Self.limit {
            points.append(count)
            points[points.count - 1].isTranslated = true
        } else {
            points[Self.limit - 1].add(count)
        }
    }

    /// The place of a point that sees the flow's other addresses, made when there is none.
    mutating func translated(at point: UInt16, beyond: FlowEnd, _ time: Int64) -> Int {
        if let known = points.firstIndex(where: { $0.point == point && $0.isTranslated }) { return known }
        guard points.count < Self.limit else { return Self.limit - 1 }
        var count = PointCount(point: point, at: time)
        count.beyond = beyond
        append(count)
        return points.count - 1
    }

    /// What the primary point counted, with its mark where it saw the flow's other addresses.
    func marked(_ primary: PointCount) -> PointCount {
        var primary = primary
        primary.isTranslated = translated?.isPrimaryTranslated ?? false
        return primary
    }

    /// The most other points that are kept apart; what further ones see counts at the last.
    static var limit: Int { 30 }
}

/// How a bare flow and the one tunnelled flow with the same ends know of each other.
enum TwinLink {
    case none
    /// The other is still in the table, under this number.
    case live(Int)
    /// The other has ended; what is kept of it decides which of the two counts.
    case ended(TwinSummary)
    /// More than one candidate: nobody knows which is which.
    case ambiguous
}

/// What remains of a twin that has ended.
struct TwinSummary {
    var identifier: FlowIdentifier
    var packets: UInt64
    var bytes: UInt64
}

/// Asides by number, counted from 1. One a flow at most, so the flow table's bound bounds it.
struct AsideTable {
    private var asides: [Aside] = []
    private var free: [UInt32] = []

    subscript(_ number: UInt32) -> Aside {
        get { asides[Int(number) - 1] }
        _modify { yield &asides[Int(number) - 1] }
    }

    mutating func make() -> UInt32 {
        if let number = free.popLast() { return number }
        asides.append(Aside())
        return UInt32(asides.count)
    }

    mutating func release(_ number: UInt32) {
        guard number != 0 else { return }
        asides[Int(number) - 1] = Aside()
        free.append(number)
    }
}
