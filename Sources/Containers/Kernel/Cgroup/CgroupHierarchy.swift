/// One mounted tree of control groups. cgroups(7).
package struct CgroupHierarchy: Hashable, Sendable {
    /// Which tree it is.
    package enum Kind: Hashable, Sendable {
        /// Version 2.
        case unified
        /// Version 1, with its controllers or its name, as in `cpu`, `cpuacct`, `name=systemd`.
        case legacy(Set<String>)
    }

    package var kind: Kind
    /// Where it is mounted.
    package var mountPoint: String
    /// The group that is seen at the mount point: `/` but inside a container.
    package var root: String

    package init(kind: Kind, mountPoint: String, root: String = "/") {
        self.kind = kind
        self.mountPoint = mountPoint
        self.root = root
    }

    package var isUnified: Bool { kind == .unified }

    /// Where the directory of a group lies, from its path as /proc/PID/cgroup has it; nil when the mount does not show
    /// it.
    package func directory(of path: String) -> String? {
        guard root != "/", !root.utf8.starts(with: "/..".utf8) else { return mountPoint + (path == "/" ? "" : path) }
        guard path == root || path.hasPrefix(root + "/") else { return nil }
        return mountPoint + path.dropFirst(root.count)
    }
}
