extension Container {
    /// What people call it: `namespace/pod/name` as far as there is a pod, or else its name, or the first twelve digits of its
    /// identifier. A sandbox is called as its pod.
    package var label: String {
        guard let pod = description.pod else { return shortName }
        let place = description.podNamespace.map { "\($0)/\(pod)" } ?? pod
        return description.isSandbox ? place : "\(place)/\(shortName)"
    }

    /// Its name, without that of its pod.
    package var shortName: String { description.name ?? String(key.identifier.prefix(12)) }
}
