import Flows

/// Which twins were counted, where only some flows are: one whose twin was left out counts in full.
struct CountedTwins {
    private var counted: Set<FlowIdentifier> = []
    /// Whether there was one that could not be remembered: then what the flow table says of twins is taken for granted.
    private var isIncomplete = false

    /// The most flows remembered that wait for their twin's end.
    static var limit: Int { 65_536 }

    /// The flow with what it adds to sums of those told so far.
    mutating func counted(_ flow: Flow) -> Flow {
        guard let twin = flow.twin else { return flow }
        guard flow.repeatsTwin else {
            if counted.count < Self.limit { counted.insert(flow.identifier) } else { isIncomplete = true }
            return flow
        }
        guard counted.remove(twin) == nil, !isIncomplete else { return flow }
        var whole = flow
        whole.repeatsTwin = false
        whole.gain = (flow.packets, flow.bytes)
        return whole
    }

    /// A flow that nobody is told of waits for nobody's sake.
    mutating func leftOut(_ flow: Flow) {
        if flow.repeatsTwin, let twin = flow.twin { counted.remove(twin) }
    }
}
