import Addressing
import Containers

/// Lines of an inventory.
extension JournalFields {
    func resident(at time: Timestamp) throws(Reason) -> ToldResident {
        var container = try container()
        let owner = container.description.networkOf
        // What is told is whose namespace it is in, not what it was told to use.
        container.description.networkOf = nil
        var place = try place(in: container.namespace)
        var resident = ContainerInventory(container, since: time)
        resident.listeners = place.listeners
        resident.exposures = place.exposures
        (place.listeners, place.exposures) = ([], [])
        let published = resident.exposures.filter { $0.origin == .published }.map(\.port)
        resident.container.description.published = published.isEmpty ? nil : published
        // Only in the host's own namespace nothing is told of that.
        let told = try object("host").optional("netns", NetworkNamespace.init(json:))
        place.isHost = container.namespace != nil && told == nil
        guard told == nil || told == container.namespace else { throw .wrong("host.netns") }
        guard told != nil || place.interfaces.isEmpty else { throw .missing("host.netns") }
        guard told != nil || owner == nil else { throw .wrong("container.network_of") }
        return ToldResident(resident: resident, place: place, owner: owner)
    }

    func place() throws(Reason) -> NamespaceInventory { try place(in: try object("host").namespace()) }

    private func place(in namespace: NetworkNamespace?) throws(Reason) -> NamespaceInventory {
        var place = NamespaceInventory(namespace: namespace)
        if let namespace {
            place.interfaces =
                try list("interface") { fields throws(Reason) in try fields.interface(in: namespace) } ?? []
            place.listeners = try list("listener") { fields throws(Reason) in try fields.listener(in: namespace) } ?? []
        } else if self["listener"] != nil || self["interface"] != nil {
            throw .missing("container.netns")
        }
        place.exposures = try list("exposed") { fields throws(Reason) in try fields.exposure() } ?? []
        return place
    }

    private func interface(in namespace: NetworkNamespace) throws(Reason) -> InterfaceInventory {
        let key = InterfaceKey(namespace: namespace, index: try required("ifindex", UInt32.init(json:)))
        var interface = Interface(key: key, name: try required("name", String.init(json:)))
        interface.kind = try optional("kind", String.init(json:))
        interface.hardwareAddress = try optional("mac", MACAddress.init(json:))
        var described = InterfaceInventory(interface)
        described.addresses =
            try list("address") { fields throws(Reason) in
                let address = try fields.required("ip", IPAddress.init(json:))
                let length = try fields.required("prefix_length") { value in
                    UInt8(json: value).flatMap { $0 <= (address.isIPv6 ? 128 : 32) ? $0 : nil }
                }
                return InterfaceInventory.Address(address, prefixLength: length)
            } ?? []
        if self["peer"] != nil {
            let peer = try object("peer")
            described.interface.peer = try peer.interfaceKey()
            described.peer = Interface(
                key: try peer.interfaceKey(),
                name: try peer.required("name", String.init(json:))
            )
        }
        described.bridge = try optional("bridge", String.init(json:)).map { name in
            Interface(key: InterfaceKey(namespace: described.peer?.key.namespace ?? namespace, index: 0), name: name)
        }
        described.networkIdentifier = try optional("vni", UInt32.init(json:))
        return described
    }

    private func listener(in namespace: NetworkNamespace) throws(Reason) -> Listener {
        var listener = Listener(
            namespace: namespace,
            protocolNumber: try protocolNumber(),
            address: try required("ip", IPAddress.init(json:)),
            port: try required("port", UInt16.init(json:))
        )
        listener.process = try process()
        return listener
    }

    private func exposure() throws(Reason) -> Exposure {
        let port = PublishedPort(
            protocolNumber: try protocolNumber(),
            address: try required("ip", IPAddress.init(json:)),
            port: try required("port", UInt16.init(json:)),
            containerPort: try required("container_port", UInt16.init(json:))
        )
        return Exposure(port, origin: try required("by") { String(json: $0).flatMap(Exposure.Origin.init) })
    }

    /// By IANA's keyword, or by its number where it has none.
    private func protocolNumber() throws(Reason) -> UInt8 {
        if let number = try optional("iana_number", UInt8.init(json:)) { return number }
        return try required("transport") { String(json: $0).flatMap(TransportKeyword.number) }
    }
}
