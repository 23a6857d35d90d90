import Addressing
import Containers

/// Finds who looks for hosts on a segment with ARP or neighbour solicitations: many addresses asked for, that nobody claims.
///
/// Where answers pass unseen, as behind a switch, everybody seems to ask in vain; so a container, whose bridge shows answers, may ask
/// for fewer than others. Bounded in askers, in addresses of each, in questions under way and in addresses that are known to be there.
struct NeighbourSweepDetector: Sendable {
    private struct Asker: Sendable {
        var party: Party
        var asked = RecentSet<IPAddress>(limit: Self.askedLimit)
        var failures = CountingWindow()
        var count = 0
        var first: Timestamp?
        var telling = Telling()

        static var askedLimit: Int { 512 }

        init(_ party: Party) { self.party = party }
    }

    private struct Key: TableKey {
        let subject: Subject
        let isIPv6: Bool
    }

    private struct Question: Sendable {
        let key: Key
        let time: Timestamp
    }

    private var askers = SubjectTable<Key, Asker>(limit: Self.askerLimit)
    /// Addresses that somebody claimed, and when last.
    private var present = SubjectTable<Contact.Host, Int64>(limit: Self.presentLimit)
    private var open: [Contact.Host: Question] = [:]
    private var line: [(host: Contact.Host, time: Int64)] = []
    private var head = 0

    static var askerLimit: Int { 2048 }
    static var presentLimit: Int { 16_384 }
    /// The most questions under way.
    static var openLimit: Int { 8192 }
    /// Nanoseconds without an answer that are a failure: whoever asks does so three times, a second apart.
    static var patience: Int64 { 3_000_000_000 }
    /// Seconds for which an address that was claimed counts as there.
    static var memory: Int64 { 3600 }
    /// Seconds of half the window in which failures count.
    static var half: Int64 { 150 }
    /// Addresses asked for in vain that are a sweep: of a container, and of anybody else.
    static var containerFloor: Int { 8 }
    static var floor: Int { 32 }

    mutating func take(_ hearsay: Hearsay, to alerts: inout [Alert]) {
        advance(to: hearsay.time, to: &alerts)
        switch hearsay.kind {
        case .claim(let address, _):
            let host = Contact.Host(address: address, scope: hearsay.scope)
            present.set(host, hearsay.time.seconds)
            open[host] = nil
        case .question(let target):
            ask(target, hearsay)
        case .router, .lease:
            break
        }
    }

    private mutating func ask(_ target: IPAddress, _ hearsay: Hearsay) {
        let host = Contact.Host(address: target, scope: hearsay.scope)
        if let seen = present[host], hearsay.time.seconds - seen < Self.memory { return }
        let key = Key(subject: hearsay.speaker.subject, isIPv6: target.isIPv6)
        let isFirst = askers.update(key, or: Asker(hearsay.speaker)) { $0.asked.insert(target) }
        guard isFirst, open.count < Self.openLimit else { return }
        open[host] = Question(key: key, time: hearsay.time)
        line.append((host, hearsay.time.nanoseconds))
    }

    /// When nobody will have answered the first question in time.
    var due: Timestamp {
        guard head < line.count else { return Timestamp(nanoseconds: .max) }
        let (due, isTooLate) = line[head].time.addingReportingOverflow(Self.patience)
        return Timestamp(nanoseconds: isTooLate ? .max : due)
    }

    /// Settles what nobody answered in time.
    mutating func advance(to time: Timestamp, to alerts: inout [Alert]) {
        while head < line.count, time.nanoseconds &- line[head].time >= Self.patience {
            let (host, began) = line[head]
            head += 1
            guard let question = open[host], question.time.nanoseconds == began else { continue }
            open[host] = nil
            fail(question, at: Timestamp(nanoseconds: began &+ Self.patience), to: &alerts)
        }
        if head > 4096, head * 2 > line.count {
            line.removeFirst(head)
            head = 0
        }
    }

    private mutating func fail(_ question: Question, at time: Timestamp, to alerts: inout [Alert]) {
        let isIPv6 = question.key.isIPv6
        let alert = askers.change(question.key) { asker -> Alert? in
            if asker.failures.count(at: time.seconds, half: Self.half) == 0 { (asker.count, asker.first) = (0, nil) }
            asker.failures.add(at: time.seconds, half: Self.half)
            asker.count += 1
            let first = asker.first ?? question.time
            asker.first = first
            let floor = asker.party.kind == .container ? Self.containerFloor : Self.floor
            guard asker.failures.count(at: time.seconds, half: Self.half) >= floor,
                asker.telling.isNews(asker.count, at: time)
            else { return nil }
            let rule: Rule = isIPv6 ? .neighbourSweep : .arpSweep
            let means = isIPv6 ? "neighbour solicitations" : "ARP"
            let span = Elapsed.text(from: first, to: question.time)
            return Alert(
                rule: rule,
                severity: rule.severity,
                time: time,
                source: asker.party,
                first: first,
                last: question.time,
                count: asker.count,
                evidence: [],
                message:
                    "\(asker.party.name) looked for \(asker.count) addresses that nobody has, with \(means), \(span)"
            )
        }
        if case .some(.some(let alert)) = alert { alerts.append(alert) }
    }
}
