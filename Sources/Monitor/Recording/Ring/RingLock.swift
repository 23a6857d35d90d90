import Glibc

/// Keeps a second agent from the folder of a ring: an advisory lock on `.lock` in it, which the kernel takes away with the process however
/// that ends. flock(2).
package final class RingLock: Sendable {
    private let descriptor: Int32

    /// Somebody else has it.
    package struct Taken: Error {}

    /// Nil where there can be none: in a folder that is not there or not ours, as whoever makes a file in it says, or on a file system without.
    package init?(folder: String) throws(Taken) {
        let opened = unsafe open("\(folder)/.lock", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o640)
        guard opened >= 0 else { return nil }
        guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
            let isTaken = errno == EWOULDBLOCK
            close(opened)
            if isTaken { throw Taken() }
            return nil
        }
        descriptor = opened
    }

    deinit { close(descriptor) }
}
