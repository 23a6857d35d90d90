/// A place where packets are seen: an interface of a host, or of a capture file.
public struct ObservationPoint: Hashable, Sendable {
    /// The interface's name, when the capture tells it.
    public var interface: String?
    /// The kernel's number for it, when the capture tells it.
    public var interfaceIndex: UInt32?
    /// The network namespace it is in, when known.
    public var namespace: String?
    /// Digits after the second that its time stamps have: 6 or 9, mostly.
    public var timestampDigits: Int

    public init(
        interface: String? = nil,
        interfaceIndex: UInt32? = nil,
        namespace: String? = nil,
        timestampDigits: Int = 9
    ) {
        self.interface = interface
        self.interfaceIndex = interfaceIndex
        self.namespace = namespace
        self.timestampDigits = timestampDigits
    }
}

/// All observation points of a run, numbered as they come.
///
/// A capture's interface can be several points: SLL2 frames carry the kernel's interface index. Bounded by 65,534 points;
/// what is seen at further ones counts at the last.
struct PointTable {
    private struct Source: Hashable {
        var interface: UInt32
        var index: UInt32
    }

    private(set) var points: [ObservationPoint] = []
    /// How often a further point was wanted.
    private(set) var overflows: UInt64 = 0
    private var interfaces: [UInt32: ObservationPoint] = [:]
    private var numbers: [Source: UInt16] = [:]
    private var lastSource = Source(interface: .max, index: .max)
    private var lastNumber: UInt16 = 0
    /// What was asked for lately, at the place that its index gives: on a host one packet passes several interfaces, so that
    /// the last answer is seldom the next.
    private var recent = [Recent](
        repeating: Recent(source: Source(interface: .max, index: .max), number: 0),
        count: 256
    )

    private struct Recent {
        var source: Source
        var number: UInt16
    }

    static var limit: Int { 65_534 }

    /// Tells what a capture's interface is. Unknown ones are nameless.
    mutating func describe(interface: UInt32, as point: ObservationPoint) {
        interfaces[interface] = point
        let source = Source(interface: interface, index: 0)
        if let number = numbers[source] { points[Int(number)] = point }
    }

    @inline(__always)
    mutating func number(interface: UInt32, index: UInt32) -> UInt16 {
        let source = Source(interface: interface, index: index)
        if source == lastSource { return lastNumber }
        return look(source)
    }

    @inline(never)
    private mutating func look(_ source: Source) -> UInt16 {
        let place = Int((source.index ^ source.interface) & 0xff)
        let number = recent[place].source == source ? recent[place].number : find(source)
        recent[place] = Recent(source: source, number: number)
        lastSource = source
        lastNumber = number
        return number
    }

    @inline(never)
    private mutating func find(_ source: Source) -> UInt16 {
        let number: UInt16
        if let known = numbers[source] {
            number = known
        } else if points.count >= Self.limit {
            number = UInt16(points.count - 1)
            overflows += 1
        } else {
            var point = interfaces[source.interface] ?? ObservationPoint()
            if source.index != 0 {
                // "any" names the capture, not the interface the frame passed.
                point.interface = nil
                point.interfaceIndex = source.index
            }
            number = UInt16(points.count)
            points.append(point)
            numbers[source] = number
        }
        return number
    }
}
