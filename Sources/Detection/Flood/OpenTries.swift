import Addressing
import Flows

/// Tries that nobody answered yet, in the order they began. Bounded: where `limit` flows began since, a try is out before its time.
struct OpenTries: Sendable {
    struct Try: Sendable {
        let serial: UInt32
        let key: FloodKey
        let flow: FlowIdentifier
        let time: Timestamp
    }

    /// By serial, as those count up: a place is found without hashing.
    private var tries: [Try?] = []
    /// Serials in the order they began; those that were taken are still in it.
    private var line: [(serial: UInt32, time: Int64)] = []
    private var head = 0

    static var limit: Int { 32_768 }

    /// Places in the line, of tries that are settled already, too.
    var waiting: Int { line.count - head }

    /// Adds one; returns the one whose place it takes.
    mutating func add(_ new: Try) -> Try? {
        if tries.isEmpty { tries = Array(repeating: nil, count: Self.limit) }
        let place = Self.place(new.serial)
        let displaced = tries[place]
        tries[place] = new
        // When time stands still, nothing falls due.
        if line.count >= 4 * Self.limit { compact() }
        line.append((new.serial, new.time.nanoseconds))
        return displaced
    }

    mutating func remove(_ serial: UInt32) -> Try? {
        guard !tries.isEmpty, let open = tries[Self.place(serial)], open.serial == serial else { return nil }
        tries[Self.place(serial)] = nil
        return open
    }

    /// Takes the oldest, if it began at `moment` or earlier.
    mutating func takeOldest(before moment: Int64) -> Try? {
        while head < line.count, line[head].time <= moment {
            let serial = line[head].serial
            head += 1
            if let oldest = remove(serial) { return oldest }
        }
        if head > 4096, head * 2 > line.count {
            line.removeFirst(head)
            head = 0
        }
        return nil
    }

    private mutating func compact() {
        line = line[head...].filter { tries[Self.place($0.serial)]?.serial == $0.serial }
        head = 0
    }

    private static func place(_ serial: UInt32) -> Int { Int(serial) & (limit - 1) }
}
