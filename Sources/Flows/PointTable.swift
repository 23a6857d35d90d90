/// All observation points of a run, numbered as they come.
///
/// A capture's interface can be several points: SLL2 frames carry the kernel's interface index. Bounded by 65,534 points;
/// what is seen at further ones counts at the last. Numbers of interfaces that are gone are used again when no flow can
/// speak of them any more.
struct PointTable {
    private struct Source: Hashable {
        var interface: UInt32
        var index: UInt32
    }

    private(set) var points: [ObservationPoint] = []
    /// Grows when what a number means changes.
    private(set) var version: UInt64 = 0
    /// How often a further point was wanted.
    private(set) var overflows: UInt64 = 0
    private var interfaces: [UInt32: ObservationPoint] = [:]
    private var numbers: [Source: UInt16] = [:]
    /// What was asked for lately, at the place that its index gives: on a host one packet passes several interfaces, so that
    /// the last answer is seldom the next.
    private var recent = Self.nothingRecent
    /// Points whose interface is gone, and since when, in nanoseconds.
    private var released: [(number: UInt16, since: Int64)] = []

    private struct Recent {
        var source: Source
        var number: UInt16
    }

    private static var nothingRecent: [Recent] {
        Array(repeating: Recent(source: Source(interface: .max, index: .max), number: 0), count: 256)
    }

    static var limit: Int { 65_534 }

    /// Tells what a capture's interface is. Unknown ones are nameless.
    mutating func describe(interface: UInt32, as point: ObservationPoint) {
        interfaces[interface] = point
        let source = Source(interface: interface, index: 0)
        guard let number = numbers[source] else { return }
        points[Int(number)] = point
        version &+= 1
    }

    /// Tells what an interface is that a capture of many names by its index; returns its number.
    mutating func describe(interface: UInt32, index: UInt32, as point: ObservationPoint) -> UInt16 {
        let number = number(interface: interface, index: index)
        points[Int(number)] = point
        version &+= 1
        return number
    }

    /// Forgets an interface that is gone at `time`: the next one with that index is another point.
    mutating func release(interface: UInt32, index: UInt32, at time: Int64) -> UInt16? {
        let source = Source(interface: interface, index: index)
        guard let number = numbers.removeValue(forKey: source) else { return nil }
        recent = Self.nothingRecent
        released.append((number, time))
        return number
    }

    @inline(__always)
    mutating func number(interface: UInt32, index: UInt32) -> UInt16 {
        let source = Source(interface: interface, index: index)
        let known = recent[Self.place(of: source)]
        return known.source == source ? known.number : find(source)
    }

    @inline(__always)
    private static func place(of source: Source) -> Int { Int((source.index ^ source.interface) & 0xff) }

    @inline(never)
    private mutating func find(_ source: Source) -> UInt16 {
        let number: UInt16
        if let known = numbers[source] {
            number = known
        } else {
            var point = interfaces[source.interface] ?? ObservationPoint()
            if source.index != 0 {
                // "any" names the capture, not the interface the frame passed.
                point.interface = nil
                point.interfaceIndex = source.index
            }
            number = add(point)
            if numbers.count < Self.limit { numbers[source] = number }
        }
        recent[Self.place(of: source)] = Recent(source: source, number: number)
        return number
    }

    private mutating func add(_ point: ObservationPoint) -> UInt16 {
        if points.count < Self.limit {
            points.append(point)
        } else if let number = takeReleased() {
            points[Int(number)] = point
            version &+= 1
            return number
        } else {
            overflows += 1
        }
        return UInt16(points.count - 1)
    }

    /// The number released longest ago, if no flow that was seen there can still be under way.
    private mutating func takeReleased() -> UInt16? {
        guard let first = released.first, let last = released.last,
            last.since &- first.since > Self.restTime
        else { return nil }
        released.removeFirst()
        return first.number
    }

    /// Twice the active time-out: nanoseconds.
    private static var restTime: Int64 { 3_600_000_000_000 }
}
