import Flows

/// Which flows show something: the newest few.
struct Evidence: Sendable {
    private var flows: [FlowIdentifier] = []
    private var next = 0
    private var newest: FlowIdentifier?

    /// Adds one, unless it is the one that was added last.
    mutating func add(_ flow: FlowIdentifier) {
        guard flow != newest else { return }
        newest = flow
        if flows.count < Alert.evidenceLimit {
            flows.append(flow)
        } else {
            flows[next] = flow
            next = (next + 1) % Alert.evidenceLimit
        }
    }

    /// In the order they were added.
    var ordered: [FlowIdentifier] { Array(flows[next...] + flows[..<next]) }
}
