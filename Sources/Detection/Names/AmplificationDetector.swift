import Addressing
import Flows
import Policy

/// Finds answers in masses that nobody asked for, and servers of ours that answer far more than they are asked: somebody asks
/// with the victim's address. By UDP services that are known to be misused so.
///
/// Counts as well as rates are judged, so that a capture whose clock stands still tells too. Bounded in victims.
struct AmplificationDetector: Sendable {
    private struct Key: TableKey {
        let victim: Subject
        /// Of ours that answers; nil where it is the victim that is ours.
        let server: Subject?
        let port: UInt16
    }

    private var rains = SubjectTable<Key, AnswerRain>(limit: Self.limit)
    private var answers = 0
    private var bytes = 0

    static var limit: Int { 4096 }
    static let thresholds: [String: RuleCatalog.Threshold] = [
        "answers": RuleCatalog.Threshold(.count, 50...1_000_000),
        "bytes": RuleCatalog.Threshold(.size, 16_384...1 << 30),
    ]
    /// Services, by port: quote of the day, chargen, DNS, portmap, NTP, NetBIOS names, SNMP, CLDAP, RIP, SSDP, ARD, WS-Discovery,
    /// CoAP, memcached.
    static func isMisused(_ port: UInt16) -> Bool {
        switch port {
        case 17, 19, 53, 111, 123, 137, 161, 389, 520, 1900, 3283, 3702, 5683, 11_211: true
        default: false
        }
    }

    /// Times that an answer is larger than the question.
    static var ratio: UInt64 { 10 }

    init(_ thresholds: Thresholds) { apply(thresholds) }

    mutating func apply(_ thresholds: Thresholds) {
        answers = thresholds.number("amplification", "answers", or: 300)
        bytes = thresholds.number("amplification", "bytes", or: 1 << 20)
    }

    mutating func take(_ fact: FlowFact, to alerts: inout [Alert]) {
        if fact.opening == .datagram, fact.destinationPackets == 0, Self.isMisused(fact.sourcePort),
            !Self.isMisused(fact.port)
        {
            return unasked(fact.turned, to: &alerts)
        }
        guard Self.isMisused(fact.port) else { return }
        if fact.opening == .answer {
            unasked(fact, to: &alerts)
        } else if fact.opening == .datagram, fact.phase != .began, fact.source.isOutside, !fact.destination.isOutside {
            amplified(fact, to: &alerts)
        }
    }

    /// Answers, of which the question was not seen.
    private mutating func unasked(_ fact: FlowFact, to alerts: inout [Alert]) {
        // What was asked after all was under way when the capture began.
        guard fact.sourcePackets == 0, let fresh = freshAnswers(fact) else { return }
        let key = Key(victim: fact.source.subject, server: nil, port: fact.port)
        let (answers, least) = (answers, fact.port == 53 ? 512 : 250)
        let news = rains.update(key, or: AnswerRain()) { rain -> AnswerRain? in
            rain.add(fact, answers: fresh, by: fact.destination)
            let (count, size) = rain.recent(at: fact.time)
            guard count >= answers, size / count >= least, rain.telling.isNews(rain.count, at: fact.time) else {
                return nil
            }
            return rain
        }
        guard let news else { return }
        let text = "is sent \(news.count) answers from port \(fact.port) that it did not ask for"
        alerts.append(alert(news, fact, victim: fact.source, text))
    }

    /// Answers of a flow that are to be counted now: its first as it begins, those of a short one as it ends, and of a long one
    /// all, if they are too many by themselves.
    private func freshAnswers(_ fact: FlowFact) -> UInt64? {
        if fact.phase == .began { return 1 }
        let seconds = UInt64(max(0, fact.last.seconds &- fact.first.seconds))
        let isDense = fact.destinationPackets >= UInt64(answers) / 2 / UInt64(AnswerRain.half) * seconds
        if fact.destinationPackets >= UInt64(answers), isDense { return fact.destinationPackets }
        let isShort = fact.phase == .ended && seconds <= 2 * AnswerRain.half
        return isShort && fact.destinationPackets > 1 ? fact.destinationPackets - 1 : nil
    }

    /// Answers of a server of ours to somebody outside.
    private mutating func amplified(_ fact: FlowFact, to alerts: inout [Alert]) {
        guard fact.phase == .ended || fact.destinationBytes >= UInt64(bytes),
            fact.destinationBytes / Self.ratio >= fact.sourceBytes
        else { return }
        let key = Key(victim: fact.source.subject, server: fact.destination.subject, port: fact.port)
        let bytes = bytes
        let news = rains.update(key, or: AnswerRain()) { rain -> AnswerRain? in
            // One that goes on will be told of again, and counts as it ends.
            var sum = rain
            sum.add(fact, answers: fact.destinationPackets, by: fact.destination)
            if fact.phase == .ended { rain = sum }
            guard sum.recent(at: fact.time).bytes >= bytes else { return nil }
            return rain.telling.isNews(sum.count, at: fact.time) ? sum : nil
        }
        guard let news else { return }
        let server = fact.destination.name
        let text =
            "is sent \(news.count) answers by \(server) port \(fact.port), \(Self.ratio) times as large as what asked"
        alerts.append(alert(news, fact, victim: fact.source, text))
    }

    private func alert(_ rain: AnswerRain, _ fact: FlowFact, victim: Party, _ text: String) -> Alert {
        let leader = rain.senders.isMajority ? rain.senders.leader : nil
        var alert = Alert(
            rule: .amplification,
            severity: victim.isOurs || fact.destination.isOurs ? Rule.amplification.severity : 30,
            time: fact.time,
            source: leader ?? fact.destination,
            destination: victim,
            first: rain.first ?? fact.first,
            last: fact.last,
            count: rain.count,
            evidence: rain.evidence.ordered,
            message: "\(victim.name) \(text)"
        )
        alert.isOfMany = leader == nil
        return alert
    }
}

extension FlowFact {
    /// The same with its ends changed: where ports do not say who serves, the first answer is taken for a question.
    fileprivate var turned: Self {
        var fact = self
        swap(&fact.source, &fact.destination)
        swap(&fact.sourcePort, &fact.port)
        swap(&fact.sourcePackets, &fact.destinationPackets)
        swap(&fact.sourceBytes, &fact.destinationBytes)
        fact.opening = .answer
        return fact
    }
}
