package import Addressing

/// Learns a baseline from what is told in order of time, wherever it comes from.
///
/// Only what was answered teaches: whoever scans a network while it is learned makes no profile of that. What is learned depends on what was
/// told alone.
package struct BaselineLearner: Sendable {
    /// When no more need be learned.
    package struct Stability: Hashable, Sendable {
        /// Seconds without a new fact.
        package var quiet: Int64 = 1800
        /// And conversations without one.
        package var conversations = 500

        package init() {}
    }

    private var drafts: [Workload: ProfileDraft] = [:]
    private var index = WorkloadIndex()
    private var minutes = PeerMinutes()
    private var facts = 0
    private var total = Baseline()
    private var hasLoss = false
    private var span: (first: Int64, last: Int64)?
    /// The second of the newest fact, and conversations since.
    private var newest: Int64?
    private var sinceNewest = 0

    package init() {}

    /// Goes on where another one ended.
    package init(continuing baseline: Baseline) {
        total = baseline
        total.profiles = []
        hasLoss = true
        span = baseline.span.map { ($0.lowerBound, $0.upperBound) }
        for profile in baseline.profiles {
            drafts[profile.workload] = ProfileDraft(profile)
            facts += profile.destinations.count + profile.callers.count + profile.names.count + profile.listeners.count
        }
    }

    package mutating func take(_ observation: BaselineObservation) {
        pass(to: observation.time)
        guard observation.isOver else { return }
        guard observation.isAnswered else {
            total.unanswered += 1
            return
        }
        total.conversations += 1
        sinceNewest += 1
        // Who was called is not sure where the beginning is not known.
        guard observation.isWhole, let place = index.place(of: observation.destination) else { return }
        let (source, destination) = (observation.source, observation.destination)
        let (time, service) = (observation.time, observation.service)
        if let caller = index.workload(of: source), begin(caller, at: time) {
            drafts[caller]?.note(source.address, at: time)
            let exchange = Exchange(place, service)
            learn(caller, at: time) { $0.call(exchange, destination.address, room: $1, at: time) }
            count(observation, caller)
        }
        guard case .workload(let server) = place, begin(server, at: time) else { return }
        drafts[server]?.note(destination.address, at: time)
        if service.isOfServer { learn(server, at: time) { $0.listen(service, room: $1, at: time) } }
        guard index.workload(of: source) == nil, let caller = index.place(of: source) else { return }
        let exchange = Exchange(source.isOutside ? .outside : caller, service)
        learn(server, at: time) { $0.answer(exchange, source.address, room: $1, at: time) }
    }

    package mutating func take(_ lookup: BaselineLookup) {
        pass(to: lookup.time)
        guard lookup.isOneOfSeveral || lookup.canonicalName != nil, let client = index.workload(of: lookup.client),
            begin(client, at: lookup.time)
        else { return }
        if lookup.isOneOfSeveral { drafts[client]?.missNames() }
        guard let name = lookup.canonicalName else { return }
        learn(client, at: lookup.time) { $0.look(name, room: $1, at: lookup.time) }
    }

    package mutating func take(_ listener: BaselineListener) {
        pass(to: listener.time)
        guard let service = listener.service, let workload = index.workload(of: listener.end),
            begin(workload, at: listener.time)
        else { return }
        learn(workload, at: listener.time) { $0.listen(service, room: $1, at: listener.time) }
    }

    /// What the capture that it learns from did not see, besides what was said before.
    package mutating func add(_ loss: CaptureLoss) {
        if hasLoss {
            total.loss.add(loss)
        } else {
            total.loss = loss
            hasLoss = true
        }
    }

    /// What was learned by now.
    package var baseline: Baseline {
        var baseline = total
        baseline.profiles = drafts.values.map(\.profile).sorted { $0.workload < $1.workload }
        baseline.span = span.map { $0.first...$0.last }
        return baseline
    }

    /// Whether nothing new was seen for so long, and in so many conversations. Not before there was anything.
    package func isStable(at time: Timestamp, _ wanted: Stability = Stability()) -> Bool {
        guard let newest else { return false }
        return time.seconds - newest >= wanted.quiet && sinceNewest >= wanted.conversations
    }

    private mutating func pass(to time: Timestamp) {
        let second = max(0, time.seconds)
        span = (min(span?.first ?? second, second), max(span?.last ?? second, second))
    }

    /// Whether a workload has a profile, which is made where it has none.
    private mutating func begin(_ workload: Workload, at time: Timestamp) -> Bool {
        if drafts[workload] != nil { return true }
        guard drafts.count < BaselineBounds.workloads else {
            total.omitted += 1
            return false
        }
        drafts[workload] = ProfileDraft(workload, at: time)
        isNews(at: time)
        return true
    }

    private mutating func learn(
        _ workload: Workload,
        at time: Timestamp,
        _ change: (inout ProfileDraft, _ room: Bool) -> Learned
    ) {
        let hasRoom = facts < BaselineBounds.facts
        guard case .new(let more) = change(&drafts[workload, default: ProfileDraft(workload, at: time)], hasRoom) else {
            return
        }
        facts += more
        isNews(at: time)
    }

    private mutating func isNews(at time: Timestamp) {
        newest = max(newest ?? .min, time.seconds)
        sinceNewest = 0
    }

    private mutating func count(_ observation: BaselineObservation, _ workload: Workload) {
        let counted = minutes.note(
            PeerMinutes.Subject(observation.source),
            peer: observation.destination.address,
            bytes: observation.bytesPerMinute,
            began: observation.first.seconds,
            at: observation.time.seconds
        )
        guard let counted else { return }
        drafts[workload]?.count(counted.peers, counted.bytes)
    }
}
