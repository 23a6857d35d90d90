import Dispatch
import Privilege
import Synchronization

/// Threads that read for who waits without one. As many as can read at a time, from the first question to the end of the process:
/// who counts them sees no more of them after a busy day than after the first minute.
@safe final class ReaderThreads: Sendable {
    private let waiting = Mutex<[@Sendable () -> Void]>([])
    private let signal = DispatchSemaphore(value: 0)
    /// Whether there is any thread; without, whoever asks reads.
    private let isStarted = Mutex(false)

    init(_ count: Int) {
        var started = 0
        for _ in 0..<count {
            do throws(PrivilegeError) {
                _ = try WorkerThread { [self] in loop() }
                started += 1
            } catch {
                // The system gives no more threads: those there are do it.
                break
            }
        }
        isStarted.withLock { $0 = started > 0 }
    }

    /// Has something done, after what was left before.
    func perform(_ work: @escaping @Sendable () -> Void) {
        guard isStarted.withLock(\.self) else { return work() }
        waiting.withLock { $0.append(work) }
        signal.signal()
    }

    private func loop() {
        while true {
            signal.wait()
            let work = waiting.withLock { $0.isEmpty ? nil : $0.removeFirst() }
            work?()
        }
    }
}
