import Flows
import Records

/// Which flows that go on a person was told of by an agent: those it remembers once, and then only how they end.
struct ToldOngoing {
    /// Whether stored flows are told of at all, and whether those that come are.
    let isStored: Bool
    let follows: Bool
    private var told: Set<FlowIdentifier> = []

    /// The most flows remembered; of further ones it is not told that they go on.
    static var limit: Int { 65_536 }

    init(isStored: Bool, follows: Bool) {
        self.isStored = isStored
        self.follows = follows
    }

    /// Whether a flow says something new.
    mutating func isNews(_ action: FlowAction, _ flow: FlowIdentifier) -> Bool {
        switch action {
        case .started:
            if isStored, follows, told.count < Self.limit { told.insert(flow) }
            return true
        case .updated:
            if !follows { return true }
            return isStored && told.count < Self.limit && told.insert(flow).inserted
        case .ended:
            told.remove(flow)
            return true
        }
    }
}
