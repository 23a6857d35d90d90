import Addressing
import Containers
import Netlink
import Privilege

/// Listening sockets, from sock_diag, and whose they are.
extension HostWatch {
    func lookAtListeners(now: Timestamp) {
        let holders = SocketHolders(root: places.proc)
        for namespace in listeners.takeDue(at: now) {
            do {
                let sockets: [(SocketMessage, UInt8)]
                if namespace == home {
                    sockets = try waitingSockets()
                } else if let path = namespaces[namespace]?.path {
                    sockets = try privileged.within(try NamespaceFile(path: path)) { try waitingSockets() }
                } else {
                    listeners.forget(namespace)
                    continue
                }
                take(sockets, of: namespace, holders)
            } catch let error as NetlinkError {
                remark("\(error)")
            } catch {
                // The process whose namespace it was is gone; if others are in it, the sweep finds a path to it.
            }
        }
    }

    private func waitingSockets() throws(NetlinkError) -> [(SocketMessage, UInt8)] {
        var socket = try NetlinkSocket(.socketDiagnostics)
        var found: [(SocketMessage, UInt8)] = []
        for transport in SocketProtocol.allCases {
            for message in try socket.sockets(transport, in: .waiting(transport)) where message.local.port != 0 {
                found.append((message, transport.rawValue))
            }
        }
        return found
    }

    private func take(
        _ sockets: [(SocketMessage, UInt8)],
        of namespace: NetworkNamespace,
        _ holders: SocketHolders
    ) {
        var present: [Listener: UInt64] = [:]
        var containersGroups: [UInt64: UInt64] = [:]
        for (message, number) in sockets.prefix(65_536) where message.remote.port == 0 {
            var listener = Listener(
                namespace: namespace,
                protocolNumber: number,
                address: message.local.address,
                port: message.local.port
            )
            listener.cgroupIdentifier = message.cgroup.map { group in
                if let known = containersGroups[group] { return known }
                let own = containersGroup(group)
                containersGroups[group] = own
                return own
            }
            present[listener] = UInt64(message.inode)
        }
        // Whoever holds a socket is looked for once, as that means looking through all open files of all processes there.
        var named: Set<Listener> = []
        var unnamed: [Listener: UInt64] = [:]
        let known = listeners.known(namespace)
        for (listener, inode) in present {
            let before = known.first { $0.isSameSocket(as: listener) }
            if let before { named.insert(before) } else { unnamed[listener] = inode }
        }
        let owners = owners(of: Set(unnamed.values), in: namespace, holders)
        for (var listener, inode) in unnamed {
            listener.process = owners[inode]
            named.insert(listener)
        }
        let (opened, closed) = listeners.replace(namespace, named)
        tell(closed.map { .listenerClosed($0) } + opened.map { .listener($0) })
    }
}

extension HostWatch {
    /// Who holds sockets, by inode number: mostly processes of the containers there, which their control groups list; only for
    /// what those do not hold all processes are gone through.
    private func owners(
        of sockets: Set<UInt64>,
        in namespace: NetworkNamespace,
        _ holders: SocketHolders
    ) -> [UInt64: SocketProcess] {
        if sockets.isEmpty { return [:] }
        var owners = SocketOwners.find(sockets, in: members(of: namespace), root: places.proc).owners
        let others = sockets.subtracting(owners.keys)
        if others.isEmpty { return owners }
        let rest = SocketOwners.find(others, in: holders.processes(in: namespace), root: places.proc).owners
        owners.merge(rest) { first, _ in first }
        return owners
    }

    /// The processes of the containers that are known to be in a namespace.
    private func members(of namespace: NetworkNamespace) -> [Int32] {
        roster.containers(in: namespace).flatMap { container in
            let directories = groups.lazy.compactMap { tree in
                container.cgroup.flatMap { tree.hierarchy.directory(of: $0) }
            }
            return directories.first.map { CgroupProcesses.identifiers(in: $0) } ?? []
        }
    }
}

extension Listener {
    fileprivate func isSameSocket(as other: Self) -> Bool {
        protocolNumber == other.protocolNumber && port == other.port && address == other.address
            && cgroupIdentifier == other.cgroupIdentifier
    }
}
