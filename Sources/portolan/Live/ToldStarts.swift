import Records

/// Which nameless flows a person was told of when they began, so that those a filter finds by a name that came late are told
/// of then, and the others not twice.
struct ToldStarts {
    private var nameless: Set<UInt32> = []

    /// The most flows remembered; one beyond may be told of twice.
    static var limit: Int { 16_384 }

    /// Whether a record of the flow of that number says something new; `isSettled` when no name is awaited for the flow.
    mutating func isNews(_ action: FlowAction, _ serial: UInt32, isSettled: Bool) -> Bool {
        switch action {
        case .started:
            if !isSettled, nameless.count < Self.limit { nameless.insert(serial) }
            return true
        case .updated: return nameless.remove(serial) == nil
        case .ended:
            nameless.remove(serial)
            return true
        }
    }
}
