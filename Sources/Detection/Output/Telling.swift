import Addressing

/// When something that goes on is told: first, then when there is ten times as much of it, or after an hour.
struct Telling: Sendable {
    private var count = 0
    private var second: Int64 = .min

    /// Whether to tell it now that there is `count` of it; if so, it counts as told.
    mutating func isNews(_ count: Int, at time: Timestamp) -> Bool {
        let now = time.seconds
        guard self.count == 0 || count >= self.count * 10 || now &- second >= RepeatFold.pause else { return false }
        (self.count, second) = (max(1, count), now)
        return true
    }
}
