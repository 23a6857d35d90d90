import Addressing

/// Items and the times they joined, first in first out. Grows as it is filled; whoever fills it sees to its bound.
struct WaitingLine<Item> {
    private var items: [(item: Item, time: Timestamp)] = []
    private var head = 0

    var first: (item: Item, time: Timestamp)? { head < items.count ? items[head] : nil }
    var count: Int { items.count - head }

    mutating func append(_ item: Item, at time: Timestamp) {
        items.append((item, time))
    }

    /// Does nothing when it is empty.
    mutating func removeFirst() {
        guard head < items.count else { return }
        head += 1
        // Half of it gone is the moment to close up: each item moves at most once on average.
        if head >= 32, head * 2 >= items.count {
            items.removeFirst(head)
            head = 0
        }
    }
}
