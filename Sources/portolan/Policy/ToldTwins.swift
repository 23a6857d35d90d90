import Flows
import Records

/// Which flows were told that have a twin: of a conversation that was seen within a tunnel and beside it one is enough.
struct ToldTwins {
    private var waiting: Set<FlowIdentifier> = []

    /// The most flows that wait for their twin; what is more is told twice.
    static var limit: Int { 65_536 }

    /// Whether a flow's twin was told before it.
    mutating func repeats(_ record: FlowRecord) -> Bool {
        guard let twin = record.twin else { return false }
        if waiting.remove(twin) != nil { return true }
        if waiting.count < Self.limit { waiting.insert(record.identifier) }
        return false
    }
}
