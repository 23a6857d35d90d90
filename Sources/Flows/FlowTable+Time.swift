public import Addressing
import Wire

/// What time does to flows.
extension FlowTable {
    /// Says that it is `time` now, although no packet came. Never goes back.
    public mutating func advance(to time: Timestamp, sink: any FlowSink) {
        guard time.nanoseconds > now else { return }
        now = time.nanoseconds
        if now >= boundary { pass(now, sink) }
        tellSilences(until: now, sink)
    }

    /// Tells of all flows that had a packet since they were told of last, as it does in turn with `FlowConfiguration.reportsUpdates`,
    /// without which it does nothing. Looks at every flow.
    public mutating func tellNews(sink: any FlowSink) {
        guard configuration.reportsUpdates else { return }
        ipv4.tellNews(&book, sink)
        ipv6.tellNews(&book, sink)
    }

    /// Ends everything: the capture is over, or what comes next has nothing to do with what was. Of no use afterwards.
    ///
    /// `reason` is that of flows which were not over by themselves. In the order of their entries, which is that in which they began as long as none was used again.
    public mutating func finish(as reason: Flow.EndReason = .captureEnd, sink: any FlowSink) {
        release(fragments.expire(at: .max), at: now, sink)
        var next4 = 0
        var next6 = 0
        while true {
            while next4 < ipv4.used, !ipv4.isLive(next4) { next4 += 1 }
            while next6 < ipv6.used, !ipv6.isLive(next6) { next6 += 1 }
            let has4 = next4 < ipv4.used
            let has6 = next6 < ipv6.used
            if !has4, !has6 { return }
            let takes4 =
                unsafe has4 && (!has6 || ipv4.details[next4].serial < ipv6.details[next6].serial)
            if takes4 {
                ipv4.prefetchAhead(of: next4)
                ipv4.tell(next4, ipv4.lastReason(next4, or: reason), &book, sink)
                unsafe ipv4.details[next4].serial = 0
                next4 += 1
            } else {
                ipv6.tell(next6, ipv6.lastReason(next6, or: reason), &book, sink)
                unsafe ipv6.details[next6].serial = 0
                next6 += 1
            }
        }
    }

    /// Crosses the whole seconds up to `time`, and ends at each what has timed out by it.
    @inline(never)
    mutating func pass(_ time: Int64, _ sink: any FlowSink) {
        let second = Timestamp(nanoseconds: time).seconds
        if boundary != .min {
            let first = Timestamp(nanoseconds: boundary).seconds
            let turn = Int64(TimerWheel.size)
            if second - first < turn * 2 {
                expire(first...second, sink)
            } else {
                // The first turn ends what a walk through all the time between would have ended, in the same order; the
                // last one what has longer time-outs than a turn takes.
                expire(first...first + turn - 1, sink)
                expire(second - turn + 1...second, sink)
            }
        }
        boundary = second < Int64.max / 1_000_000_000 ? (second + 1) * 1_000_000_000 : .max
    }

    private mutating func expire(_ seconds: ClosedRange<Int64>, _ sink: any FlowSink) {
        var second = seconds.lowerBound
        while second <= seconds.upperBound {
            if fragments.isEmpty {
                // Nothing happens in a second whose buckets are empty, and a capture may jump from year to year.
                let next4 = ipv4.wheel.next(from: second, through: seconds.upperBound)
                let next6 = ipv6.wheel.next(from: second, through: seconds.upperBound)
                guard let next = [next4, next6].compactMap(\.self).min() else { return }
                second = next
            }
            // In the order of time, whoever says how often what time it is.
            tellSilences(until: second &* 1_000_000_000, sink)
            ipv4.expire(second: second, configuration, &book, sink)
            ipv6.expire(second: second, configuration, &book, sink)
            if !fragments.isEmpty {
                let time = second &* 1_000_000_000
                release(fragments.expire(at: time), at: time, sink)
            }
            second += 1
        }
    }

    /// Counts fragments without a first one for a flow without ports.
    private mutating func release(
        _ orphans: [FragmentTable.HeldFragment],
        at time: Int64,
        _ sink: any FlowSink
    ) {
        for orphan in orphans {
            book.counters.orphanedFragments += 1
            countOrphan(orphan, at: time, sink)
        }
    }
}
