import Addressing
import Flows

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
        let news = count(
            Key(rule: alert.rule, subject: alert.source.subject),
            peer,
            alert.evidence,
            first: alert.first,
            at: alert.time
        )
        return Self.told(news, alert, others)
    }

    /// The same of one flow; the alert is made where it is told.
    mutating func take(
        _ rule: Rule,
        _ fact: FlowFact,
        _ alert: @autoclosure () -> Alert,
        others: (Int) -> String
    ) -> Alert? {
        let key = Key(rule: rule, subject: fact.source.subject)
        let news = count(key, fact.destination.subject, [fact.identifier], first: fact.first, at: fact.time)
        if case .none = news { return nil }
        return Self.told(news, alert(), others)
    }

    private enum News {
        case none, each
        case sum(State)
    }

    private mutating func count(
        _ key: Key,
        _ peer: Subject,
        _ evidence: [FlowIdentifier],
        first: Timestamp,
        at time: Timestamp
    ) -> News {
        states.update(key, or: State(first: first)) { state in
            let isNew = state.peers.insert(peer)
            if isNew { state.count += 1 }
            for flow in evidence { state.evidence.add(flow) }
            guard state.count > Self.each else { return .each }
            guard isNew, state.telling.isNews(state.count, at: time) else { return .none }
            return .sum(state)
        }
    }

    private static func told(_ news: News, _ alert: Alert, _ others: (Int) -> String) -> Alert? {
        switch news {
        case .none: return nil
        case .each: return alert
        case .sum(let state):
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
