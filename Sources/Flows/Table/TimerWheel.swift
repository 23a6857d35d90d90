/// Which flows may have timed out at which second: buckets of linked flows, one a second.
///
/// A flow stands in the bucket of the second it would have timed out when it was put there; packets do not move it.
/// When its second comes and it is still fresh, it goes to a later bucket. So a flow costs something once a time-out, and
/// nothing a packet. The links are the flows' own (`FlowDetail.next`); this holds only the heads.
struct TimerWheel: ~Copyable {
    private var heads = [UInt32](repeating: 0, count: TimerWheel.size)

    /// Seconds in a turn; longer time-outs are looked at once a turn.
    static var size: Int { 4096 }

    /// Puts a flow into the bucket of `second`.
    mutating func add(_ number: Int, _ details: UnsafeMutablePointer<FlowDetail>, second: Int64) {
        let bucket = Int(truncatingIfNeeded: second & Int64(Self.size - 1))
        unsafe details[number].next = heads[bucket]
        heads[bucket] = UInt32(truncatingIfNeeded: number + 1)
    }

    /// Empties the bucket of `second`: the first flow's number plus one, linked to the others.
    mutating func take(second: Int64) -> UInt32 {
        let bucket = Int(truncatingIfNeeded: second & Int64(Self.size - 1))
        defer { heads[bucket] = 0 }
        return heads[bucket]
    }

    /// Takes the first flow of the first bucket at or after `second` that has any: one of those that end next.
    mutating func takeFirst(from second: Int64, _ details: UnsafeMutablePointer<FlowDetail>) -> Int? {
        for ahead in 0..<Int64(Self.size) {
            let bucket = Int(truncatingIfNeeded: (second + ahead) & Int64(Self.size - 1))
            let head = heads[bucket]
            if head == 0 { continue }
            heads[bucket] = unsafe details[Int(head) - 1].next
            return Int(head) - 1
        }
        return nil
    }
}
