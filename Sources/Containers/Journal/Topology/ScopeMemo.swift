/// Scopes of interfaces as they were worked out, for one state of the topology: the next one begins with an empty memo.
///
/// To work one out takes half a dozen look-ups along bridges and veths, and each flow that begins asks for several. An object, so
/// that a question can remember its answer.
final class ScopeMemo {
    private var known: [InterfaceKey: ScopeName] = [:]

    /// The most that are remembered.
    private static var limit: Int { 65_536 }

    func scope(of key: InterfaceKey, orElse derive: (InterfaceKey) -> ScopeName) -> ScopeName {
        if let scope = known[key] { return scope }
        let scope = derive(key)
        if known.count >= Self.limit { known.removeAll() }
        known[key] = scope
        return scope
    }
}
