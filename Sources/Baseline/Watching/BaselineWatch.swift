import Addressing

/// Compares what workloads do with what they did while a baseline was learned. Says nothing of those that have no profile.
package struct BaselineWatch: Sendable {
    private let profiles: [Workload: WatchedProfile]
    private var index = WorkloadIndex()
    private var minutes = PeerMinutes()

    private let margin: Int

    /// Peers more than the profile has in a minute that are too many, where it has few.
    package static var margin: Int { 10 }

    package init(_ baseline: Baseline, margin: Int = Self.margin) {
        self.margin = margin
        var profiles: [Workload: WatchedProfile] = [:]
        for profile in baseline.profiles { profiles[profile.workload] = WatchedProfile(profile) }
        self.profiles = profiles
    }

    /// What is new in a conversation, of the one who began it and of the one who answers. It may be asked more than once about the same.
    package mutating func take(_ observation: BaselineObservation) -> [Deviation] {
        guard observation.isWhole, let place = index.place(of: observation.destination) else { return [] }
        var found: [Deviation] = []
        if let workload = index.workload(of: observation.source), let profile = profiles[workload] {
            let (address, service) = (observation.destination.address, observation.service)
            if let kind = profile.deviation(place, address, service) { note(kind, workload, observation, &found) }
            if let kind = fanOut(of: observation, profile) { note(kind, workload, observation, &found) }
        }
        if observation.isAnswered, case .workload(let workload) = place, let profile = profiles[workload],
            let kind = profile.deviation(observation.service)
        {
            note(kind, workload, observation, &found)
        }
        return found
    }

    /// Whether a name is new to who looks it up.
    package mutating func take(_ lookup: BaselineLookup) -> Deviation? {
        guard let name = lookup.canonicalName, let workload = index.workload(of: lookup.client),
            let kind = profiles[workload]?.deviation(name)
        else { return nil }
        return Deviation(kind, workload, at: lookup.time)
    }

    /// Whether a listener is new to its container.
    package mutating func take(_ listener: BaselineListener) -> Deviation? {
        guard let service = listener.service, let workload = index.workload(of: listener.end),
            let kind = profiles[workload]?.deviation(service)
        else { return nil }
        return Deviation(kind, workload, at: listener.time)
    }

    /// Whether something is said of a container.
    package mutating func knows(_ end: BaselineEnd) -> Bool {
        index.workload(of: end).map { profiles[$0] != nil } ?? false
    }

    private mutating func fanOut(of observation: BaselineObservation, _ profile: WatchedProfile) -> Deviation.Kind? {
        guard observation.isOver, observation.isAnswered else { return nil }
        let counted = minutes.note(
            PeerMinutes.Subject(observation.source),
            peer: observation.destination.address,
            bytes: 0,
            began: observation.first.seconds,
            at: observation.time.seconds
        )
        return counted.flatMap { profile.deviation(peers: $0.peers, margin: margin) }
    }

    private func note(
        _ kind: Deviation.Kind,
        _ workload: Workload,
        _ observation: BaselineObservation,
        _ found: inout [Deviation]
    ) {
        found.append(Deviation(kind, workload, at: observation.time, evidence: observation.evidence))
    }
}
