import Glibc
import Monitor
import Privilege
import Synchronization

/// Standard output behind a queue and a thread of its own: whoever reads it may stall, and nobody here waits for that.
///
/// What does not fit in the queue is dropped and counted.
@safe final class OutputQueue: @unchecked Sendable {
    private let chunks: Inbox<[UInt8]>
    private let state = Mutex(State())
    private var thread: WorkerThread?

    private struct State {
        var isEnding = false
        var isOver = false
        var failure: StandardOutput.Failure?
        var dropped: UInt64 = 0
    }

    /// Pieces of at most 64 KiB: 16 MiB in all.
    private static var limit: Int { 256 }

    init() throws {
        chunks = try Inbox(limit: Self.limit)
        thread = try WorkerThread { self.work() }
    }

    /// Why nothing more can be written.
    var failure: StandardOutput.Failure? { state.withLock(\.failure) }

    /// Lines that there was no room for.
    var dropped: UInt64 { state.withLock(\.dropped) }

    /// Leaves some whole lines to be written.
    func put(_ span: Span<UInt8>) {
        let bytes = unsafe span.withUnsafeBufferPointer { unsafe Array($0) }
        if chunks.put(CollectionOfOne(bytes)) == 0 { return }
        let lines = UInt64(bytes.count { $0 == 0x0a })
        state.withLock { $0.dropped += lines }
    }

    /// Waits until all is written, at most two seconds; returns the exit status that a failure asks for.
    func finish() -> Int32? {
        state.withLock { $0.isEnding = true }
        _ = chunks.put(CollectionOfOne([]))
        for _ in 0..<200 where !state.withLock(\.isOver) { usleep(10_000) }
        guard state.withLock(\.isOver) else {
            StandardError.say("whoever reads standard output has stopped; its last lines are lost")
            return nil
        }
        thread?.join()
        return StandardOutput.conclude(state.withLock(\.failure))
    }

    private func work() {
        // Made before anybody knows what the session may do; writing takes no capability.
        try? PrivilegedThread.renounce()
        var output = StandardOutput()
        while true {
            var request = pollfd(fd: chunks.descriptor, events: Int16(POLLIN), revents: 0)
            _ = unsafe poll(&request, 1, -1)
            for chunk in chunks.take() { output.write(chunk.span) }
            let failure = output.failure
            let isOver = state.withLock { state in
                state.failure = failure
                state.isOver = state.isEnding
                return state.isOver
            }
            if isOver { return }
        }
    }
}
