import Addressing
import Containers
import Enforcement
import Netlink
import Privilege

/// Ends what a block would leave hanging: sockets of those who are stopped, and connections that the host tracks for them.
struct ConnectionCut {
    /// How many were ended.
    private(set) var sockets = 0
    private(set) var connections = 0
    /// What could not be done, a sentence each without a full stop.
    private(set) var failures: [String] = []

    /// Of each kind at most; the rest hangs until it times out.
    static var limit: Int { 65_536 }

    /// Sockets are looked for where each container is, tracked connections in the namespace that the privileged thread is at home in.
    init(
        _ order: BlockOrder,
        _ residents: [Resident],
        privileged: PrivilegedThread,
        path: (NetworkNamespace) -> String?
    ) {
        for resident in residents {
            if resident.usesHostNetwork {
                attempt { (cut) throws in
                    try privileged.perform { () throws in
                        let groups = try Self.groups(of: resident.container)
                        try cut.endSockets(order, of: resident.container.key) { socket in
                            socket.cgroup.map { groups.contains($0) } ?? false
                        }
                    }
                }
            } else if let namespace = resident.namespace, let path = path(namespace) {
                attempt { (cut) throws in
                    try privileged.perform { () throws in
                        let file = try NamespaceFile(path: path)
                        guard file.inode == namespace.inode else { return }
                        try privileged.within(file) {
                            try cut.endSockets(order, of: resident.container.key) { _ in true }
                        }
                    }
                }
            }
        }
        if case .address = order.subject {
            attempt { (cut) throws in
                try privileged.perform { () throws in try cut.endSockets(order, of: nil) { _ in true } }
            }
        }
        attempt { (cut) throws in
            do {
                try privileged.perform { () throws in try cut.forgetConnections(order, residents) }
            } catch NetlinkError.absent {
                // A kernel without conntrack has nothing to forget.
            }
        }
    }

    /// In words; nil when there was nothing.
    var words: String? {
        var words: [String] = []
        if sockets > 0 { words.append("\(sockets) sockets ended") }
        if connections > 0 { words.append("\(connections) tracked connections forgotten") }
        return words.isEmpty ? nil : words.joined(separator: ", ")
    }

    /// Its own control group and those that it made below it, where its programs may be.
    private static func groups(of container: Container) throws(KernelFileError) -> Set<UInt64> {
        guard let path = container.cgroup else { return [] }
        return try CgroupHierarchies().unified?.identifiers(from: path, limit: 4096) ?? []
    }

    private mutating func attempt(_ body: (inout Self) throws -> Void) {
        do {
            try body(&self)
        } catch {
            failures.append("\(error)")
        }
    }

    /// Ends sockets of the calling thread's namespace.
    private mutating func endSockets(
        _ order: BlockOrder,
        of key: ContainerKey?,
        _ isMeant: (SocketMessage) -> Bool
    ) throws(NetlinkError) {
        let stopped = Set([key].compactMap { $0 })
        for transport in SocketProtocol.allCases {
            var socket = try NetlinkSocket(.socketDiagnostics)
            var found: [SocketMessage] = []
            for isIPv6 in [false, true] {
                try socket.dumpSockets(transport, isIPv6: isIPv6, in: .connected) { message in
                    guard found.count < Self.limit, message.remote.port != 0, isMeant(message) else { return }
                    var flow = ObservedFlow(
                        from: message.local.address,
                        message.local.port,
                        to: message.remote.address,
                        message.remote.port,
                        protocolNumber: transport.rawValue,
                        label: ""
                    )
                    flow.source = key
                    if order.cuts(flow, of: stopped) { found.append(message) }
                }
            }
            for message in found where try socket.endSocket(message, transport) { sockets += 1 }
        }
    }

    /// Forgets tracked connections of the calling thread's namespace.
    private mutating func forgetConnections(_ order: BlockOrder, _ residents: [Resident]) throws(NetlinkError) {
        var owners: [IPAddress: ContainerKey] = [:]
        for resident in residents where !resident.usesHostNetwork {
            for address in resident.addresses { owners[address] = resident.container.key }
        }
        let stopped = Set(owners.values)
        var found: [ConnectionMessage] = []
        var socket = try NetlinkSocket(.netfilter)
        try socket.dumpConnections { message in
            guard found.count < Self.limit else { return }
            let (there, back) = (message.original, message.reply)
            // The real ends: the client as it came in, the server as its answers do.
            var flow = ObservedFlow(
                from: there.source,
                there.sourcePort,
                to: back.source,
                back.sourcePort,
                protocolNumber: there.protocolNumber,
                label: ""
            )
            flow.source = owners[there.source]
            flow.destination = owners[back.source]
            if order.cuts(flow, of: stopped) { found.append(message) }
        }
        for message in found where try socket.forgetConnection(message) { connections += 1 }
    }
}
