import Glibc

/// Keeps a second agent from writing to one database: an advisory lock on a file beside it, which the kernel takes away
/// with the process however that ends. flock(2).
///
/// Apart from `Store`, as whoever still reads an old file must not keep the agent from opening a new one.
package final class DatabaseLock: Sendable {
    private let descriptor: Int32

    /// Throws `.inUse` when somebody has it.
    package init(of path: String) throws(StoreError) {
        descriptor = try Self.take(path)
    }

    deinit {
        close(descriptor)
    }

    private static func take(_ path: String) throws(StoreError) -> Int32 {
        let descriptor = unsafe open(path + "-lock", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o640)
        guard descriptor >= 0 else {
            let code = errno
            throw code == EROFS ? .readOnly(path: path) : .file(path: path, code: code)
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let code = errno
            close(descriptor)
            throw code == EWOULDBLOCK ? .inUse(path: path) : .file(path: path, code: code)
        }
        return descriptor
    }
}
