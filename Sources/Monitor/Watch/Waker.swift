import CLinux
import Glibc

/// Wakes a thread that waits in poll(2). Waking twice before it looked is waking once. eventfd(2).
struct Waker: ~Copyable, Sendable {
    /// Readable when somebody called.
    let descriptor: Int32

    init() throws(WatchError) {
        descriptor = CLinux_eventDescriptor()
        if descriptor < 0 { throw WatchError(operation: "make an eventfd", code: errno) }
    }

    deinit {
        close(descriptor)
    }

    func wake() {
        var one: UInt64 = 1
        // A full counter is awake enough.
        _ = unsafe write(descriptor, &one, MemoryLayout<UInt64>.size)
    }

    /// Makes it unreadable again.
    func clear() {
        var count: UInt64 = 0
        _ = unsafe read(descriptor, &count, MemoryLayout<UInt64>.size)
    }
}
