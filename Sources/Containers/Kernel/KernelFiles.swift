import Glibc

/// What stat(2) tells of a file.
package enum KernelFiles {
    /// Its inode number; nil where nothing is, or where one may not look.
    package static func inode(of path: String) -> UInt64? {
        var status = stat()
        return unsafe stat(path, &status) == 0 ? UInt64(status.st_ino) : nil
    }

    /// Who may do what with it, and of which kind it is: inode(7), the file type and mode. Nil as above; errno says why.
    package static func mode(of path: String) -> UInt32? {
        var status = stat()
        return unsafe stat(path, &status) == 0 ? UInt32(status.st_mode) : nil
    }

    /// The same of what is open.
    package static func mode(of descriptor: Int32) -> UInt32? {
        var status = stat()
        return unsafe fstat(descriptor, &status) == 0 ? UInt32(status.st_mode) : nil
    }
}
