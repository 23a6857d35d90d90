import CLinux

/// The trees of control groups that are mounted here, and which of them containers are looked for in.
package struct CgroupHierarchies: Hashable, Sendable {
    /// Version 2: at /sys/fs/cgroup, or at /sys/fs/cgroup/unified of a hybrid host.
    package private(set) var unified: CgroupHierarchy?
    /// Version 1, the most telling first: `name=systemd`, `pids`, `memory`, then the others as they are mounted.
    package private(set) var legacy: [CgroupHierarchy] = []

    /// Reads the mounts of the process itself.
    package init(root: String = "/proc") throws(KernelFileError) {
        self.init(mounts: try KernelFile.read(root + "/self/mountinfo", limit: MountEntry.longestText))
    }

    /// Takes a mountinfo apart. Of a tree mounted several times the mount counts that shows most of it, and of these
    /// the first.
    init(mounts: ArraySlice<UInt8>) {
        for entry in MountEntry.entries(in: mounts, marked: [" - cgroup2 ", " - cgroup "]) {
            let isUnified = entry.fileSystem == "cgroup2"
            let words = Set(entry.options.split(separator: ",").map(String.init)).subtracting(Self.notControllers)
            let found = CgroupHierarchy(
                kind: isUnified ? .unified : .legacy(words.filter { $0.hasPrefix("name=") || !$0.contains("=") }),
                mountPoint: entry.mountPoint,
                root: entry.root
            )
            if isUnified {
                unified = Self.better(unified, found)
            } else if let place = legacy.firstIndex(where: { $0.kind == found.kind }) {
                legacy[place] = Self.better(legacy[place], found)
            } else if legacy.count < 64 {
                legacy.append(found)
            }
        }
        let ranked = legacy.enumerated().sorted {
            (Self.rank($0.element), $0.offset) < (Self.rank($1.element), $1.offset)
        }
        legacy = ranked.map(\.element)
    }

    /// The trees to watch, given where the containers of this host were seen to be: one where that decides, else two.
    ///
    /// Runtimes differ: runc joins both versions since 1.1 and v1 alone before, crun on a hybrid host v1 alone. While
    /// no container was seen, or some are in v1 only, v1's most telling tree is watched beside v2.
    package func watched(seen memberships: some Sequence<CgroupMembership>) -> [CgroupHierarchy] {
        guard let unified else { return Array(legacy.prefix(1)) }
        guard let first = legacy.first else { return [unified] }
        var isInUnified = false
        var isInLegacyAlone = false
        for membership in memberships where membership.container != nil {
            isInUnified = isInUnified || membership.isContainedInUnified
            isInLegacyAlone = isInLegacyAlone || !membership.isContainedInUnified
        }
        return isInUnified && !isInLegacyAlone ? [unified] : [unified, first]
    }

    /// The identifier by which sock_diag knows the group at `path` of the v2 tree: its directory's inode number. Nil
    /// when there is none.
    package func identifier(of path: String) -> UInt64? {
        guard let directory = unified?.directory(of: path) else { return nil }
        return KernelFile.inode(directory)
    }

    private static let notControllers: Set<String> = [
        "rw", "ro", "xattr", "noprefix", "clone_children", "cpuset_v2_mode", "nsdelegate", "favordynmods",
    ]

    private static func rank(_ hierarchy: CgroupHierarchy) -> Int {
        guard case .legacy(let controllers) = hierarchy.kind else { return 0 }
        return CgroupMembership.preferred.firstIndex(where: controllers.contains) ?? CgroupMembership.preferred.count
    }

    private static func better(_ old: CgroupHierarchy?, _ new: CgroupHierarchy) -> CgroupHierarchy {
        guard let old else { return new }
        // A bind mount of one group, such as a container's own, has a longer root.
        return new.root.utf8.count < old.root.utf8.count ? new : old
    }
}
