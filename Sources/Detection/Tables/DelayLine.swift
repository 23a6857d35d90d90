import Addressing

/// What is looked at again a set time after it came, in the order it came. Bounded: what finds no room is not looked at again.
struct DelayLine<Item: Sendable>: Sendable {
    private var items: [(item: Item, due: Int64)] = []
    private var head = 0
    private var delay: Int64
    private let limit: Int

    init(seconds: Int64, limit: Int) {
        delay = seconds &* 1_000_000_000
        self.limit = limit
    }

    var hasRoom: Bool { items.count - head < limit }

    mutating func append(_ item: Item, at time: Timestamp) {
        guard hasRoom else { return }
        items.append((item, max(time.nanoseconds &+ delay, items.last?.due ?? .min)))
    }

    /// Lets what comes from now on wait so long, but none shorter than what came before it.
    mutating func wait(seconds: Int64) { delay = seconds &* 1_000_000_000 }

    /// When the first is to be looked at again.
    var due: Timestamp { Timestamp(nanoseconds: head < items.count ? items[head].due : .max) }

    func isDue(at time: Timestamp) -> Bool { head < items.count && items[head].due <= time.nanoseconds }

    /// The next whose time has come, and when that was.
    mutating func takeDue(at time: Timestamp) -> (Item, Timestamp)? {
        guard isDue(at: time) else { return nil }
        let (item, due) = items[head]
        head += 1
        if head == items.count || head >= 1024 {
            items.removeFirst(head)
            head = 0
        }
        return (item, Timestamp(nanoseconds: due))
    }
}
