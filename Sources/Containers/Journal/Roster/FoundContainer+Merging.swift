import Addressing

extension FoundContainer {
    /// How much later a process must have begun to be another: its start is counted in hundredths of a second, and the
    /// moment of boot that they are added to is read anew each time.
    private static var tolerance: Int64 { 100_000_000 }

    /// Whether this is another run than `other`: another first process, which began later.
    func isLaterRun(than other: Self) -> Bool {
        guard let process, let started, let before = other.process, let began = other.started, process != before
        else { return false }
        return started.nanoseconds.subtractingReportingOverflow(Self.tolerance).partialValue > began.nanoseconds
    }

    /// Takes over what `other` shows.
    mutating func merge(_ other: Self) {
        runtime = other.runtime ?? runtime
        podIdentifier = other.podIdentifier ?? podIdentifier
        cgroup = other.cgroup ?? cgroup
        cgroupIdentifier = other.cgroupIdentifier ?? cgroupIdentifier
        process = other.process ?? process
        started = other.started ?? started
        namespace = other.namespace ?? namespace
    }
}

extension Container {
    /// Takes over what the kernel shows; of what a runtime describes, only what it has not.
    mutating func take(_ found: FoundContainer) {
        namespace = found.namespace ?? namespace
        cgroup = found.cgroup ?? cgroup
        cgroupIdentifier = found.cgroupIdentifier ?? cgroupIdentifier
        process = found.process ?? process
        // Derived from a clock that wavers: the first word stays, or each look would be news.
        started = started ?? found.started
        description.runtime = description.runtime ?? found.runtime
        description.podIdentifier = description.podIdentifier ?? found.podIdentifier
    }
}
