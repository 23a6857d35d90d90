import Addressing

/// Which block is due next: a binary heap, in which what is no longer so stays until it comes up or outnumbers the rest.
struct DueQueue {
    private struct Due: Comparable {
        var time: Timestamp
        var block: BlockIdentifier

        static func < (left: Self, right: Self) -> Bool {
            left.time != right.time ? left.time < right.time : left.block < right.block
        }
    }

    private var heap: [Due] = []
    /// What is so.
    private var times: [BlockIdentifier: Timestamp] = [:]

    /// When the next one is due; nil when none is.
    var next: Timestamp? { heap.first?.time }

    /// How many wait.
    var count: Int { times.count }

    /// Sets when a block is due, instead of what was set before; nil for never.
    mutating func set(_ block: BlockIdentifier, due time: Timestamp?) {
        guard times[block] != time else { return }
        times[block] = time
        if let time {
            heap.append(Due(time: time, block: block))
            rise(heap.count - 1)
        }
        if heap.count > 2 * times.count + 64 { rebuild() }
        dropStale()
    }

    /// Takes the first that is due by a time, in the order of times and then of numbers; nil when none is.
    mutating func take(by time: Timestamp) -> (block: BlockIdentifier, time: Timestamp)? {
        guard let first = heap.first, first.time <= time else { return nil }
        times[first.block] = nil
        dropFirst()
        dropStale()
        return (first.block, first.time)
    }

    private func isStale(_ due: Due) -> Bool { times[due.block] != due.time }

    private mutating func dropStale() {
        while let first = heap.first, isStale(first) { dropFirst() }
    }

    /// An ordered list is a heap.
    private mutating func rebuild() {
        heap = times.map { Due(time: $0.value, block: $0.key) }.sorted()
    }

    private mutating func dropFirst() {
        heap.swapAt(0, heap.count - 1)
        heap.removeLast()
        sink(0)
    }

    private mutating func rise(_ place: Int) {
        var place = place
        while place > 0, heap[place] < heap[(place - 1) / 2] {
            heap.swapAt(place, (place - 1) / 2)
            place = (place - 1) / 2
        }
    }

    private mutating func sink(_ place: Int) {
        var place = place
        while true {
            var least = place
            for child in [2 * place + 1, 2 * place + 2] where child < heap.count && heap[child] < heap[least] {
                least = child
            }
            guard least != place else { return }
            heap.swapAt(place, least)
            place = least
        }
    }
}
