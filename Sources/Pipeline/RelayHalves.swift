import Addressing
import Containers
import Flows

/// Connections in the order they began, of the last seconds. Bounded: beyond `limit` the oldest goes early, and until when is
/// remembered.
struct RelayHalves {
    private var items: [RelayHalf] = []
    /// The place of the first item; places are never used again.
    private var base = 0
    private var head = 0
    private var bySocket: [SocketKey: Int] = [:]
    private var byProcess: [Int32: [Int]] = [:]
    /// When the newest of those began that went early, in nanoseconds.
    private(set) var lost: Int64?

    static var limit: Int { 4096 }

    subscript(_ place: Int) -> RelayHalf? {
        place >= base + head && place < base + items.count ? items[place - base] : nil
    }

    /// Places of all that are not linked.
    var unlinked: [Int] { (base + head..<base + items.count).filter { !items[$0 - base].isLinked } }

    /// Places of what a process holds and is not linked, in order.
    func places(of process: Int32) -> [Int] { byProcess[process] ?? [] }

    /// Up to `count` places, the latest first, of those that began up to a time.
    func latest(_ count: Int, before time: Int64) -> [Int] {
        var found: [Int] = []
        var index = items.count
        while index > head, found.count < count {
            index -= 1
            if items[index].flow.first.nanoseconds <= time { found.append(base + index) }
        }
        return found
    }

    mutating func append(_ half: RelayHalf) {
        if items.count - head >= Self.limit {
            lost = items[head].flow.first.nanoseconds
            removeFirst()
        }
        let place = base + items.count
        items.append(half)
        bySocket[half.socket] = place
        if let process = half.process { byProcess[process, default: []].append(place) }
    }

    /// Notes who has a socket; false when that was known, or is asked of nobody.
    mutating func know(_ process: Int32, of socket: SocketKey) -> Bool {
        guard let place = bySocket[socket], var half = self[place], !half.isExact, !half.isLinked else { return false }
        if let old = half.process { remove(place, of: old) }
        half.process = process
        half.isExact = true
        items[place - base] = half
        var places = byProcess[process] ?? []
        places.insert(place, at: places.firstIndex { $0 > place } ?? places.endIndex)
        byProcess[process] = places
        return true
    }

    mutating func link(_ place: Int) {
        guard let process = self[place]?.process else { return }
        items[place - base].isLinked = true
        remove(place, of: process)
    }

    mutating func doubt(_ place: Int) {
        if self[place] != nil { items[place - base].isDoubted = true }
    }

    mutating func forget(before time: Int64) {
        while head < items.count, items[head].flow.first.nanoseconds < time { removeFirst() }
    }

    private mutating func removeFirst() {
        let half = items[head]
        let place = base + head
        if bySocket[half.socket] == place { bySocket[half.socket] = nil }
        if let process = half.process, !half.isLinked { remove(place, of: process) }
        head += 1
        // Half of it gone is the moment to close up: each item moves at most once on average.
        if head >= 64, head * 2 >= items.count {
            items.removeFirst(head)
            base += head
            head = 0
        }
    }

    private mutating func remove(_ place: Int, of process: Int32) {
        byProcess[process]?.removeAll { $0 == place }
        if byProcess[process]?.isEmpty == true { byProcess[process] = nil }
    }
}
