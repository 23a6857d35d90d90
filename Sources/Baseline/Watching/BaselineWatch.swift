import Addressing

/// Compares what workloads do with what they did while a baseline was learned. Says nothing of those that have no profile.
package struct BaselineWatch: Sendable {
    private let profiles: [WatchedProfile]
    private var places: WatchedPlaces
    private var minutes = PeerMinutes()
    private let margin: Int

    /// Peers more than the profile has in a minute that are too many, where it has few.
    package static var margin: Int { 10 }

    package init(_ baseline: Baseline, margin: Int = Self.margin) {
        let places = WatchedPlaces(baseline.profiles.map(\.workload))
        profiles = baseline.profiles.map { WatchedProfile($0, places) }
        self.places = places
        self.margin = margin
    }

    /// What is new in a conversation, of the one who began it and of the one who answers. It may be asked more than once about the same.
    package mutating func take(_ observation: BaselineObservation) -> [Deviation] {
        guard observation.isWhole else { return [] }
        let (caller, place) = (profile(of: observation.source), places.place(of: observation.destination))
        guard let place else { return [] }
        var found: [Deviation] = []
        if let caller {
            if let kind = news(of: observation, place, caller) { note(kind, caller, observation, &found) }
            if let kind = fanOut(of: observation, caller) { note(kind, caller, observation, &found) }
        }
        if observation.isAnswered, case .workload(let number) = place, profiles.indices.contains(Int(number)),
            let kind = profiles[Int(number)].deviation(observation.service)
        {
            note(kind, profiles[Int(number)], observation, &found)
        }
        return found
    }

    /// Whether a name is new to who looks it up.
    package mutating func take(_ lookup: BaselineLookup) -> Deviation? {
        guard let profile = profile(of: lookup.client), let name = lookup.canonicalName,
            let kind = profile.deviation(name)
        else { return nil }
        return Deviation(kind, profile.workload, at: lookup.time)
    }

    /// Whether a listener is new to its container.
    package mutating func take(_ listener: BaselineListener) -> Deviation? {
        guard let service = listener.service, let profile = profile(of: listener.end),
            let kind = profile.deviation(service)
        else { return nil }
        return Deviation(kind, profile.workload, at: listener.time)
    }

    /// Whether something is said of a container.
    package mutating func knows(_ end: BaselineEnd) -> Bool { profile(of: end) != nil }

    private mutating func profile(of end: BaselineEnd) -> WatchedProfile? {
        guard let number = places.number(of: end), profiles.indices.contains(Int(number)) else { return nil }
        return profiles[Int(number)]
    }

    private mutating func news(
        of observation: BaselineObservation,
        _ place: WatchedPlace,
        _ profile: WatchedProfile
    ) -> Deviation.Kind? {
        let service = observation.service
        guard let news = profile.news(place, observation.destination.address, service),
            let words = places.words(observation.destination)
        else { return nil }
        return news == .destination ? .destination(words, service) : .service(words, service)
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
        _ profile: WatchedProfile,
        _ observation: BaselineObservation,
        _ found: inout [Deviation]
    ) {
        found.append(Deviation(kind, profile.workload, at: observation.time, evidence: observation.evidence))
    }
}
