import Addressing
import Flows

/// What one subject does to one peer after the other: each of the first is told, and the others together.
///
/// Bounded in subjects, and in peers of each: whoever calls the whole world makes no more alerts than `each` and one for every ten times
/// as many. What is only good to know is told of so many subjects and peers in an hour, and then of all together.
struct PeerTally: Sendable {
    private struct Key: TableKey {
        let rule: Rule
        let subject: Subject

        /// A detector has few rules: they need not be told apart by it.
        func fold(into fold: inout Fold) { subject.fold(into: &fold) }
    }

    private struct State: Sendable {
        var peers = RecentPrints(limit: PeerTally.peerLimit)
        var count = 0
        var first: Timestamp
        var evidence = Evidence()
        var telling = Telling()
    }

    private var states = SubjectTable<Key, State>(limit: Self.limit)

    /// Notes of rules that are only good to know, in the present hour.
    private struct Notes: Sendable {
        var hour: Int64
        var count = 0
        var telling = Telling()
    }

    /// By rule: a detector has few.
    private var notes: [(rule: Rule, notes: Notes)] = []

    static var limit: Int { 4096 }
    /// Of one rule in an hour.
    static var noteLimit: Int { 256 }
    /// Below it what is told is only good to know.
    static var noteSeverity: Int { 40 }
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
        return Self.told(noted(news, alert.rule, at: alert.time), alert, others)
    }

    /// The same of one flow; the alert is made where it is told.
    mutating func take(
        _ rule: Rule,
        _ fact: FlowFact,
        _ alert: @autoclosure () -> Alert,
        others: (Int) -> String
    ) -> Alert? {
        if isTooMuch(rule, at: fact.time) {
            let news = noted(.each, rule, at: fact.time)
            if case .none = news { return nil }
            return Self.told(news, alert(), others)
        }
        let key = Key(rule: rule, subject: fact.source.subject)
        let found = count(key, fact.destination.subject, [fact.identifier], first: fact.first, at: fact.time)
        let news = noted(found, rule, at: fact.time)
        if case .none = news { return nil }
        return Self.told(news, alert(), others)
    }

    private enum News {
        case none, each
        case sum(State)
        /// One of so many.
        case note(Int)
    }

    /// What is only good to know is told no further where there is too much of it.
    private mutating func noted(_ news: News, _ rule: Rule, at time: Timestamp) -> News {
        guard rule.severity < Self.noteSeverity else { return news }
        if case .none = news { return .none }
        let number = notesNumber(rule, at: time)
        notes[number].notes.count += 1
        guard notes[number].notes.count > Self.noteLimit else { return news }
        let count = notes[number].notes.count
        return notes[number].notes.telling.isNews(count, at: time) ? .note(count) : .none
    }

    /// Where the notes of a rule in this hour are.
    private mutating func notesNumber(_ rule: Rule, at time: Timestamp) -> Int {
        let hour = time.seconds / 3600
        guard let number = notes.firstIndex(where: { $0.rule == rule }) else {
            notes.append((rule, Notes(hour: hour)))
            return notes.count - 1
        }
        if notes[number].notes.hour != hour { notes[number].notes = Notes(hour: hour) }
        return number
    }

    /// Whether so much of a rule was told in this hour that who did it to whom is not counted any further.
    private mutating func isTooMuch(_ rule: Rule, at time: Timestamp) -> Bool {
        guard rule.severity < Self.noteSeverity, !notes.isEmpty else { return false }
        return notes[notesNumber(rule, at: time)].notes.count >= Self.noteLimit
    }

    private mutating func count(
        _ key: Key,
        _ peer: Subject,
        _ evidence: [FlowIdentifier],
        first: Timestamp,
        at time: Timestamp
    ) -> News {
        let print = Imprint(peer).print
        return states.update(key, or: State(first: first)) { state in
            let isNew = state.peers.insert(print)
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
        case .note(let count):
            var note = alert
            note.isOfMany = true
            note.count = count
            note.message = "\(count) times within an hour, such as: \(alert.message)"
            return note
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
