import CLinux
import Glibc

extension CgroupHierarchy {
    /// All groups that the mount shows, as the kernel names them, by the identifiers that sock_diag knows them by; at most `limit`.
    func groups(limit: Int) -> [UInt64: String] {
        Self.groups(in: mountPoint, named: root == "/" ? "" : root, limit: limit)
    }

    /// The identifiers of the group at `path` and of those below it; at most `limit`. Empty when it has gone, or is not to be seen.
    package func identifiers(from path: String, limit: Int) -> Set<UInt64> {
        guard let directory = directory(of: path) else { return [] }
        return Set(Self.groups(in: directory, named: path, limit: limit).keys)
    }

    /// Breadth first, so that what lies too deep is what is left out.
    private static func groups(in directory: String, named name: String, limit: Int) -> [UInt64: String] {
        var found: [UInt64: String] = [:]
        var waiting = [""]
        var next = 0
        while next < waiting.count, found.count < limit {
            let path = waiting[next]
            next += 1
            guard let inode = KernelFile.inode(directory + path) else { continue }
            found[inode] = name + path
            guard var names = try? DirectoryNames(directory + path, in: CLinux_currentDirectory()) else { continue }
            while let (name, kind) = names.next() {
                if kind == UInt8(DT_DIR), waiting.count < limit { waiting.append("\(path)/\(name)") }
            }
        }
        return found
    }
}
