import Containers

/// From the numbers of control groups to their paths, and back.
extension HostWatch {
    var unified: CgroupHierarchy? { groups.first { $0.hierarchy.isUnified }?.hierarchy }

    /// A control group's path; nil also where the kernel does not tell (CAP_DAC_READ_SEARCH).
    func path(ofGroup identifier: UInt64) -> CgroupPath? {
        if groupLookup == nil, let unified { groupLookup = try? CgroupLookup(unified, walks: false) }
        return groupLookup?.path(of: identifier)
    }

    /// The number by which sock_diag knows the group at a path; nil where there is none in v2, whichever tree showed it.
    func identifier(ofGroup path: String) -> UInt64? {
        unified?.directory(of: path).flatMap { KernelFiles.inode(of: $0) }
    }

    /// The container's own group, of one that may lie below it, as crun's `container` does; a group of nobody's stays as it is.
    func containersGroup(_ identifier: UInt64) -> UInt64 {
        guard let path = path(ofGroup: identifier), let own = path.container?.path, own != path.path else {
            return identifier
        }
        return self.identifier(ofGroup: own) ?? identifier
    }
}
