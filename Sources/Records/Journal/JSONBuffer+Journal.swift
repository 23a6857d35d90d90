import Addressing
import Containers

/// What an entry of the journal says.
extension JSONBuffer {
    /// The host, and of its own entry the namespace too.
    mutating func writeHost(_ name: String?, of change: JournalEntry.Change) {
        let host = beginObject("host")
        pair("name", name)
        if case .host(let namespace, _) = change { pair("netns", namespace) }
        end(host)
    }

    mutating func write(_ change: JournalEntry.Change) {
        switch change {
        case .host: break
        case .container(let container): write(container)
        case .containerEnded(let key):
            let object = beginObject("container")
            write(key)
            end(object)
        case .interface(let interface): write(interface)
        case .interfaceGone(let key): writeInterface(key)
        case .address(let key, let address, let prefixLength):
            writeInterface(key) { json in
                json.pair("ip", address)
                json.pair("prefix_length", prefixLength)
            }
        case .addressGone(let key, let address): writeInterface(key) { $0.pair("ip", address) }
        case .listener(let listener), .listenerClosed(let listener): write(listener)
        case .socket(let socket): write(socket)
        case .translation(let translation), .translationGone(let translation): write(translation)
        case .remote(let key, let address, let endpoint):
            writeInterface(key)
            writeRemote(address, endpoint)
        case .remoteGone(let key, let address):
            writeInterface(key)
            writeRemote(address, nil)
        case .namespaceGone(let namespace):
            let object = beginObject("interface")
            pair("netns", namespace)
            end(object)
        case .scope(let assignment): write(assignment)
        }
    }

    /// An interface by its key, and what `body` adds.
    private mutating func writeInterface(_ key: InterfaceKey, _ body: (inout Self) -> Void = { _ in }) {
        let object = beginObject("interface")
        write(key)
        body(&self)
        end(object)
    }

    private mutating func write(_ key: InterfaceKey) {
        pair("ifindex", key.index)
        pair("netns", key.namespace)
    }

    mutating func pair(_ name: StaticString, _ namespace: NetworkNamespace?) {
        pair(name, namespace?.inode)
    }

    private mutating func write(_ interface: Interface) {
        let object = beginObject("interface")
        pair("name", interface.name)
        write(interface.key)
        pair("kind", interface.kind)
        // All zeros are an address too, where the kernel tells one.
        if let address = interface.hardwareAddress {
            key("mac")
            value(address)
        }
        if let peer = interface.peer {
            let other = beginObject("peer")
            write(peer)
            end(other)
        }
        pair("master", interface.master)
        pair("vni", interface.networkIdentifier)
        pair("tunnel_port", interface.tunnelPort)
        end(object)
    }

    private mutating func write(_ listener: Listener) {
        let network = beginObject("network")
        pair("iana_number", listener.protocolNumber)
        pair("transport", TransportKeyword.of(listener.protocolNumber))
        end(network)
        let object = beginObject("listener")
        pair("ip", listener.address)
        pair("port", listener.port)
        pair("netns", listener.namespace)
        pair("cgroup_id", listener.cgroupIdentifier)
        end(object)
        write(listener.process)
    }

    private mutating func write(_ socket: ConnectionSocket) {
        let network = beginObject("network")
        pair("iana_number", socket.key.protocolNumber)
        pair("transport", TransportKeyword.of(socket.key.protocolNumber))
        end(network)
        let object = beginObject("socket")
        pair("netns", socket.key.namespace)
        write("local", socket.key.local)
        write("remote", socket.key.remote)
        pair("since", socket.since, digits: 9)
        pair("cgroup_id", socket.cgroupIdentifier)
        end(object)
        if let key = socket.container {
            let container = beginObject("container")
            write(key)
            end(container)
        }
        write(socket.process)
    }

    mutating func write(_ holder: SocketProcess?) {
        guard let holder else { return }
        let process = beginObject("process")
        pair("pid", holder.identifier)
        pair("name", holder.name)
        pair("executable", holder.executable)
        end(process)
    }

    private mutating func write(_ translation: Translation) {
        let network = beginObject("network")
        pair("iana_number", translation.protocolNumber)
        pair("transport", TransportKeyword.of(translation.protocolNumber))
        end(network)
        let object = beginObject("translation")
        pair("netns", translation.namespace)
        let original = beginObject("original")
        write("source", translation.originalSource)
        write("destination", translation.originalDestination)
        end(original)
        let reply = beginObject("reply")
        write("source", translation.replySource)
        write("destination", translation.replyDestination)
        end(reply)
        end(object)
    }

    private mutating func write(_ name: StaticString, _ place: Translation.End) {
        let object = beginObject(name)
        pair("ip", place.address)
        pair("port", place.port)
        end(object)
    }

    private mutating func writeRemote(_ address: MACAddress, _ endpoint: IPAddress?) {
        let object = beginObject("remote")
        key("mac")
        value(address)
        pair("ip", endpoint)
        end(object)
    }
}
