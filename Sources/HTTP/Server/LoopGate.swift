import NIOCore
import Synchronization

/// The way back to an event loop for tasks that may outlive it: nothing is given to a loop that has ended.
final class LoopGate: Sendable {
    private let loop: any EventLoop
    private let isOpen = Mutex(true)

    init(_ loop: any EventLoop) {
        self.loop = loop
    }

    /// Does `body` on the loop, soon; false, and never, once the gate is closed.
    func execute(_ body: @escaping @Sendable () -> Void) -> Bool {
        isOpen.withLock { isOpen in
            if isOpen { loop.execute(body) }
            return isOpen
        }
    }

    /// Closes it, and waits until all is done that came in before. Not to be called on the loop.
    func close() {
        isOpen.withLock { $0 = false }
        try? loop.submit {}.wait()
    }
}
