import Addressing
import Containers
import Flows
import Policy

/// Finds calls that come back by the clock, as those of programs that ask their master what to do.
///
/// Clusters are full of clocks, so how bad it is goes by who calls what: `severity`. Bounded in pairs, and in calls of each; a pair
/// that met once has no history yet, so that a scan pushes none out.
struct BeaconDetector: Sendable {
    private var newcomers = FirstCalls()
    private var histories = SubjectTable<BeaconKey, CallHistory>(limit: Self.limit)
    /// Of pairs by address, as they are asked for by it.
    private var filter = HistoryFilter()
    /// Whether anybody has a history by a name.
    private(set) var hasNames = false
    private var callers = SubjectTable<BeaconKey.Service, Acquaintances<Workload>>(limit: Self.limit)
    private var rounds = SubjectTable<BeaconKey.Round, Acquaintances<Contact.Host>>(limit: Self.limit)
    private var tellings = SubjectTable<Told, Telling>(limit: Self.limit)
    private var calls = 0
    private var score: Double = 0.0
    private var shortest: Double = 0.0

    private struct Told: TableKey {
        let workload: Workload
        let service: BeaconKey.Service
    }

    static var limit: Int { 8192 }
    /// The most that the intervals may deviate by their median, as a share of it.
    static var dispersion: Double { 0.2 }
    /// So many workloads that call a service make it one of everybody's.
    static var many: Int { 3 }
    /// So many hosts of which the same is asked make it a round, as of a scraper.
    static var manyHosts: Int { 3 }
    /// To outside, where others call, or of a host's own process.
    static var commonSeverity: Int { 30 }
    /// Inside, and across levels.
    static var crossingSeverity: Int { 35 }
    static var insideSeverity: Int { 20 }

    static let thresholds: [String: RuleCatalog.Threshold] = [
        "calls": RuleCatalog.Threshold(.count, 10...48),
        "score": RuleCatalog.Threshold(.count, 50...100),
        "shortest": RuleCatalog.Threshold(.time, 2...86_400),
    ]

    init(_ thresholds: Thresholds) { apply(thresholds) }

    mutating func apply(_ thresholds: Thresholds) {
        calls = thresholds.number("beacon", "calls", or: 24)
        score = Double(thresholds.number("beacon", "score", or: 80)) / 100
        shortest = Double(thresholds.number("beacon", "shortest", or: 5))
    }

    /// Whether somebody made such a call before; from now on he did.
    mutating func isKnown(_ glance: borrowing FlowGlance, _ source: Imprint, _ contact: Imprint) -> Bool {
        // Calls from outside are nobody's habit.
        if glance.isFromOutside || glance.isQuestion { return false }
        let pair = source.place(with: contact)
        return filter.mayHave(pair) || newcomers.note(pair, at: glance.outline.first) != nil
    }

    /// Whether there may be a history of such calls.
    func follows(_ glance: borrowing FlowGlance) -> Bool {
        filter.count > 0 && filter.mayHave(glance.sourceImprint.place(with: glance.contactImprint))
    }

    mutating func take(_ fact: FlowFact, _ levels: FlowLevels, to alerts: inout [Alert]) {
        guard fact.phase != .goesOn, fact.isCall else { return }
        let address = BeaconKey(fact, .address(fact.destination.address, scope: fact.destination.scope))
        // By address, and by name: one of them may change with every call.
        let name = fact.name.map { BeaconKey(fact, .name($0)) }
        if fact.phase == .ended {
            _ = histories.change(address) { $0.ended(fact) }
            if let name { _ = histories.change(name) { $0.ended(fact) } }
        } else if let alert = called(address, fact, levels) ?? name.flatMap({ called($0, fact, levels) }) {
            alerts.append(alert)
        }
    }

