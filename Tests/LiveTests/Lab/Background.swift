import Foundation
import Synchronization

/// Work on a thread of its own, while the test looks at what comes of it.
final class Background: Sendable {
    private let result = Mutex<Result<Void, any Error>?>(nil)

    init(_ work: @escaping @Sendable () throws -> Void) {
        Thread.detachNewThread {
            let result = Result { try work() }
            self.result.withLock { $0 = result }
        }
    }

    /// Looks every 5 ms until it is done; throws what it threw.
    func wait(looking look: () -> Void) throws {
        while true {
            let result = result.withLock { $0 }
            look()
            if let result { return try result.get() }
            usleep(5000)
        }
    }
}
