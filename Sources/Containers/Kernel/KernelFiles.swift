import Glibc

/// What stat(2) tells of a file of the kernel, or of a socket.
package enum KernelFiles {
    /// Its inode number; nil where nothing is, or where one may not look.
    package static func inode(of path: String) -> UInt64? {
        var status = stat()
        return unsafe stat(path, &status) == 0 ? UInt64(status.st_ino) : nil
    }
}