    private mutating func called(_ key: BeaconKey, _ fact: FlowFact, _ levels: FlowLevels) -> Alert? {
        let place = FirstCalls.place(of: fact, key.service.place)
        guard let known = histories.change(key, { $0.call(fact.identifier, at: fact.first) ? $0 : nil }) else {
            if let first = newcomers.note(place, at: fact.first) {
                histories.update(key, or: CallHistory(first: first)) { _ = $0.call(fact.identifier, at: fact.first) }
                remember(key, place)
            }
            return nil
        }
        remember(key, place)
        guard let history = known else { return nil }
        // Who calls once or twice is no acquaintance yet; later now and then, lest it be forgotten.
        if history.count == 3 || history.count % 8 == 0 { introduce(key, fact) }
        // Who may call by the clock is asked first: that costs less than to look whether he does.
        guard history.count >= calls, let usual = severity(key, fact, levels),
            let rhythm = history.rhythm(ofAtLeast: calls, shortest), rhythm.period >= shortest,
            rhythm.dispersion <= Self.dispersion, rhythm.score >= score
        else { return nil }
        let severity = history.sendsMuch ? min(usual, Self.commonSeverity) : usual
        let told = Told(workload: Workload(fact.source), service: key.service)
        let isNews = tellings.update(told, or: Telling()) { $0.isNews(history.count, at: fact.time) }
        return isNews ? alert(fact, history, rhythm, severity) : nil
    }

    private mutating func remember(_ key: BeaconKey, _ place: UInt64) {
        guard case .address = key.service.place else {
            hasNames = true
            return
        }
        // Whoever has a history calls again before long, and stands in it again from then on.
        if filter.isFull { filter = HistoryFilter() }
        filter.insert(place)
    }

    private mutating func introduce(_ key: BeaconKey, _ fact: FlowFact) {
        callers.update(key.service, or: Acquaintances(limit: Self.many)) { $0.meet(Workload(fact.source)) }
        let host = Contact.Host(address: fact.destination.address, scope: fact.destination.scope)
        rounds.update(key.round, or: Acquaintances(limit: Self.manyHosts)) { $0.meet(host) }
    }

    /// Nil where clocks are what is to be expected.
    private func severity(_ key: BeaconKey, _ fact: FlowFact, _ levels: FlowLevels) -> Int? {
        let isCommon = callers[key.service]?.isMany ?? false
        let isHosts = fact.source.isOfHost
        if fact.destination.isOutside { return isCommon || isHosts ? Self.commonSeverity : Rule.beacon.severity }
        // Whoever tries again what is gone only waits for it.
        if isCommon || isHosts || fact.destination.isOfHost || fact.destination.kind == .vacant { return nil }
        if rounds[key.round]?.isMany ?? false { return nil }
        return levels.differ ? Self.crossingSeverity : Self.insideSeverity
    }

    private func alert(_ fact: FlowFact, _ history: CallHistory, _ rhythm: Rhythm, _ severity: Int) -> Alert {
        let period = Int(rhythm.period.rounded())
        let jitter = Int((rhythm.dispersion * 100).rounded())
        let who = "\(fact.source.name) calls \(fact.calledName) on \(fact.service)"
        var alert = Alert(
            .beacon,
            fact,
            severity: severity,
            "\(who) by the clock: \(history.count) times, every \(period) s, give or take \(jitter) %"
        )
        alert.first = history.first
        alert.count = history.count
        alert.evidence = history.evidence.ordered
        return alert
    }
}

extension FlowFact {
    /// Whether somebody of ours calls somebody. Names are asked for all the time, and detectors of their own look at that.
    fileprivate var isCall: Bool {
        switch opening {
        case .syn, .datagram, .sctp: break
        default: return false
        }
        return source.isOurs && destination.kind != .multicast && !destination.address.isMulticast && port != 53
            && !destination.address.isLoopback && source.address != destination.address
    }
}

extension Party {
    /// Whether it is a host's own process, which probes and is probed all day.
    fileprivate var isOfHost: Bool { kind == .host || kind == .gateway || kind == .remoteHost }
}
