import Addressing

/// What is under way, by the serial number of its flow and in the order it began. Bounded.
struct PendingFlows<Item: Sendable>: Sendable {
    private var items: [Item?] = []
    private var serials: [UInt32] = []
    private var free: [Int] = []
    private var index = NumberIndex()
    /// Serials in the order they began; those that were taken are still in it.
    private var line: [(serial: UInt32, time: Int64)] = []
    private var head = 0
    let limit: Int

    init(limit: Int) { self.limit = limit }

    /// Flows under way.
    var count: Int { serials.count - free.count }

    var isFull: Bool { count >= limit }

    /// Places in the line, those of flows that were taken included.
    var waiting: Int { line.count - head }

    /// Adds a flow that is not there yet, where there is room; its place among the items.
    @discardableResult
    mutating func add(_ serial: UInt32, _ item: Item, at time: Timestamp) -> Int {
        let place: Int
        if let last = free.popLast() {
            place = last
            items[place] = item
            serials[place] = serial
        } else {
            place = items.count
            items.append(item)
            serials.append(serial)
        }
        index.insert(Self.hash(serial), place)
        // Where the clock stands still nothing is due, however much is settled.
        if waiting > 2 * limit { compact() }
        line.append((serial, time.nanoseconds))
        return place
    }

    /// What stands at a place.
    subscript(place: Int) -> Item? { items[place] }

    /// The serial at a place.
    func serial(at place: Int) -> UInt32 { serials[place] }

    /// Takes out what became of a flow, and where it stood.
    mutating func remove(_ serial: UInt32) -> (item: Item, place: Int)? {
        guard let place = place(of: serial), let item = items[place] else { return nil }
        items[place] = nil
        index.remove(Self.hash(serial), place)
        free.append(place)
        return (item, place)
    }

    /// The serial of the oldest, and when it began, if that was at `moment` or earlier.
    mutating func oldest(before moment: Int64) -> (serial: UInt32, time: Int64)? {
        while head < line.count, line[head].time <= moment {
            if place(of: line[head].serial) != nil { return line[head] }
            head += 1
        }
        if head > 4096, head * 2 > line.count {
            line.removeFirst(head)
            head = 0
        }
        return nil
    }

    private func place(of serial: UInt32) -> Int? {
        index.find(Self.hash(serial)) { serials[$0] == serial }
    }

    private mutating func compact() {
        line = line[head...].filter { place(of: $0.serial) != nil }
        head = 0
    }

    /// Serials count up, and nobody outside chooses them.
    @inline(__always)
    private static func hash(_ serial: UInt32) -> UInt64 { UInt64(serial) &* 0x9e37_79b9_7f4a_7c15 }
}
