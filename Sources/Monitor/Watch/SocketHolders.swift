import Containers

/// Which processes may hold sockets of which namespace: one pass over all processes, made when it is first asked for.
final class SocketHolders {
    private let root: String
    private var processes: [NetworkNamespace: [Int32]]?

    init(root: String) {
        self.root = root
    }

    /// Those in a namespace, by number. None where processes cannot be listed.
    func processes(in namespace: NetworkNamespace) -> [Int32] {
        if processes == nil { processes = scan() }
        return processes?[namespace] ?? []
    }

    private func scan() -> [NetworkNamespace: [Int32]] {
        var found: [NetworkNamespace: [Int32]] = [:]
        var scan = ProcessScan(root: root)
        _ = try? scan.run { process in
            if let namespace = process.namespace { found[namespace, default: []].append(process.identifier) }
        }
        return found
    }
}
