import Glibc

/// A thread of its own, for work that waits: a pool's threads are few, and are not to wait. pthread_create(3)
///
/// Whoever makes it must `join` it once, or its stack stays.
@safe package final class WorkerThread: @unchecked Sendable {
    private var thread: pthread_t = 0

    /// What is handed over to the thread.
    private final class Work {
        let body: () -> Void

        init(_ body: @escaping () -> Void) {
            self.body = body
        }
    }

    /// Starts it; it keeps what `body` holds until that returns. What `body` shares with others is for whoever calls to guard.
    package init(_ body: @escaping () -> Void) throws(PrivilegeError) {
        let work = unsafe Unmanaged.passRetained(Work(body))
        let code = unsafe pthread_create(
            &thread,
            nil,
            { work in
                guard let work = unsafe work else { return nil }
                unsafe Unmanaged<Work>.fromOpaque(work).takeRetainedValue().body()
                return nil
            },
            work.toOpaque()
        )
        if code != 0 {
            unsafe work.release()
            throw .system(operation: "start a thread", code: code)
        }
    }

    /// Whether it is the one that asks.
    var isCurrent: Bool { pthread_equal(pthread_self(), thread) != 0 }

    /// Waits until it has ended.
    package func join() { pthread_join(thread, nil) }
}
