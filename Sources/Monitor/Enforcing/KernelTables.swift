import Addressing
import Glibc
import Containers
import Enforcement
import Netlink
import Privilege

/// Our tables in all namespaces that need some: opened where something shall stand, and let go of where nothing does any more.
///
/// On the thread of whoever keeps the blocks; what the kernel is asked is asked on the privileged one.
final class KernelTables {
    private let privileged: PrivilegedThread
    private let home: NetworkNamespace
    /// A path by which another namespace can be opened.
    let path: (NetworkNamespace) -> String?
    private var places: [NetworkNamespace: NamespaceTables] = [:]
    private let now: () -> Timestamp
    /// Whether tables are kept from others, where the kernel can.
    private let mayOwn: Bool
    /// What the kernel has of nftables, once that was tried.
    private var features: Nftables.Features?

    /// What came of it in one namespace.
    enum Outcome {
        case settled(NamespaceTables.Settled)
        /// Why it could not be done; a sentence without a full stop.
        case failed(String)
    }

    init(
        privileged: PrivilegedThread,
        home: NetworkNamespace,
        path: @escaping (NetworkNamespace) -> String?,
        mayOwn: Bool = true,
        now: @escaping () -> Timestamp
    ) {
        self.mayOwn = mayOwn
        self.privileged = privileged
        self.home = home
        self.path = path
        self.now = now
    }

    /// Namespaces in which something of ours may stand, and what to wait for there.
    var descriptors: [(namespace: NetworkNamespace, descriptor: Int32)] {
        places.map { ($0.key, $0.value.descriptor) }
    }

    /// What others did in a namespace since it was asked last.
    func hear(in namespace: NetworkNamespace) -> NamespaceTables.Touch? { places[namespace]?.hear() }

    /// Brings one namespace to what shall stand there, and reads it back.
    func settle(_ namespace: NetworkNamespace, _ desired: [Nftables.Family: DesiredTable]) -> Outcome {
        do {
            let tables = try open(namespace)
            let settled = try privileged.perform { () throws(Nftables.BatchError) in
                try tables.settle(desired, now: now)
            }
            // It would keep a namespace alive that everybody else has left.
            if desired.isEmpty, namespace != home { places[namespace] = nil }
            return .settled(settled)
        } catch let error as Nftables.BatchError where error.isOwnedByAnother {
            return .failed("another process owns the table \(Nftables.table) in \(name(namespace))")
        } catch {
            // What cannot be opened any more has gone, and all that stood in it.
            if desired.isEmpty { places[namespace] = nil }
            return .failed(Self.words(error))
        }
    }

    /// Why nothing can be blocked on this host; nil where it can. Asked of the kernel until it can, as it may load modules meanwhile.
    func lack() -> BlockLack? {
        do { _ = try open(home) } catch { return BlockLack(error) }
        return nil
    }

    /// Makes some changes of elements in a namespace that is open and known to stand as it shall, and reads those elements back. False when
    /// the kernel refuses them or does not have them.
    func change(_ changes: [TableChange], in namespace: NetworkNamespace) -> Bool {
        guard let tables = places[namespace] else { return false }
        return privileged.perform { (try? tables.change(changes)) ?? false }
    }

    /// Why devices cannot be held in a namespace until they are known; nil where they can.
    func holdLack(in namespace: NetworkNamespace) -> String? {
        do {
            guard try !open(namespace).canHold else { return nil }
            return "this kernel has no bridge hooks, or none at what a device sends"
        } catch {
            return Self.words(error)
        }
    }

    /// All of ours that stands in a namespace.
    func standing(in namespace: NetworkNamespace) throws -> [Nftables.Family: Nftables.Contents] {
        let tables = try open(namespace)
        let standing = try privileged.perform { () throws(Nftables.BatchError) in try tables.standing() }
        if standing.isEmpty, namespace != home { places[namespace] = nil }
        return standing
    }

    /// Makes some changes in a namespace whose tables nobody owns any more.
    func takeOver(_ changes: [TableChange], in namespace: NetworkNamespace) throws {
        let tables = try open(namespace)
        try privileged.perform { () throws(Nftables.BatchError) in try tables.takeOver(changes) }
    }

    /// Takes whatever of ours stands away in some namespaces; returns what could not be taken, a sentence each.
    func clear(_ namespaces: Set<NetworkNamespace>) -> [String] {
        var failures: [String] = []
        // What cannot be found cannot have been entered, and nothing of ours stands there.
        let known = namespaces.filter { path($0) != nil }
        for namespace in known.union(places.keys).union([home]) {
            do {
                let tables = try open(namespace)
                _ = try privileged.perform { () throws(Nftables.BatchError) in try tables.clear() }
            } catch {
                // What lacks lacks in every namespace.
                let words = Self.words(error)
                if !failures.contains(words) { failures.append(words) }
            }
            if namespace != home { places[namespace] = nil }
        }
        return failures
    }

    /// Namespaces that are open.
    var open: Set<NetworkNamespace> { Set(places.keys) }

    /// Opens a namespace, unless it is.
    private func open(_ namespace: NetworkNamespace) throws -> NamespaceTables {
        if let known = places[namespace] { return known }
        let tables: NamespaceTables
        if namespace == home {
            tables = try privileged.perform { () throws(NetlinkError) in
                try NamespaceTables(mayOwn: mayOwn, features: &features)
            }
        } else {
            guard let path = path(namespace) else {
                throw WatchError(operation: "find \(namespace)", code: ENOENT)
            }
            // Whoever has no capabilities may not even open it.
            tables = try privileged.perform { () throws -> NamespaceTables in
                let file = try NamespaceFile(path: path)
                guard file.inode == namespace.inode else {
                    throw WatchError(operation: "find \(namespace)", code: ENOENT)
                }
                return try privileged.within(file) { try NamespaceTables(mayOwn: mayOwn, features: &features) }
            }
        }
        places[namespace] = tables
        return tables
    }

    /// One line: what stood in the way.
    static func words(_ error: any Error) -> String { BlockLack(error)?.description ?? "\(error)" }

    private func name(_ namespace: NetworkNamespace) -> String {
        namespace == home ? "the host's namespace" : "\(namespace)"
    }
}
