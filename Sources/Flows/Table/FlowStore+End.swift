import Addressing
import Wire

/// How flows end.
extension FlowStore {
    /// After how many seconds without a packet a flow is over, as things stand with it.
    func timeout(_ number: Int, _ configuration: FlowConfiguration) -> Int64 {
        guard unsafe entries[number].key.protocolNumber == 6 else { return configuration.idle }
        let states = unsafe entries[number].counters.states
        let low = states & 15
        let high = states >> 4
        if TCPTracker.isOver(states) { return configuration.tcpClosed }
        let under = TCPEndState.partial.rawValue
        return low >= under && high >= under ? configuration.tcpIdle : configuration.tcpAttempt
    }

    /// Ends what has timed out by `second`, and cuts the records of what has gone on for too long.
    @inline(never)
    mutating func expire(
        second: Int64,
        _ configuration: FlowConfiguration,
        _ book: inout FlowBook,
        _ sink: any FlowSink
    ) {
        let now = second &* 1_000_000_000
        var head = wheel.take(second: second)
        while head != 0 {
            let number = Int(head) - 1
            head = unsafe details[number].next
            let last = latest(number, book)
            let idle = Deadline.after(last, seconds: timeout(number, configuration))
            if now >= idle {
                end(number, endReason(number), &book, sink)
                continue
            }
            if now >= Deadline.after(unsafe details[number].first, seconds: configuration.active) {
                cut(number, .active, at: last, &book, sink)
                if configuration.reportsUpdates { noteTold(number, latest: last) }
            } else if configuration.reportsUpdates, hasNews(number, latest: last, book) {
                noteTold(number, latest: last)
                sink.updated(snapshot(number, book), book)
            }
            var next = min(idle, Deadline.after(unsafe details[number].first, seconds: configuration.active))
            if configuration.reportsUpdates {
                next = min(next, Deadline.after(now, seconds: configuration.updateInterval))
            }
            // A flow is looked at when its time is over, not in the second in which it will be.
            unsafe wheel.add(number, details, second: max(second + 1, Deadline.second(atOrAfter: next)))
        }
    }

    /// Looks at a flow that is over as soon as its stragglers have had their time, not when it would have been idle.
    @inline(never)
    mutating func hasten(_ number: Int, at time: Int64, _ configuration: FlowConfiguration) {
        let due = Deadline.second(atOrAfter: Deadline.after(time, seconds: configuration.tcpClosed))
        unsafe wheel.remove(number, details)
        // The second it is in has been looked at.
        unsafe wheel.add(number, details, second: max(due, Timestamp(nanoseconds: time).seconds + 1))
    }

    /// When the last packet passed, at whichever point.
    func latest(_ number: Int, _ book: borrowing FlowBook) -> Int64 {
        var last = unsafe entries[number].counters.last
        guard unsafe entries[number].counters.flags.contains(.hasAside) else { return last }
        book.asides.forEachCount(of: unsafe details[number].aside) { last = max(last, $0.last.nanoseconds) }
        return last
    }

    /// What a flow's silence means.
    func endReason(_ number: Int) -> Flow.EndReason {
        guard unsafe entries[number].key.protocolNumber == 6 else { return .idle }
        let states = unsafe entries[number].counters.states
        let closed = TCPEndState.closed.rawValue
        if states == closed << 4 | closed { return .fin }
        return TCPTracker.isOver(states) ? .rst : .idle
    }

    /// Why a flow ends with all others: it may have been over before.
    func lastReason(_ number: Int, or other: Flow.EndReason) -> Flow.EndReason {
        let reason = endReason(number)
        return reason == .idle ? other : reason
    }

    /// Tells of a flow's end, and takes it out.
    mutating func end(
        _ number: Int,
        _ reason: Flow.EndReason,
        _ book: inout FlowBook,
        _ sink: any FlowSink
    ) {
        removeStubs(of: number, &book)
        tell(number, reason, &book, sink)
        unsafe remove(number, entries[number].key)
    }

