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
