import Addressing
import Containers

/// Who is here.
extension JSONRecordLines {
    mutating func begin(_ kind: Identity.Kind, _ time: Timestamp, _ hostName: String?) {
        json.beginLine()
        json.pair("@timestamp", time, digits: 9)
        let event = json.beginObject("event")
        json.pair("kind", "state")
        json.end(event)
        let observer = json.beginObject("observer")
        json.pair("hostname", hostName)
        json.end(observer)
        let identity = json.beginObject("identity")
        json.pair("kind", kind.rawValue)
        json.end(identity)
    }

    /// `container.*` as in flow records, and what changes too little to stand there; `owner` is whose namespace it shares.
    mutating func write(_ resident: ContainerInventory, owner: String?) {
        let (container, description) = (resident.container, resident.container.description)
        let object = json.beginObject("container")
        writeKeys(of: container)
        json.pair("pid", container.process)
        json.pair("pod_id", description.podIdentifier)
        json.pair("created", description.created, digits: 9)
        json.pair("started", container.started, digits: 9)
        if description.isSandbox { json.pair("sandbox", true) }
        json.pair("network_of", owner)
        let networks = json.beginArray("networks")
        for name in description.networks ?? [] { json.value(name) }
        json.end(networks)
        if description.usesHostNetwork { json.pair("host_network", true) }
        json.end(object)
    }

    /// `host.ip`, and each interface.
    mutating func writeNetwork(of place: NamespaceInventory) {
        let host = json.beginObject("host")
        let addresses = json.beginArray("ip")
        for interface in place.interfaces {
            for address in interface.addresses where !address.isOfLink { json.value(address.address) }
        }
        json.end(addresses)
        json.pair("netns", place.namespace?.inode)
        json.end(host)
        let interfaces = json.beginArray("interface")
        for interface in place.interfaces { write(interface) }
        json.end(interfaces)
    }

    private mutating func write(_ described: InterfaceInventory) {
        let object = json.beginElement()
        json.pair("name", described.interface.name)
        json.pair("ifindex", described.interface.key.index)
        json.pair("kind", described.interface.kind)
        json.pair("mac", described.interface.hardwareAddress)
        let addresses = json.beginArray("address")
        for address in described.addresses {
            let element = json.beginElement()
            json.pair("ip", address.address)
            json.pair("prefix_length", address.prefixLength)
            json.end(element)
        }
        json.end(addresses)
        if let peer = described.peer {
            let other = json.beginObject("peer")
            json.pair("name", peer.name)
            json.pair("ifindex", peer.key.index)
            json.pair("netns", peer.key.namespace.inode)
            json.end(other)
        }
        json.pair("bridge", described.bridge?.name)
        json.pair("vni", described.networkIdentifier)
        json.end(object)
    }

    /// Its keyword, or the number of one that has none.
    private mutating func writeProtocol(_ number: UInt8) {
        let keyword = TransportKeyword.of(number)
        json.pair("transport", keyword)
        if keyword == nil { json.pair("iana_number", number) }
    }

    mutating func write(listeners: [Listener]) {
        let array = json.beginArray("listener")
        for listener in listeners {
            let object = json.beginElement()
            writeProtocol(listener.protocolNumber)
            json.pair("ip", listener.address)
            json.pair("port", listener.port)
            if let process = listener.process { write(process) }
            json.end(object)
        }
        json.end(array)
    }

    mutating func write(exposures: [Exposure]) {
        let array = json.beginArray("exposed")
        for exposure in exposures {
            let object = json.beginElement()
            writeProtocol(exposure.port.protocolNumber)
            json.pair("ip", exposure.port.address)
            json.pair("port", exposure.port.port)
            json.pair("container_port", exposure.port.containerPort)
            json.pair("by", exposure.origin.rawValue)
            json.end(object)
        }
        json.end(array)
    }
}
