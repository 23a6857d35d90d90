import Addressing
import Containers

/// Interfaces, addresses, sockets and what is behind them.
extension JournalLine {
    func address() throws(Reason) -> JournalEntry.Change {
        let interface = try fields.object("interface")
        let address = try interface.required("ip", IPAddress.init(json:))
        let length = try interface.required("prefix_length") { value in
            UInt8(json: value).flatMap { $0 <= (address.isIPv6 ? 128 : 32) ? $0 : nil }
        }
        return .address(try interface.interfaceKey(), address, prefixLength: length)
    }

    func interface() throws(Reason) -> Interface {
        let fields = try fields.object("interface")
        var interface = Interface(
            key: try fields.interfaceKey(),
            name: try fields.required("name", String.init(json:))
        )
        interface.kind = try fields.optional("kind", String.init(json:))
        interface.hardwareAddress = try fields.optional("mac", MACAddress.init(json:))
        if fields["peer"] != nil { interface.peer = try fields.object("peer").interfaceKey() }
        interface.master = try fields.optional("master", UInt32.init(json:))
        interface.networkIdentifier = try fields.optional("vni", UInt32.init(json:))
        interface.tunnelPort = try fields.optional("tunnel_port", UInt16.init(json:))
        return interface
    }

    func listener() throws(Reason) -> Listener {
        let socket = try fields.object("listener")
        var listener = Listener(
            namespace: try socket.namespace(),
            protocolNumber: try protocolNumber(),
            address: try socket.required("ip", IPAddress.init(json:)),
            port: try socket.required("port", UInt16.init(json:))
        )
        listener.cgroupIdentifier = try socket.optional("cgroup_id", UInt64.init(json:))
        listener.process = try fields.process()
        return listener
    }

    func socket() throws(Reason) -> ConnectionSocket {
        let object = try fields.object("socket")
        let key = SocketKey(
            namespace: try object.namespace(),
            protocolNumber: try protocolNumber(),
            local: try object.object("local").end(),
            remote: try object.object("remote").end()
        )
        var socket = ConnectionSocket(key: key, since: try object.required("since", Timestamp.init(json:)))
        socket.cgroupIdentifier = try object.optional("cgroup_id", UInt64.init(json:))
        if fields["container"] != nil { socket.container = try fields.object("container").containerKey() }
        socket.process = try fields.process()
        return socket
    }

    func translation() throws(Reason) -> Translation {
        let translation = try fields.object("translation")
        let original = try translation.object("original")
        let reply = try translation.object("reply")
        return Translation(
            namespace: try translation.namespace(),
            protocolNumber: try protocolNumber(),
            originalSource: try original.object("source").end(),
            originalDestination: try original.object("destination").end(),
            replySource: try reply.object("source").end(),
            replyDestination: try reply.object("destination").end()
        )
    }

    func remote() throws(Reason) -> JournalEntry.Change {
        let key = try fields.object("interface").interfaceKey()
        let remote = try fields.object("remote")
        let address = try remote.required("mac", MACAddress.init(json:))
        if word == .remoteGone { return .remoteGone(key, address) }
        return .remote(key, address, endpoint: try remote.required("ip", IPAddress.init(json:)))
    }

    private func protocolNumber() throws(Reason) -> UInt8 {
        try fields.object("network").required("iana_number", UInt8.init(json:))
    }
}
