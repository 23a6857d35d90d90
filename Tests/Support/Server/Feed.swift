import Foundation

/// What a test says, piece by piece, to whoever follows: the rest of an answer that has begun.
public final class Feed: @unchecked Sendable {
    private let condition = NSCondition()
    private var pieces: [String] = []
    private var isEnded = false

    public init() {}

    /// Says a piece.
    public func say(_ piece: String) {
        condition.withLock {
            pieces.append(piece)
            condition.broadcast()
        }
    }

    /// Says nothing more.
    public func end() {
        condition.withLock {
            isEnded = true
            condition.broadcast()
        }
    }

    /// The next piece once there is one; nil at the end, or when `isWanted` is false.
    func next(while isWanted: () -> Bool) -> String? {
        condition.lock()
        defer { condition.unlock() }
        while pieces.isEmpty {
            if isEnded || !isWanted() { return nil }
            _ = condition.wait(until: Date(timeIntervalSinceNow: 0.005))
        }
        return pieces.removeFirst()
    }
}
