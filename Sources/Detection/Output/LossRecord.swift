import Addressing

/// How many packets were lost when, in minutes of packet time: what an alert says of its own window.
struct LossRecord: Sendable {
    private struct Minute {
        var number: Int64
        var received: UInt64
        var dropped: UInt64
        var isKnown: Bool
    }

    /// Minutes in which something was lost, the oldest first.
    private var minutes: [Minute] = []
    /// Whether anybody would say if something were lost.
    var isWatched = false

    /// Minutes that are remembered.
    static var limit: Int { 1440 }

    /// Of `received` packets `dropped` were lost; nil when nobody can say how many.
    mutating func note(received: UInt64, dropped: UInt64?, at time: Timestamp) {
        isWatched = true
        let number = time.seconds / 60
        if minutes.last?.number != number {
            if minutes.count == Self.limit { minutes.removeFirst() }
            minutes.append(Minute(number: number, received: 0, dropped: 0, isKnown: true))
        }
        let last = minutes.count - 1
        minutes[last].received &+= received
        minutes[last].dropped &+= dropped ?? 0
        if dropped == nil { minutes[last].isKnown = false }
    }

    /// The share of packets that was lost between two moments, of those minutes in which any was; nil when that is not known.
    func ratio(from first: Timestamp, to last: Timestamp) -> Double? {
        guard isWatched else { return nil }
        let span = (first.seconds / 60)...max(first.seconds / 60, last.seconds / 60)
        var (received, dropped): (UInt64, UInt64) = (0, 0)
        for minute in minutes where span.contains(minute.number) {
            guard minute.isKnown else { return nil }
            received &+= minute.received
            dropped &+= minute.dropped
        }
        return received == 0 ? 0 : min(1, Double(dropped) / Double(received))
    }
}
