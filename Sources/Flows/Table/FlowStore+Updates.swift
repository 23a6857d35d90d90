/// Which running flows there is something new to tell of, and when.
extension FlowStore {
    /// Up to so many flows a shorter interval between updates holds at once: a look at each takes some milliseconds in all.
    static var lookLimit: Int { 65_536 }

    /// Whether a packet passed since a flow was told of last; `latest` is when its last one did.
    ///
    /// A number that another flow had before is no trouble: whatever was told of that one passed earlier.
    func hasNews(_ number: Int, latest: Int64, _ book: borrowing FlowBook) -> Bool {
        if unsafe told[number] == latest &+ 1 { return false }
        return !configuration.reportsStarts || !isOnlyItsStart(number, book)
    }

    /// Notes that all of a flow up to `latest` was told of.
    func noteTold(_ number: Int, latest: Int64) { unsafe told[number] = latest &+ 1 }

    /// Tells of every flow that there is something new of, in the order of their entries.
    mutating func tellNews(_ book: inout FlowBook, _ sink: any FlowSink) {
        for number in 0..<used where isLive(number) && !isStub(number) {
            let last = latest(number, book)
            guard hasNews(number, latest: last, book) else { continue }
            noteTold(number, latest: last)
            sink.updated(snapshot(number, book), book)
        }
    }

    /// Whether no packet came after the one that its start told of, which may have passed several points.
    private func isOnlyItsStart(_ number: Int, _ book: borrowing FlowBook) -> Bool {
        let entry = unsafe entries + number
        let packets = unsafe UInt64(entry.pointee.counters.lowPackets) + UInt64(entry.pointee.counters.highPackets)
        guard packets <= 1, unsafe entry.pointee.counters.last == details[number].first else { return false }
        guard unsafe entry.pointee.counters.flags.contains(.hasAside) else { return true }
        var most: UInt64 = 0
        book.asides.forEachCount(of: unsafe details[number].aside) { most = max(most, $0.packets) }
        return most <= 1
    }

    /// The interval between updates became shorter: puts flows that would be looked at after it where they are looked at within
    /// it, spread over its seconds; `second` is the first that was not looked at. Leaves them where they are when there are more
    /// than `lookLimit`.
    mutating func bringForward(from second: Int64, _ book: borrowing FlowBook) {
        guard count <= Self.lookLimit else { return }
        for number in 0..<used where isLive(number) && !isStub(number) {
            let idle = Deadline.after(latest(number, book), seconds: timeout(number, configuration))
            let cut = Deadline.after(unsafe details[number].first, seconds: configuration.active)
            let turn = second + Int64(number) % configuration.updateInterval
            unsafe wheel.remove(number, details)
            unsafe wheel.add(
                number,
                details,
                second: max(second, min(turn, Deadline.second(atOrAfter: min(idle, cut))))
            )
        }
    }
}
