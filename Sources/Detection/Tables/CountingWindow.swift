/// How much happened lately: between one and two halves of a window ago until now.
struct CountingWindow: Hashable, Sendable {
    private var half: Int64 = .min
    private var current: UInt32 = 0
    private var previous: UInt32 = 0

    /// Counts what happens at `second`, where a half has `length` seconds. A second before the newest counts as that.
    mutating func add(_ count: UInt32 = 1, at second: Int64, half length: Int64) {
        turn(to: second / length)
        let (sum, overflow) = current.addingReportingOverflow(count)
        current = overflow ? .max : sum
    }

    /// What was counted that is not too old at `second`.
    func count(at second: Int64, half length: Int64) -> Int {
        let now = second / length
        if now <= half { return Int(current) + Int(previous) }
        return now == half &+ 1 ? Int(current) : 0
    }

    private mutating func turn(to now: Int64) {
        guard now > half else { return }
        previous = now == half &+ 1 ? current : 0
        current = 0
        half = now
    }
}
