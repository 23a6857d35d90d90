/// A network namespace, by the inode number of its file under /proc/PID/ns.
///
/// Unique on a host as long as the namespace lives; the kernel gives the number to another one later. namespaces(7).
package struct NetworkNamespace: Hashable, Comparable, Sendable {
    /// Of the file, on nsfs.
    package var inode: UInt64

    package init(inode: UInt64) {
        self.inode = inode
    }

    package static func < (left: Self, right: Self) -> Bool { left.inode < right.inode }
}

extension NetworkNamespace: CustomStringConvertible {
    /// As readlink(1) prints it, and `observer.path` names it.
    package var description: String { "net:[\(inode)]" }
}
