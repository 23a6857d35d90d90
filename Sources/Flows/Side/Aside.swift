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

    /// Both ends' packets.
    public var packets: UInt64 { lowPackets + highPackets }
}

/// What only some flows need: other observation points, and a twin.
struct Aside {
    /// All points but the primary, in the order they first saw the flow.
    var points: [PointCount] = []
    var twin = TwinLink.none
    /// Whether another point has taken over already: it happens once.
    var tookOver = false

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
