import Addressing
import Containers

/// From a line to the entry it holds.
extension JournalLine {
    /// The entry; nil when the line is a record of another kind, or a change that is not known here.
    func entry() throws(Reason) -> JournalEntry? {
        guard case .object = root, value("event.kind") == .string("state"),
            case .string(let text) = value("portolan.change"), let word = ChangeWord(rawValue: text)
        else { return nil }
        return JournalEntry(time: try required("@timestamp", Timestamp.init(json:)), change: try change(word))
    }

    private func change(_ word: ChangeWord) throws(Reason) -> JournalEntry.Change {
        switch word {
        case .host: .host(try namespace("host.netns"), name: try optional("host.name", String.init(json:)) ?? "")
        case .container: .container(try container())
        case .containerEnded: .containerEnded(try containerKey())
        case .interface: .interface(try interface())
        case .interfaceGone: .interfaceGone(try interfaceKey("interface"))
        case .address: try address()
        case .addressGone:
            .addressGone(try interfaceKey("interface"), try required("interface.ip", IPAddress.init(json:)))
        case .listener: .listener(try listener())
        case .listenerClosed: .listenerClosed(try listener())
        case .translation: .translation(try translation())
        case .translationGone: .translationGone(try translation())
        case .remote:
            .remote(
                try interfaceKey("interface"),
                try required("remote.mac", MACAddress.init(json:)),
                endpoint: try required("remote.ip", IPAddress.init(json:))
            )
        case .remoteGone:
            .remoteGone(try interfaceKey("interface"), try required("remote.mac", MACAddress.init(json:)))
        case .namespaceGone: .namespaceGone(try namespace("interface.netns"))
        case .scope: .scope(try scopeAssignment())
        }
    }

    private func address() throws(Reason) -> JournalEntry.Change {
        let address = try required("interface.ip", IPAddress.init(json:))
        let length = try required("interface.prefix_length", UInt8.init(json:))
        guard length <= (address.isIPv6 ? 128 : 32) else { throw .wrong("interface.prefix_length") }
        return .address(try interfaceKey("interface"), address, prefixLength: length)
    }

    private func interface() throws(Reason) -> Interface {
        var interface = Interface(
            key: try interfaceKey("interface"),
            name: try required("interface.name", String.init(json:))
        )
        interface.kind = try optional("interface.kind", String.init(json:))
        interface.hardwareAddress = try optional("interface.mac", MACAddress.init(json:))
        if value("interface.peer") != nil { interface.peer = try interfaceKey("interface.peer") }
        interface.master = try optional("interface.master", UInt32.init(json:))
        interface.networkIdentifier = try optional("interface.vni", UInt32.init(json:))
        interface.tunnelPort = try optional("interface.tunnel_port", UInt16.init(json:))
        return interface
    }

    private func listener() throws(Reason) -> Listener {
        var listener = Listener(
            namespace: try namespace("listener.netns"),
            protocolNumber: try required("network.iana_number", UInt8.init(json:)),
            address: try required("listener.ip", IPAddress.init(json:)),
            port: try required("listener.port", UInt16.init(json:))
        )
        listener.cgroupIdentifier = try optional("listener.cgroup_id", UInt64.init(json:))
        if value("process") != nil {
            listener.process = SocketProcess(
                identifier: try required("process.pid", Int32.init(json:)),
                name: try required("process.name", String.init(json:)),
                executable: try optional("process.executable", String.init(json:))
            )
        }
        return listener
    }

    private func translation() throws(Reason) -> Translation {
        Translation(
            namespace: try namespace("translation.netns"),
            protocolNumber: try required("network.iana_number", UInt8.init(json:)),
            originalSource: try end("translation.original.source"),
            originalDestination: try end("translation.original.destination"),
            replySource: try end("translation.reply.source"),
            replyDestination: try end("translation.reply.destination")
        )
    }
}
