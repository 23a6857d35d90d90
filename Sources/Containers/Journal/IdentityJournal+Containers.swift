import Addressing

/// Containers in, containers out.
extension IdentityJournal {
    /// A container runs, or more is known of one that runs or ran. One that has ended does not begin again: another run is
    /// another generation; or, where whoever counts has forgotten the one before, has another process or namespace.
    mutating func open(_ container: Container, at time: Timestamp) {
        let key = container.key
        guard let last = containers[key].last, last.until == nil || !container.isAnotherRun(than: last.value) else {
            if containers.open(container, under: key, at: time, isSame: { _ in true }) {
                enter(container.namespace, key, at: time)
                if let cgroup = container.cgroupIdentifier { cgroups.open(key, under: cgroup, at: time) { $0 == key } }
            }
            return
        }
        containers.amend(key) { $0 = container }
        guard last.until == nil else { return }
        if last.value.namespace != container.namespace {
            leave(last.value.namespace, key, at: time)
            enter(container.namespace, key, at: time)
        }
        if last.value.cgroupIdentifier != container.cgroupIdentifier {
            if let cgroup = last.value.cgroupIdentifier { cgroups.close(cgroup, at: time) { $0 == key } }
            if let cgroup = container.cgroupIdentifier { cgroups.open(key, under: cgroup, at: time) { $0 == key } }
        }
    }

    /// A container ended.
    mutating func close(_ key: ContainerKey, at time: Timestamp) {
        guard let last = containers[key].last, last.until == nil else { return }
        containers.close(key, at: time) { _ in true }
        leave(last.value.namespace, key, at: time)
        if let cgroup = last.value.cgroupIdentifier { cgroups.close(cgroup, at: time) { $0 == key } }
    }

    private mutating func enter(_ namespace: NetworkNamespace?, _ key: ContainerKey, at time: Timestamp) {
        guard let namespace else { return }
        if stays.open(key, under: namespace, at: time, isSame: { $0 == key }) {
            topology.changeOccupants(of: namespace, by: 1)
        }
    }

    private mutating func leave(_ namespace: NetworkNamespace?, _ key: ContainerKey, at time: Timestamp) {
        guard let namespace else { return }
        let count = stays.close(namespace, at: time) { $0 == key }
        if count > 0 { topology.changeOccupants(of: namespace, by: -count) }
    }
}

extension Container {
    fileprivate func isAnotherRun(than other: Self) -> Bool {
        if let process, let before = other.process, process != before { return true }
        if let namespace, let before = other.namespace, namespace != before { return true }
        return false
    }
}
