package import Addressing
package import Containers
package import Policy

/// Whether what rules ask for is done.
package enum EnforcementMode: String, Hashable, Sendable, CaseIterable {
    /// It is said what would be done.
    case observe
    case enforce
}

/// What keeps enforcement from taking the host down: who is never blocked, and what rules may do by themselves.
///
/// What a person asks for is done but for those who are never blocked. What a rule asks for must also be certain, few and well seen.
package struct GuardRails: Sendable {
    /// What rules may do.
    package struct Limits: Hashable, Sendable {
        /// Blocks that rules make within any hour.
        package var perHour = 30
        /// Of the containers that run, how many may be stopped by rules at a time; one always may.
        package var sharePercent = 10
        /// Above it nothing is blocked by itself. A ratio.
        package var loss = 0.01
        /// Whether an address outside may be blocked alone, whoever talks with it.
        package var allowsOutsideAlone = false

        package init() {}
    }

    package var mode: EnforcementMode
    package var limits: Limits
    package var neverBlock: NeverBlockSet
    /// Containers that are never stopped, whatever they do: the policy's `never_block`.
    package var protected: [Selector]
    /// When rules made blocks within the last hour, in order.
    private var made: [Timestamp] = []

    package init(
        mode: EnforcementMode = .observe,
        limits: Limits = Limits(),
        neverBlock: NeverBlockSet = NeverBlockSet(),
        protected: [Selector] = []
    ) {
        self.mode = mode
        self.limits = limits
        self.neverBlock = neverBlock
        self.protected = protected
    }

    /// What may be done with an order.
    package enum Verdict: Hashable, Sendable {
        case allowed
        /// Everything speaks for it but the mode.
        case observed
        case refused(Refusal)
    }

    /// Judges an order. One of a rule that is allowed counts against the hour's.
    package mutating func judge(_ order: BlockOrder, _ circumstances: Circumstances, at time: Timestamp) -> Verdict {
        if let flaw = order.flaw { return .refused(.flawed(flaw)) }
        if let refusal = refusalOfAnybody(order, circumstances) { return .refused(refusal) }
        guard !order.author.isPerson else { return .allowed }
        let hour: Int64 = 3_600_000_000_000
        made.removeAll { time.nanoseconds.subtractingReportingOverflow($0.nanoseconds).partialValue >= hour }
        if let refusal = refusalOfRule(order, circumstances) { return .refused(refusal) }
        if mode == .observe { return .observed }
        made.append(time)
        return .allowed
    }

    private func refusalOfAnybody(_ order: BlockOrder, _ circumstances: Circumstances) -> Refusal? {
        switch order.subject {
        case .address(let address):
            if let refusal = conflict(IPPrefix(of: address)) { return refusal }
        case .container, .selector:
            for resident in circumstances.subjects where resident.isMeant(by: protected) {
                return .protectedContainer(resident.container.label)
            }
        }
        guard case .traffic(let remote, _) = order.target else { return nil }
        if case .domain(let answer) = remote {
            guard case .container(let key) = order.subject, key == answer.asker else {
                return .answeredToAnother(name: answer.name)
            }
        }
        for prefix in remote.prefixes ?? [] {
            if let refusal = conflict(prefix) { return refusal }
        }
        return nil
    }

    private func conflict(_ prefix: IPPrefix) -> Refusal? {
        neverBlock.conflict(with: prefix).map { .neverBlocked(prefix, what: $0.prefix, role: $0.role) }
    }

    private func refusalOfRule(_ order: BlockOrder, _ circumstances: Circumstances) -> Refusal? {
        switch order.subject {
        case .selector: return .selectorByItself
        case .address(let address):
            guard limits.allowsOutsideAlone else { return .outsideAlone(address) }
        case .container(let key):
            guard circumstances.confidence == .certain else { return .unsure(circumstances.confidence) }
            guard !circumstances.subjects.isEmpty else { return .nobody }
            let meant = Set(circumstances.subjects.flatMap(\.members).map(\.key)).union([key])
            let stopped = circumstances.stoppedByRules.union(meant).count
            let most = max(1, circumstances.running * limits.sharePercent / 100)
            // A namespace that is shared is stopped as a whole; when nobody else is, that is allowed. And nobody who is stopped already is
            // one more, however many they are.
            if stopped > most, !circumstances.stoppedByRules.isEmpty, stopped > circumstances.stoppedByRules.count {
                return .share(containers: stopped, of: circumstances.running, percent: limits.sharePercent)
            }
        }
        guard let loss = circumstances.lossRatio else { return .lossUnknown }
        // Said with two digits behind the point.
        if loss > limits.loss {
            return .loss(percent: (loss * 10_000).rounded() / 100, limit: (limits.loss * 10_000).rounded() / 100)
        }
        return made.count >= limits.perHour ? .perHour(limit: limits.perHour) : nil
    }
}

/// What is known when an order is judged.
package struct Circumstances: Sendable {
    /// Those that run and are meant by it.
    package var subjects: [Resident]
    /// How sure it is who sends what the rule tells of.
    package var confidence: Identity.Confidence
    /// Containers that run.
    package var running: Int
    /// Of those, the ones that rules stop already.
    package var stoppedByRules: Set<ContainerKey>
    /// Of the packets of the window that the alert speaks of, the part that was lost; nil where that is not known.
    package var lossRatio: Double?

    package init(
        subjects: [Resident] = [],
        confidence: Identity.Confidence = .unknown,
        running: Int = 0,
        stoppedByRules: Set<ContainerKey> = [],
        lossRatio: Double? = nil
    ) {
        self.subjects = subjects
        self.confidence = confidence
        self.running = running
        self.stoppedByRules = stoppedByRules
        self.lossRatio = lossRatio
    }
}
