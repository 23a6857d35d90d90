package import Addressing
import Containers
package import Policy

/// What a policy would have hit, had it been in force: replays observations against it and counts, by rule and pair.
///
/// Judges a conversation once, when it is over. Exceptions and rules that are off hold as they would.
package struct PolicyPreview {
    /// A rule, and who did it to whom.
    package struct Pair: Hashable, Comparable, Sendable {
        /// The rule's identifier, as alerts have it: `egress.undeclared`.
        package var rule: String
        package var source: Place
        package var destination: Place?

        package static func < (left: Self, right: Self) -> Bool {
            if left.rule != right.rule { return left.rule < right.rule }
            if left.source != right.source { return left.source < right.source }
            switch (left.destination, right.destination) {
            case (let left?, let right?): return left < right
            case (nil, .some): return true
            default: return false
            }
        }
    }

    /// What a pair did.
    package struct Hit: Hashable, Sendable {
        package var count = 0
        package var first: Timestamp
        package var last: Timestamp
        /// Services, in order; at most `serviceLimit`, those seen first.
        package var services: [Service] = []
        /// What names the first conversations, at most `exampleLimit`.
        package var examples: [UInt64] = []
    }

    private var policy: CompiledPolicy
    private var index = WorkloadIndex()
    private var hits: [Pair: Hit] = [:]
    /// Conversations that were judged, those that an exception spared, and hits of pairs for which there was no room.
    package private(set) var judged = 0
    package private(set) var spared = 0
    package private(set) var omitted = 0
    /// How often each rule of the policy let something pass: one that never did may be gone.
    package private(set) var egressUses: [Int]
    package private(set) var interfaceUses: [Int]

    package static var limit: Int { 4096 }
    package static var exampleLimit: Int { 5 }
    package static var serviceLimit: Int { 16 }

    package init(_ policy: CompiledPolicy) {
        self.policy = policy
        egressUses = [Int](repeating: 0, count: policy.declared.egress.count)
        interfaceUses = [Int](repeating: 0, count: policy.declared.interfaces.count)
    }

    package mutating func take(_ observation: BaselineObservation) {
        guard observation.isOver else { return }
        judged += 1
        let (source, destination) = (PolicyEnd(observation.source), PolicyEnd(observation.destination))
        let verdict = policy.verdict(
            from: source,
            to: destination,
            name: observation.destination.name,
            protocolNumber: observation.protocolNumber,
            port: observation.port
        )
        use(verdict)
        if verdict.crossing == .undeclared { hit("crossing.undeclared", observation) }
        if verdict.egress == .undeclared { hit("egress.undeclared", observation) }
        if isListed(observation.destination) { hit("destination.listed", observation) }
        if isForeignResolver(observation) { hit("dns.resolver", observation) }
        for end in [observation.source, observation.destination] {
            guard let image = end.container?.description.image, policy.approves(image: image) == false else { continue }
            hit("rogue.image", observation, of: end)
        }
    }

    /// What was hit, in the order of rules and pairs.
    package var result: [(pair: Pair, hit: Hit)] {
        hits.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    private mutating func use(_ verdict: FlowVerdict) {
        if case .declared(let rule) = verdict.egress, egressUses.indices.contains(rule) { egressUses[rule] += 1 }
        if case .declared(let interface) = verdict.crossing, interfaceUses.indices.contains(interface) {
            interfaceUses[interface] += 1
        }
    }

    private func isListed(_ end: BaselineEnd) -> Bool {
        policy.feeds.feed(of: end.address) != nil || end.name.flatMap { policy.feeds.feed(of: $0) } != nil
    }

    private func isForeignResolver(_ observation: BaselineObservation) -> Bool {
        observation.port == 53 && [6, 17].contains(observation.protocolNumber)
            && policy.isResolver(observation.destination.address) == false
    }

    /// Counts a hit of a pair, or, with `end`, of one who need do nothing for it.
    private mutating func hit(_ rule: String, _ observation: BaselineObservation, of end: BaselineEnd? = nil) {
        guard policy.setting(of: rule).isOn ?? true else { return }
        let source = end ?? observation.source
        let destination = end == nil ? observation.destination : nil
        let exception = policy.exception(
            for: rule,
            source: PolicyEnd(source),
            destination: destination.map { PolicyEnd($0) },
            at: observation.time
        )
        guard exception == nil else {
            spared += 1
            return
        }
        guard let place = place(of: source) else { return }
        let pair = Pair(rule: rule, source: place, destination: destination.flatMap { self.place(of: $0) })
        guard hits[pair] != nil || hits.count < Self.limit else {
            omitted += 1
            return
        }
        let fresh = Hit(first: observation.first, last: observation.time)
        hits[pair, default: fresh].note(observation)
    }

    private mutating func place(of end: BaselineEnd) -> Place? {
        index.place(of: end) ?? (end.isOutside ? .outside : nil)
    }
}

extension PolicyPreview.Hit {
    fileprivate mutating func note(_ observation: BaselineObservation) {
        count += 1
        first = min(first, observation.first)
        last = max(last, observation.time)
        if services.count < PolicyPreview.serviceLimit, !services.contains(observation.service) {
            services.append(observation.service)
            services.sort()
        }
        if let example = observation.evidence, examples.count < PolicyPreview.exampleLimit { examples.append(example) }
    }
}

extension PolicyEnd {
    package init(_ end: BaselineEnd) {
        self.init(
            end.address,
            container: end.container,
            segmentName: end.segment,
            segmentNumber: end.segment.flatMap { UInt32($0) },
            isOutside: end.isOutside
        )
    }
}
