import Containers

/// Who an end is to profiles: a workload by the number of its profile, so that little need be hashed for a conversation.
enum WatchedPlace: Hashable, Sendable {
    case workload(Int32)
    /// A workload that has no profile.
    case stranger
    /// What is no workload.
    case other(Place)
}

/// Finds who an end is. What was worked out for a run of a container is remembered; when there are too many, all is worked out anew.
struct WatchedPlaces: Sendable {
    private let numbers: [Workload: Int32]
    private var index = WorkloadIndex()
    private var known: [ContainerKey: (container: Container, number: Int32?)] = [:]

    private static var limit: Int { 8192 }

    /// Of profiles in the order of their numbers.
    init(_ workloads: [Workload]) {
        var numbers: [Workload: Int32] = [:]
        for (number, workload) in workloads.enumerated() { numbers[workload] = Int32(truncatingIfNeeded: number) }
        self.numbers = numbers
    }

    /// The number of the profile of an end; nil where it has none.
    mutating func number(of end: BaselineEnd) -> Int32? {
        guard let container = end.container else { return index.workload(of: end).flatMap { numbers[$0] } }
        if let entry = known[container.key], entry.container.isDescribed(as: container) { return entry.number }
        let workload = index.workload(of: end)
        let number = workload.flatMap { numbers[$0] }
        // Who is not described goes by his address, which may be another one next time.
        guard workload?.segment == nil else { return number }
        if known.count >= Self.limit { known.removeAll(keepingCapacity: true) }
        known[container.key] = (container, number)
        return number
    }

    /// Nil for groups.
    mutating func place(of end: BaselineEnd) -> WatchedPlace? {
        if let number = number(of: end) { return .workload(number) }
        guard let place = index.place(of: end) else { return nil }
        if case .workload = place { return .stranger }
        return .other(place)
    }

    /// The same of a place of a profile.
    func place(_ place: Place) -> WatchedPlace {
        guard case .workload(let workload) = place else { return .other(place) }
        return numbers[workload].map { .workload($0) } ?? .stranger
    }

    /// Who an end is in words.
    mutating func words(_ end: BaselineEnd) -> Place? { index.place(of: end) }
}
