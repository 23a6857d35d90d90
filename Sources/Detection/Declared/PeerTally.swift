import Addressing

/// What one subject does to one peer after the other: each of the first is told, and the others together.
///
/// Bounded in subjects, and in peers of each: whoever calls the whole world makes no more alerts than `each` and one for every ten times
/// as many.
struct PeerTally: Sendable {
    private struct Key: TableKey {
        let rule: Rule
        let subject: Subject
    }

    private struct State: Sendable {
        var peers = RecentSet<Subject>(limit: PeerTally.peerLimit)
        var count = 0
        var first: Timestamp
        var evidence = Evidence()
        var telling = Telling()
    }

    private var states = SubjectTable<Key, State>(limit: Self.limit)

    static var limit: Int { 4096 }
    static var peerLimit: Int { 256 }
    /// Peers that are told each.
    static var each: Int { 8 }

    /// Counts what `alert` tells of a flow. What is to be told now: the alert, or one of all peers together; nil for nothing.
    mutating func take(_ alert: Alert, others: (Int) -> String) -> Alert? {
        guard let peer = alert.destination?.subject else { return alert }
        let key = Key(rule: alert.rule, subject: alert.source.subject)
        return states.update(key, or: State(first: alert.first)) { state -> Alert? in
            let isNew = state.peers.insert(peer)
            if isNew { state.count += 1 }
            for flow in alert.evidence { state.evidence.add(flow) }
            guard state.count > Self.each else { return alert }
            guard isNew, state.telling.isNews(state.count, at: alert.time) else { return nil }
            var sum = alert
            sum.destination = nil
            sum.first = state.first
            sum.count = state.count
            sum.evidence = state.evidence.ordered
            sum.message = others(state.count)
            return sum
        }
    }
}
