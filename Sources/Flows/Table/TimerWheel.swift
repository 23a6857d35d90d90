/// Which flows may have timed out at which second: buckets of linked flows, one a second.
///
/// A flow stands in the bucket of the second it would have timed out when it was put there; packets do not move it.
/// When its second comes and it is still fresh, it goes to a later bucket. So a flow costs something once a time-out, and
/// nothing a packet. Only one that is over is moved at once, to an earlier bucket. The links are the flows' own
/// (`FlowDetail.next` and `previous`); this holds only the heads.
struct TimerWheel: ~Copyable {
    private var heads = [UInt32](repeating: 0, count: TimerWheel.size)
    /// One bit for each bucket that may hold a flow: time jumps from one to the next.
    private var occupied = [UInt64](repeating: 0, count: TimerWheel.size / 64)

    /// Seconds in a turn; longer time-outs are looked at once a turn.
    static var size: Int { 4096 }

    /// Marks a `FlowDetail.previous` that names the bucket: the flow is its first.
    private static var isFirst: UInt32 { 0x8000_0000 }

    /// Puts a flow that is in no bucket into that of `second`.
    mutating func add(_ number: Int, _ details: UnsafeMutablePointer<FlowDetail>, second: Int64) {
        let bucket = Self.bucket(second)
        let head = heads[bucket]
        let link = UInt32(truncatingIfNeeded: number + 1)
        unsafe details[number].next = head
        unsafe details[number].previous = Self.isFirst | UInt32(truncatingIfNeeded: bucket)
        if head != 0 { unsafe details[Int(head) - 1].previous = link }
        heads[bucket] = link
        occupied[bucket >> 6] |= 1 << UInt64(bucket & 63)
    }

    /// Takes a flow out of whichever bucket it is in.
    mutating func remove(_ number: Int, _ details: UnsafeMutablePointer<FlowDetail>) {
        let next = unsafe details[number].next
        let previous = unsafe details[number].previous
        if previous & Self.isFirst != 0 {
            heads[Int(previous & ~Self.isFirst)] = next
        } else {
            unsafe details[Int(previous) - 1].next = next
        }
        if next != 0 { unsafe details[Int(next) - 1].previous = previous }
    }

    /// Empties the bucket of `second`: the first flow's number plus one, linked to the others by `next` alone.
    mutating func take(second: Int64) -> UInt32 {
        let bucket = Self.bucket(second)
        defer { heads[bucket] = 0 }
        occupied[bucket >> 6] &= ~(1 << UInt64(bucket & 63))
        return heads[bucket]
    }

    /// The first second from `second` on, at most `last`, whose bucket may hold a flow.
    func next(from second: Int64, through last: Int64) -> Int64? {
        guard second <= last else { return nil }
        var due = second
        let end = min(last, second + Int64(Self.size) - 1)
        while due <= end {
            let bucket = Self.bucket(due)
            let word = occupied[bucket >> 6] >> UInt64(bucket & 63)
            if word != 0 {
                due += Int64(word.trailingZeroBitCount)
                return due <= end ? due : nil
            }
            due += Int64(64 - bucket & 63)
        }
        return nil
    }

    /// Takes the first flow of the first bucket at or after `second` that has any, and says whose second that is: one of
    /// those that end next.
    mutating func takeFirst(
        from second: Int64,
        _ details: UnsafeMutablePointer<FlowDetail>
    ) -> (number: Int, second: Int64)? {
        var from = second
        let last = second + Int64(Self.size) - 1
        while let due = next(from: from, through: last) {
            let head = heads[Self.bucket(due)]
            if head != 0 {
                unsafe remove(Int(head) - 1, details)
                return (Int(head) - 1, due)
            }
            // Emptied from within: the bit had stayed.
            occupied[Self.bucket(due) >> 6] &= ~(1 << UInt64(Self.bucket(due) & 63))
            from = due + 1
        }
        return nil
    }

    private static func bucket(_ second: Int64) -> Int {
        Int(truncatingIfNeeded: second & Int64(size - 1))
    }
}
