import CLinux
import Glibc

extension NamespaceFinder {
    /// The namespaces mounted in one mount namespace; `prefix` leads from here to its root.
    mutating func takeMounts(of process: String, through prefix: String) {
        guard let text = try? KernelFile.read("\(root)/\(process)/mountinfo", limit: MountEntry.longestText) else {
            return
        }
        for entry in MountEntry.entries(in: text, marked: [" - nsfs "]) {
            // The number stands in the mount's root: nothing need be opened to know it.
            guard let inode = KernelFile.namespaceInode(Array(entry.root.utf8)[...], kind: "net") else { continue }
            let namespace = NetworkNamespace(inode: inode)
            if found[namespace]?.mountPoint != nil { continue }
            let path = prefix + entry.mountPoint
            if found[namespace] != nil {
                found[namespace]?.mountPoint = entry.mountPoint
            } else if found.count >= Self.limit {
                result.isTruncated = true
            } else if Self.isNamespace(path, inode) {
                found[namespace] = FoundNamespace(namespace: namespace, mountPoint: entry.mountPoint, path: path)
            } else {
                // Another mount lies over it, or the process that showed the way has gone.
                passOver(path)
            }
        }
    }

    /// What lies beside the mounts under a name that should be a namespace's: left behind, or mounted where it cannot
    /// be seen from here.
    mutating func lookForOthers(in directory: String) {
        guard var names = try? DirectoryNames(directory, in: CLinux_currentDirectory()) else { return }
        let mounted = Set(found.values.compactMap(\.mountPoint))
        while let (name, _) = names.next() {
            let path = "\(directory)/\(name)"
            if !mounted.contains(path), !Self.isNamespace(path, nil) { passOver(path) }
        }
        result.passedOver.sort()
    }

    private mutating func passOver(_ path: String) {
        if result.passedOver.count < Self.limit { result.passedOver.append(path) }
    }

    /// Whether a namespace lies there, and the one of this number, without opening what may be a FIFO or a device.
    private static func isNamespace(_ path: String, _ inode: UInt64?) -> Bool {
        let file = unsafe CLinux_openPath(CLinux_currentDirectory(), path)
        guard file >= 0 else { return false }
        defer { close(file) }
        var status = stat()
        guard CLinux_isOnNsfs(file), unsafe fstat(file, &status) == 0 else { return false }
        return inode == nil || UInt64(status.st_ino) == inode
    }
}
