import CLinux
import Glibc

/// A thread on which everything is done that needs capabilities or stands in another network namespace: one of a process, or two where
/// one looks about and another acts.
///
/// A namespace belongs to a thread: whoever enters one on a thread of a pool sends strangers there. What is opened here (a
/// capture, a netlink socket) stays in its namespace and may be used from any thread.
@safe package final class PrivilegedThread: @unchecked Sendable {
    @safe private struct Job {
        let body: () -> Void
        let isDone: UnsafeMutablePointer<Bool>
    }

    private let lock: UnsafeMutablePointer<pthread_mutex_t>
    private let changed: UnsafeMutablePointer<pthread_cond_t>
    private var jobs: [Job] = []
    private var isEnding = false
    private var thread: WorkerThread?

    /// Starts the thread.
    package init() throws(PrivilegeError) {
        unsafe lock = .allocate(capacity: 1)
        unsafe changed = .allocate(capacity: 1)
        unsafe pthread_mutex_init(lock, nil)
        unsafe pthread_cond_init(changed, nil)
        // The thread keeps this object until `end`.
        thread = try WorkerThread { self.work() }
    }

    deinit {
        unsafe pthread_cond_destroy(changed)
        unsafe pthread_mutex_destroy(lock)
        unsafe lock.deallocate()
        unsafe changed.deallocate()
    }

    /// Takes all capabilities from the calling thread, for good, and with them from every thread that it makes from then on:
    /// what decodes, speaks or writes needs none. This one keeps its own. capabilities(7).
    ///
    /// The thread goes on as the user it was, whose files it may open; other users' it may not, even as root.
    package static func renounce() throws(PrivilegeError) {
        if CLinux_keepCapabilities(0) != 0 { throw .system(operation: "give up capabilities", code: errno) }
    }

    /// Ends the thread when all it was given is done. Nothing may be given to it after that.
    package func end() {
        unsafe pthread_mutex_lock(lock)
        isEnding = true
        unsafe pthread_cond_broadcast(changed)
        unsafe pthread_mutex_unlock(lock)
        thread?.join()
    }

    /// Does `body` on the thread, in the namespace the program was started in, and waits for it.
    package func perform<Result: ~Copyable, Failure: Error>(
        _ body: () throws(Failure) -> Result
    ) throws(Failure) -> Result {
        var outcome: Outcome<Result, Failure>?
        wait {
            do throws(Failure) {
                outcome = .success(try body())
            } catch {
                outcome = .failure(error)
            }
        }
        switch consume outcome {
        case .success(let result)?: return result
        case .failure(let error)?: throw error
        case nil: fatalError("the privileged thread has ended")
        }
    }

    /// Does `body` in another network namespace: for what is already being done on the thread, elsewhere it traps.
    ///
    /// What the thread cannot do in the namespace for lack of capabilities fails as `PrivilegeError`.
    package func within<Result: ~Copyable>(
        _ namespace: borrowing NamespaceFile,
        _ body: () throws -> Result
    ) throws -> Result {
        precondition(thread?.isCurrent == true, "not on the privileged thread")
        let home = try NamespaceFile(path: "/proc/thread-self/ns/net")
        guard CLinux_enterNetworkNamespace(namespace.descriptor) == 0 else {
            throw PrivilegeError.system(operation: "enter a network namespace", code: errno)
        }
        defer {
            // To stay elsewhere would send all that follows into the wrong namespace.
            if CLinux_enterNetworkNamespace(home.descriptor) != 0 {
                fatalError("cannot return from a network namespace: error \(errno)")
            }
        }
        return try body()
    }

    private enum Outcome<Result: ~Copyable, Failure: Error>: ~Copyable {
        case success(Result)
        case failure(Failure)
    }

    /// Hands the job over and sleeps until it is done.
    private func wait(_ body: () -> Void) {
        var isDone = false
        withoutActuallyEscaping(body) { body in
            unsafe withUnsafeMutablePointer(to: &isDone) { isDone in
                unsafe pthread_mutex_lock(lock)
                jobs.append(unsafe Job(body: body, isDone: isDone))
                unsafe pthread_cond_broadcast(changed)
                while unsafe !isDone.pointee { unsafe pthread_cond_wait(changed, lock) }
                unsafe pthread_mutex_unlock(lock)
            }
        }
    }

    private func work() {
        unsafe pthread_mutex_lock(lock)
        while true {
            while jobs.isEmpty, !isEnding { unsafe pthread_cond_wait(changed, lock) }
            guard !jobs.isEmpty else { break }
            let isDone = unsafe runFirst()
            unsafe isDone.pointee = true
            unsafe pthread_cond_broadcast(changed)
        }
        unsafe pthread_mutex_unlock(lock)
    }

    /// With the lock held, and let go while the job runs.
    private func runFirst() -> UnsafeMutablePointer<Bool> {
        let job = jobs.removeFirst()
        unsafe pthread_mutex_unlock(lock)
        job.body()
        unsafe pthread_mutex_lock(lock)
        return unsafe job.isDone
    }
}
