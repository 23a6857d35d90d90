import Addressing

/// What is behind the tunnel ends of other hosts.
extension IdentityJournal {
    /// A station moved to another host is a new period: flows before it keep the old one.
    mutating func open(_ address: MACAddress, behind key: InterfaceKey, endpoint: IPAddress, at time: Timestamp) {
        let old = remotes[address].last { $0.until == nil && $0.value.interface == key }
        if old?.value.endpoint == endpoint { return }
        guard endpoints.open(key, under: endpoint, at: time, isSame: { $0 == key }) else { return }
        // The entry for all zeros says where to send what is unknown: many ends, and no station's address. So it cannot be
        // told which of them goes, and those ends stay known for as long as the device.
        _ = belongings.changeStations(at: endpoint, over: key, by: 1)
        guard !address.isZero else { return }
        if old != nil { close(address, behind: key, at: time) }
        let remote = Remote(interface: key, endpoint: endpoint)
        if !remotes.open(remote, under: address, at: time, isSame: { $0.interface == key }) {
            leave(endpoint, over: key, at: time)
        }
    }

    mutating func close(_ address: MACAddress, behind key: InterfaceKey, at time: Timestamp) {
        guard !address.isZero,
            let open = remotes[address].last(where: { $0.until == nil && $0.value.interface == key })
        else { return }
        let scope = topology.scope(of: key)
        remotes.close(address, at: time, where: { $0.interface == key }, lastly: { $0.scope = scope })
        leave(open.value.endpoint, over: key, at: time)
    }

    /// Looks at all of them; overlays' devices seldom go.
    mutating func closeRemotes(of key: InterfaceKey, at time: Timestamp) {
        let stations = remotes.periods.filter { $0.value.contains { $0.until == nil && $0.value.interface == key } }
        for address in stations.keys { close(address, behind: key, at: time) }
        for endpoint in belongings.endpoints(over: key).map(Array.init) ?? [] {
            belongings.removeStations(at: endpoint, over: key)
            endpoints.close(endpoint, at: time) { $0 == key }
        }
    }

    private mutating func leave(_ endpoint: IPAddress, over key: InterfaceKey, at time: Timestamp) {
        if !belongings.changeStations(at: endpoint, over: key, by: -1) {
            endpoints.close(endpoint, at: time) { $0 == key }
        }
    }
}
