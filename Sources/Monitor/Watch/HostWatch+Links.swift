import Addressing
import Containers
import Netlink
import Privilege
import Synchronization

/// Links, addresses and namespaces, from rtnetlink.
extension HostWatch {
    /// How long between two searches for namespaces that are known by number alone, in nanoseconds.
    static var searchPause: Int64 { 250_000_000 }

    func receiveRouteEvents() {
        var changes: [JournalEntry.Change] = []
        var isLost = false
        do throws(NetlinkError) {
            var isMore = true
            while isMore {
                isMore = try routeEvents.receive { event in
                    if case .lost = event.change { isLost = true } else { changes += self.changes(by: event) }
                }
            }
        } catch {
            remark("\(error); looking at everything anew")
            isLost = true
        }
        tell(changes)
        if isLost {
            remark("the kernel had more to tell of links than could be read; looked at everything anew")
            resynchronize()
        }
    }

    private func changes(by event: RouteEvent) -> [JournalEntry.Change] {
        let isFromHome = event.namespaceIdentifier == nil
        switch event.change {
        // Other namespaces have numbers of their own for others, and say so as well.
        case .namespaceIdentifier where !isFromHome: return []
        case .namespaceIdentifierGone where !isFromHome: return []
        case .namespaceIdentifier(let message):
            if let number = message.identifier, links.namespace(numbered: number) == nil { noteStranger(number) }
            return []
        case .namespaceIdentifierGone(let message):
            guard let number = message.identifier else { return [] }
            strangers.remove(number)
            guard let namespace = links.namespace(numbered: number) else { return [] }
            forget(namespace)
            return links.forget(namespace)
        default: break
        }
        var namespace = home
        if let number = event.namespaceIdentifier {
            guard let known = links.namespace(numbered: number) else {
                noteStranger(number)
                return []
            }
            namespace = known
        }
        switch event.change {
        case .link(let message): return message.index == 0 ? [] : links.add(ToldLink(message), in: namespace)
        case .linkGone(let message): return links.remove(message.index, in: namespace)
        case .address(let message):
            let (address, length) = (message.address, message.prefixLength)
            return links.add(address, prefixLength: length, on: message.index, in: namespace)
        case .addressGone(let message): return links.remove(message.address, on: message.index, in: namespace)
        case .neighbour(let message): return remote(message, in: namespace, isGone: false)
        case .neighbourGone(let message): return remote(message, in: namespace, isGone: true)
        default: return []
        }
    }

    /// A forwarding entry that leads to another host.
    private func remote(
        _ message: NeighbourMessage,
        in namespace: NetworkNamespace,
        isGone: Bool
    ) -> [JournalEntry.Change] {
        guard message.isForwarding, let address = message.hardwareAddress, !address.isZero,
            let endpoint = message.destination
        else { return [] }
        let key = InterfaceKey(namespace: namespace, index: message.index)
        return [isGone ? .remoteGone(key, address) : .remote(key, address, endpoint: endpoint)]
    }

    /// A namespace there is, and what it is is not known; a container that waits for its own may be in it.
    private func noteStranger(_ number: Int32) {
        guard strangers.count < 16_384, strangers.insert(number).inserted else { return }
        let now = Clock.steady
        for path in pending.keys { pending[path]?.due = now }
        // Whoever makes it moves a process in next; most are found that way.
        if searched.adding(Self.searchPause) <= now { searched = now }
    }

    /// Reads all that is known of links anew.
    func resynchronize() {
        tell(inventory(of: home, number: nil))
        for (namespace, known) in namespaces.sorted(by: { $0.key < $1.key }) {
            tell(inventory(of: namespace, number: known.number))
            if links.hasOverlay(in: namespace), let file = try? NamespaceFile(path: known.path) {
                readForwarding(of: namespace, file)
            }
        }
        do throws(NetlinkError) {
            tell(try route.dumpForwarding().flatMap { remote($0, in: home, isGone: false) })
        } catch {
            remark("\(error)")
        }
    }

    /// What leads from overlays' devices of another namespace to other hosts: such a list is given in the namespace only.
    private func readForwarding(of namespace: NetworkNamespace, _ file: borrowing NamespaceFile) {
        let messages = try? privileged.within(file) {
            var socket = try NetlinkSocket(.route)
            return try socket.dumpForwarding()
        }
        tell(messages?.flatMap { remote($0, in: namespace, isGone: false) } ?? [])
    }

    private func inventory(of namespace: NetworkNamespace, number: Int32?) -> [JournalEntry.Change] {
        do throws(NetlinkError) {
            let told = try route.dumpLinks(of: number).map(ToldLink.init)
            let addresses = try route.dumpAddresses(of: number)
            return links.replace(
                namespace,
                links: told,
                addresses: addresses.map { ($0.index, $0.address, $0.prefixLength) }
            )
        } catch {
            // A namespace may go while it is read.
            if number == nil || error.isDenied { remark("\(error)") }
            return []
        }
    }

    /// Learns a namespace by a path to open it: what is in it now, and its number, under which events of it come. Returns whether
    /// there is nothing more to try: false when the path leads there no more, as the process that it is of has ended.
    @discardableResult
    func learn(_ namespace: NetworkNamespace, path: String) -> Bool {
        guard namespace != home else { return true }
        if let known = namespaces[namespace] {
            namespaces[namespace]?.path = path
            paths.withLock { $0[namespace] = path }
            if links.namespace(numbered: known.number) == namespace { return true }
        }
        do {
            // Not held open: that would keep the namespace and its links alive.
            let file = try NamespaceFile(path: path)
            guard file.inode == namespace.inode else { return false }
            let number = try route.assignNamespaceIdentifier(to: file.descriptor)
            if let other = links.namespace(numbered: number), other != namespace {
                forget(other)
                tell(links.forget(other))
            }
            namespaces[namespace] = KnownNamespace(path: path, number: number)
            paths.withLock { $0[namespace] = path }
            strangers.remove(number)
            tell(links.name(number, namespace) + inventory(of: namespace, number: number))
            if links.hasOverlay(in: namespace) { readForwarding(of: namespace, file) }
            listeners.expect(namespace, at: Clock.steady)
        } catch let error as NetlinkError {
            if error.isDenied { remark("\(error): containers' own interfaces are not known; CAP_NET_ADMIN is needed") }
        } catch let error as PrivilegeError {
            guard case .notANamespace(let path) = error else { return false }
            remark("\(path) is no network namespace; passed over")
        } catch {}
        return true
    }

    func forget(_ namespace: NetworkNamespace) {
        namespaces[namespace] = nil
        paths.withLock { $0[namespace] = nil }
        listeners.forget(namespace)
    }

    /// Looks through all processes and mounts for namespaces that are known by number alone.
    func search(now: Timestamp) {
        searched = now
        sweep()
        // What was not found now waits for the next sweep: it is kept by an open file, or is another host's.
        strangers.removeAll()
    }
}
