public import Addressing
public import Wire

/// Which facts were told lately, so that a fact said a thousand times a second is told once a minute.
///
/// A repeat costs one look-up and allocates nothing. Bounded: when full, the fact told longest ago is forgotten, and
/// will be told again when it is said again. Depends on the order of packets and their times only.
public struct SightingTable: Sendable {
    private struct Entry {
        var key: SightingKey
        /// Until then it is not told again.
        var heldUntil: Timestamp
        /// When it was said last.
        var last: Timestamp
        /// How often it was said since it was told.
        var repeats: UInt64 = 0
    }

    /// The most distinct facts.
    public static var limit: Int { 65_536 }

    /// After being told, a fact is held back for so long: nanoseconds of packet time.
    static var holdTime: Int64 { 60_000_000_000 }

    private let capacity: Int
    private var numbers: [SightingKey: Int] = [:]
    private var entries: [Entry] = []
    /// Entries by when they were told.
    private var order = RecencyOrder()

    /// How often the table told, held back and gave way.
    public private(set) var counters = SightingCounters()

    /// An empty table. Less than `limit` facts are for tests and small machines; more are not to be had.
    public init(capacity: Int = Self.limit) {
        self.capacity = min(max(capacity, 1), Self.limit)
    }

    /// Facts that are remembered.
    public var count: Int { entries.count }

    /// Takes note of what a packet tells; returns it when it is to be told: the first time, and then when a minute or
    /// more has passed since it was told.
    ///
    /// `frame` is the whole frame as captured. `time` may go back; what is said in the past of a fact is a repeat.
    public mutating func note(
        _ packet: borrowing Packet,
        frame: RawSpan,
        scope: UInt32,
        point: UInt16,
        time: Timestamp
    ) -> Sighting? {
        guard packet.sighting != .none else { return nil }
        guard let message = SightingMessage(packet, frame: frame), let key = SightingKey(message, scope: scope) else {
            counters.unreadable += 1
            return nil
        }
        let known = numbers[key]
        if let known, time < entries[known].heldUntil {
            entries[known].repeats += 1
            entries[known].last = max(entries[known].last, time)
            counters.repeated += 1
            return nil
        }
        guard var sighting = Sighting(message, scope: scope, point: point, time: time) else {
            counters.unreadable += 1
            return nil
        }
        counters.told += 1
        if let known {
            sighting.count = entries[known].repeats + 1
            sighting.previous = entries[known].last
            order.remove(known)
            remember(key, at: time, as: known)
        } else {
            remember(key, at: time, as: freeNumber(at: time))
        }
        return sighting
    }

    private mutating func remember(_ key: SightingKey, at time: Timestamp, as number: Int) {
        let (sum, overflow) = time.nanoseconds.addingReportingOverflow(Self.holdTime)
        let entry = Entry(key: key, heldUntil: Timestamp(nanoseconds: overflow ? .max : sum), last: time)
        if number < entries.count { entries[number] = entry } else { entries.append(entry) }
        numbers[key] = number
        order.append(number)
    }

    /// A new entry's number, or that of the fact told longest ago, which is forgotten.
    private mutating func freeNumber(at time: Timestamp) -> Int {
        guard entries.count >= capacity, let oldest = order.first else { return entries.count }
        let entry = entries[oldest]
        if time < entry.heldUntil || entry.repeats > 0 { counters.forgotten += 1 }
        order.remove(oldest)
        numbers[entry.key] = nil
        return oldest
    }
}
