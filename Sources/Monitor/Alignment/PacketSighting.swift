/// When one packet passed one host, in nanoseconds: it is seen once at each interface that it passes.
struct PacketSighting: Sendable {
    private(set) var first: Int64
    private(set) var last: Int64
    /// Whether several packets look like this one: it was sent again, or the frame was written twice.
    private(set) var isRepeated = false
    private var points = InlineArray<8, UInt16>(repeating: 0)
    private var count = 1

    init(at time: Int64, point: UInt16) {
        first = time
        last = time
        points[0] = point
    }

    mutating func add(at time: Int64, point: UInt16) {
        first = min(first, time)
        last = max(last, time)
        if count == points.count { isRepeated = true }
        for index in 0..<count where points[index] == point { isRepeated = true }
        let (stay, isTooLong) = last.subtractingReportingOverflow(first)
        if isTooLong || stay > Self.longestStay { isRepeated = true }
        guard !isRepeated else { return }
        points[count] = point
        count += 1
    }

    /// No host keeps a packet for longer: nanoseconds. TCP sends no segment again before 200 ms, save where it knows better.
    private static var longestStay: Int64 { 100_000_000 }
}
