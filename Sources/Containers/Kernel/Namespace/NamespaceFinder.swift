import CLinux
import Glibc

/// Finds every network namespace that can be reached: those of processes, and those that only a mount keeps.
/// namespaces(7).
///
/// Mounts are looked for in every mount namespace that a process is in, since Docker mounts an overlay's namespace
/// where nobody else sees it. What only an open file or a thread of its own keeps is not found.
package struct NamespaceFinder: ~Copyable {
    /// What a search gave.
    package struct Result: Hashable, Sendable {
        /// By inode number.
        package var namespaces: [FoundNamespace] = []
        /// Files that lie where namespaces are named and are none, or are mounts that cannot be reached, by path.
        package var passedOver: [String] = []
        /// Processes whose namespaces may not be read.
        package var denied = 0
        /// Whether there were more than the limit.
        package var isTruncated = false
    }

    /// Namespaces, and files passed over, of one search at most.
    package static let limit = 16_384
    /// Mount namespaces looked into at most: each costs about 50 µs and a millisecond where there are hundreds of
    /// mounts.
    package static let mountNamespaceLimit = 4_096

    let root: String
    private let directories: [String]
    private let looksIntoContainers: Bool
    var result = Result()
    var found: [NetworkNamespace: FoundNamespace] = [:]
    /// A process each, by the inode number of its mount namespace.
    private var mountNamespaces: [UInt64: Int32] = [:]

    /// `directories` is where namespaces are named by custom, in the mount namespace of the process itself.
    ///
    /// Containers mostly have a mount namespace each, and hardly ever keep network namespaces there: 500 of them cost
    /// 90 ms, which `looksIntoContainers` false saves.
    package init(
        root: String = "/proc",
        directories: [String] = ["/run/netns", "/run/docker/netns"],
        looksIntoContainers: Bool = true
    ) {
        self.root = root
        self.looksIntoContainers = looksIntoContainers
        self.directories = directories
    }

    /// Searches, beginning with what a scan of the processes gave.
    package consuming func find(_ processes: some Sequence<ProcessFacts>) -> Result {
        for process in processes { take(process) }
        // The reader's own first: a path that needs no other process is the better one.
        let own = Self.mountNamespace(of: "self", root)
        if let own { mountNamespaces[own] = nil }
        takeMounts(of: "self", through: "")
        for (_, process) in mountNamespaces.sorted(by: { $0.value < $1.value }) {
            takeMounts(of: "\(process)", through: "\(root)/\(process)/root")
        }
        for directory in directories { lookForOthers(in: directory) }
        result.namespaces = found.values.sorted { $0.namespace < $1.namespace }
        return result
    }

    private mutating func take(_ process: ProcessFacts) {
        guard !process.isZombie else { return }
        guard let namespace = process.namespace else {
            result.denied += 1
            return
        }
        if found[namespace] != nil {
            found[namespace]?.processes += 1
        } else if found.count < Self.limit {
            found[namespace] = FoundNamespace(
                namespace: namespace,
                process: process.identifier,
                processes: 1,
                path: "\(root)/\(process.identifier)/ns/net"
            )
        } else {
            result.isTruncated = true
        }
        // Kernel threads are in the first namespaces, which others are in as well.
        guard !process.isKernelThread, looksIntoContainers || process.cgroups.container == nil,
            mountNamespaces.count < Self.mountNamespaceLimit,
            let mounts = Self.mountNamespace(of: "\(process.identifier)", root), mountNamespaces[mounts] == nil
        else { return }
        mountNamespaces[mounts] = process.identifier
    }

    private static func mountNamespace(of process: String, _ root: String) -> UInt64? {
        guard let link = try? KernelFile.link("\(root)/\(process)/ns/mnt") else { return nil }
        return KernelFile.namespaceInode(link, kind: "mnt")
    }
}