    /// Tells of a flow's end, and leaves its entry as it is, without what it had in side tables.
    func tell(
        _ number: Int,
        _ reason: Flow.EndReason,
        _ book: inout FlowBook,
        _ sink: any FlowSink
    ) {
        if unsafe entries[number].counters.flags.contains(.hasAside) {
            tellWithAside(number, reason, &book, sink)
        } else {
            if configuration.reportsAnswers, reason != .active, reason != .joined { sink.ends(outline(number), book) }
            var flow = copy(number, reason)
            if reason == .joined { flow.join(book.joining) }
            sink.ended(flow, book)
        }
        if !book.tally.isEmpty { unsafe book.tally.forget(serial: details[number].serial) }
        let application = unsafe details[number].application
        if application != 0 { book.applications.release(application) }
    }

    @inline(never)
    private func tellWithAside(
        _ number: Int,
        _ reason: Flow.EndReason,
        _ book: inout FlowBook,
        _ sink: any FlowSink
    ) {
        var flow = copy(number, reason)
        takeMost(&flow, number, book)
        settleTwin(number, &flow, &book)
        if reason == .joined { flow.join(book.joining) }
        sink.ended(flow, book)
        unsafe book.asides.release(details[number].aside)
    }

    /// Writes a flow's record and begins a new one that knows who began and how far the connection is.
    mutating func cut(
        _ number: Int,
        _ reason: Flow.EndReason,
        at time: Int64,
        _ book: inout FlowBook,
        _ sink: any FlowSink
    ) {
        let aside = unsafe details[number].aside
        var rarity = book.asides[rarity: aside]
        let flags = aside == 0 ? [] : book.asides[aside].flags.intersection([.isPrimaryTranslated, .isUntold])
        tell(number, reason, &book, sink)
        let old = unsafe entries[number].counters
        var new = FlowCounters()
        new.point = old.point
        new.flags = old.flags.subtracting([.hasAside, .flipped])
        new.states = old.states
        new.lowNext = old.lowNext
        new.highNext = old.highNext
        new.inspected = old.inspected
        unsafe entries[number].counters = new
        unsafe details[number].history = FlowHistory()
        unsafe details[number].application = 0
        unsafe details[number].payloadsRead = 0
        unsafe details[number].aside = 0
        if rarity.translation != nil {
            let aside = self.aside(of: number, &book)
            rarity.twin = .none
            book.asides[rarity: aside] = rarity
            book.asides[aside].flags.formUnion(flags)
        }
        reset(number, first: time, &book)
        let key = unsafe entries[number].key
        linkTwin(number, key, key.hash(seed), isTunnelled: unsafe details[number].tunnel != 0, &book)
    }

    /// Begins anew under the same key: a port used again after the last connection was over.
    mutating func restart(
        _ number: Int,
        initiatorIsHigh: Bool,
        at time: Int64,
        _ book: inout FlowBook,
        _ sink: any FlowSink
    ) {
        let reason = endReason(number)
        cut(number, reason, at: time, &book, sink)
        unsafe entries[number].counters.states = 0
        unsafe entries[number].counters.inspected = 0
        unsafe entries[number].counters.flags.formIntersection(.hasAside)
        if initiatorIsHigh { unsafe entries[number].counters.flags.insert(.initiatorIsHigh) }
        unsafe details[number].applicationProtocol = 0
        unsafe details[number].payloadsRead = 0
    }

    /// Makes room: ends one of the flows that would have ended next.
    mutating func evict(
        _ context: PacketContext,
        _ book: inout FlowBook,
        _ sink: any FlowSink
    ) {
        for attempt in 1...8 {
            guard let (number, second) = unsafe wheel.takeFirst(from: context.second, details) else { return }
            let last = latest(number, book)
            let timeout = timeout(number, configuration)
            let due = Deadline.second(atOrAfter: Deadline.after(last, seconds: timeout))
            // Its bucket is from when it was last looked at; a flow that got packets since goes to a later one.
            if due > second, attempt < 8 {
                unsafe wheel.add(number, details, second: due)
                continue
            }
            book.counters.evicted += 1
            end(number, .evicted, &book, sink)
            return
        }
    }
}
