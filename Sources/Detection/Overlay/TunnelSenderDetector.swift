import Addressing
import Flows

/// Finds who sends into an overlay and is no tunnel end of it. Whoever reaches the port can put packets into any
/// segment: RFC 7348, section 7.
///
/// A new host's packets may come before the entry that names it; so whom only the forwarding table does not know gets time.
/// Abstains where neither a policy nor the journal names tunnel ends. Bounded in senders.
struct TunnelSenderDetector: Sendable {
    private struct Stranger: Sendable {
        let first: Timestamp
        var passage: TunnelPassage
        var count = 0
        var evidence = Evidence()
        var telling = Telling()
        /// Whether it has had its time, or is in the line for that.
        var isJudged: Bool
        var isWaiting = false
    }

    private var strangers = SubjectTable<IPAddress, Stranger>(limit: Self.limit)
    private var line: DelayLine<IPAddress>
    /// Strangers that were told of, or would have been.
    private var count = 0
    private var telling = Telling()

    static var limit: Int { 1024 }
    /// Strangers that are told each; outer addresses can be forged, so more are told together.
    static var each: Int { 8 }

    init(_ thresholds: Thresholds) {
        line = DelayLine(seconds: Self.grace(thresholds), limit: Self.limit)
    }

    /// Of those that come from now on; who waits already waits as long as it was told.
    mutating func apply(_ thresholds: Thresholds) { line.wait(seconds: Self.grace(thresholds)) }

    private static func grace(_ thresholds: Thresholds) -> Int64 {
        Int64(thresholds.number("overlay", "grace", or: 10))
    }

    mutating func take(
        _ passage: TunnelPassage,
        _ standing: TunnelEnds.Standing,
        to alerts: inout [Alert]
    ) {
        let isDeclaredNone: Bool
        switch standing {
        case .known, .open: return
        case .undeclared: isDeclaredNone = true
        case .unheard: isDeclaredNone = false
        }
        let fresh = Stranger(first: passage.time, passage: passage, isJudged: isDeclaredNone)
        let hasRoom = line.hasRoom
        let (alert, waits) = strangers.update(passage.outer, or: fresh) { stranger -> (Alert?, Bool) in
            stranger.count += 1
            stranger.evidence.add(passage.flow)
            stranger.isJudged = stranger.isJudged || isDeclaredNone
            guard stranger.isJudged else {
                defer { stranger.isWaiting = stranger.isWaiting || hasRoom }
                return (nil, !stranger.isWaiting && hasRoom)
            }
            let isNews = stranger.telling.isNews(stranger.count, at: passage.time)
            return (isNews ? Self.alert(stranger, at: passage.time) : nil, false)
        }
        if let alert { tell(alert, to: &alerts) }
        if waits { line.append(passage.outer, at: passage.time) }
    }

    /// When the first of them has had his time.
    var due: Timestamp { line.due }

    /// Whether anybody's time is over.
    func isDue(at time: Timestamp) -> Bool { line.isDue(at: time) }

    /// Judges those whose time is over. `isKnown`: whether the journal names one by now.
    mutating func advance(to time: Timestamp, isKnown: (IPAddress, Timestamp) -> Bool, to alerts: inout [Alert]) {
        while let (address, due) = line.takeDue(at: time) {
            let isStranger = !isKnown(address, due)
            let alert = strangers.change(address) { stranger -> Alert? in
                (stranger.isJudged, stranger.isWaiting) = (isStranger, false)
                guard isStranger else { return nil }
                return stranger.telling.isNews(stranger.count, at: due) ? Self.alert(stranger, at: due) : nil
            }
            if case .some(.some(let alert)) = alert { tell(alert, to: &alerts) }
        }
    }

    private mutating func tell(_ alert: Alert, to alerts: inout [Alert]) {
        count += 1
        guard count > Self.each else {
            alerts.append(alert)
            return
        }
        guard telling.isNews(count, at: alert.time) else { return }
        var sum = alert
        sum.isOfMany = true
        sum.count = count
        sum.message = "\(count) senders that are no tunnel ends send into overlays, such as \(alert.source.address)"
        alerts.append(sum)
    }

    private static func alert(_ stranger: Stranger, at time: Timestamp) -> Alert {
        let passage = stranger.passage
        let place = "\(passage.kind) segment \(passage.identifier)"
        return Alert(
            rule: .strangeTunnelEnd,
            severity: Rule.strangeTunnelEnd.severity,
            time: time,
            source: Party(passage.outer),
            destination: Party(passage.receiver),
            first: stranger.first,
            last: time,
            count: stranger.count,
            evidence: stranger.evidence.ordered,
            message:
                "\(passage.outer) sends into \(place) and is no tunnel end of it; inside, as \(passage.inner.address)"
        )
    }
}
