import CLinux
import Glibc

/// A network namespace held open: it lives at least as long as this.
package struct NamespaceFile: ~Copyable, Sendable {
    package let descriptor: Int32
    /// The inode number that names it on this host. namespaces(7).
    package let inode: UInt64

    /// Opens a namespace by path, such as `/proc/1234/ns/net` or `/run/netns/name`.
    ///
    /// A bind mount that lies elsewhere, an ordinary file, is refused: entering it would fail later, far from here.
    package init(path: String) throws(PrivilegeError) {
        // A path of a container's may lead to a pipe, which would be waited for, or to a terminal.
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard descriptor >= 0 else { throw .system(operation: "open \(path)", code: errno) }
        var file = stat()
        guard unsafe fstat(descriptor, &file) == 0 else {
            let code = errno
            close(descriptor)
            throw .system(operation: "stat \(path)", code: code)
        }
        guard CLinux_isNetworkNamespace(descriptor) else {
            close(descriptor)
            throw .notANamespace(path: path)
        }
        self.descriptor = descriptor
        inode = UInt64(file.st_ino)
    }

    deinit {
        close(descriptor)
    }
}
