import Addressing
import Flows

/// Tries that nobody answered yet, in the order they began. Bounded: when full, the oldest is out before its time.
struct OpenTries: Sendable {
    struct Try: Sendable {
        let serial: UInt32
        let key: FloodKey
        let flow: FlowIdentifier
        let time: Timestamp
    }

    private var tries: [UInt32: Try] = [:]
    /// Serials in the order they began; those that were taken are still in it.
    private var line: [(serial: UInt32, time: Int64)] = []
    private var head = 0

    static var limit: Int { 32_768 }

    /// Adds one; returns the oldest when there was no room.
    mutating func add(_ new: Try) -> Try? {
        let displaced = tries.count < Self.limit ? nil : takeOldest(before: .max)
        tries[new.serial] = new
        line.append((new.serial, new.time.nanoseconds))
        return displaced
    }

    mutating func remove(_ serial: UInt32) -> Try? {
        tries.isEmpty ? nil : tries.removeValue(forKey: serial)
    }

    /// Takes the oldest, if it began at `moment` or earlier.
    mutating func takeOldest(before moment: Int64) -> Try? {
        defer { tidy() }
        while head < line.count, line[head].time <= moment {
            head += 1
            if let oldest = tries.removeValue(forKey: line[head - 1].serial) { return oldest }
        }
        return nil
    }

    private mutating func tidy() {
        guard head > 4096, head * 2 > line.count else { return }
        line.removeFirst(head)
        head = 0
    }
}
