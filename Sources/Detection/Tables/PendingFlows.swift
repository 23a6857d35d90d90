import Addressing

/// What is under way, by the serial number of its flow and in the order it began. Bounded.
struct PendingFlows<Item: Sendable>: Sendable {
    private var items: [Item?] = []
    private var serials: [UInt32] = []
    private var free: [Int] = []
    /// The place of a flow, from 1, by the last bits of its serial: those count up, so that it takes no hash.
    private var places: [Int32] = []
    private let mask: Int
    /// Serials in the order they began; those that were taken are still in it.
    private var line: [(serial: UInt32, time: Int64)] = []
    private var head = 0
    let limit: Int

    init(limit: Int) {
        self.limit = limit
        var size = 64
        while size < 2 * limit { size *= 2 }
        mask = size - 1
    }

    /// Flows under way.
    var count: Int { serials.count - free.count }

    var isFull: Bool { count >= limit }

    /// Places in the line, those of flows that were taken included.
    var waiting: Int { line.count - head }

    /// Who has to go before a flow can be added: the oldest where there is no room, or one that is very much older.
    mutating func obstacle(to serial: UInt32) -> UInt32? {
        if places.isEmpty { return nil }
        let place = Int(places[Int(serial) & mask]) - 1
        if place >= 0 { return serials[place] }
        guard isFull else { return nil }
        return oldest(before: .max)?.serial
    }

    /// Adds a flow that is not there yet, where nothing stands in its way; its place among the items.
    @discardableResult
    mutating func add(_ serial: UInt32, _ item: Item, at time: Timestamp) -> Int {
        if places.isEmpty { places = [Int32](repeating: 0, count: mask + 1) }
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
        places[Int(serial) & mask] = Int32(place + 1)
        // Where the clock stands still nothing is due, however much is settled.
        if waiting > 2 * limit { compact() }
        line.append((serial, time.nanoseconds))
        return place
    }

    func has(_ serial: UInt32) -> Bool { place(of: serial) != nil }

    /// What stands at a place.
    subscript(place: Int) -> Item? { items[place] }

    /// The serial at a place.
    func serial(at place: Int) -> UInt32 { serials[place] }

    /// Takes out what became of a flow, and where it stood.
    mutating func remove(_ serial: UInt32) -> (item: Item, place: Int)? {
        guard let place = place(of: serial), let item = items[place] else { return nil }
        items[place] = nil
        places[Int(serial) & mask] = 0
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

    @inline(__always)
    private func place(of serial: UInt32) -> Int? {
        if places.isEmpty { return nil }
        let place = Int(places[Int(serial) & mask]) - 1
        return place >= 0 && serials[place] == serial ? place : nil
    }

    private mutating func compact() {
        line = line[head...].filter { place(of: $0.serial) != nil }
        head = 0
    }
}
