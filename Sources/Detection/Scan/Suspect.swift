import Addressing

/// What is known of somebody who tries things: a sequential test over first contacts, and what came to nothing lately.
///
/// A first contact that fails is a step towards *scanner*, one that is answered a step back, never below the start: whoever mixes known
/// successes in gains nothing. Once an hour it goes a step back by itself.
struct Suspect: Sendable {
    /// Towards scanner; a silent datagram is half a step, as nobody need answer one.
    private(set) var walk = 0
    /// Contacts tried, so that only the first of each counts.
    private var tried = RecentPrints(limit: Self.triedLimit)
    /// The same of those that were counted since it is notorious, each in a place of its own or another one's.
    private var counted: [UInt64] = []
    /// Those that failed lately, oldest first: more than are looked at, so that not all move at each.
    private var log: [FailedContact] = []
    /// Failures since the last pause of an hour.
    private(set) var count = 0
    private(set) var first: Timestamp?
    /// When the newest of them was found.
    private var newest: Timestamp?
    /// Hosts and ports that were told of, each by itself, and whether that is over.
    private var hosts: Set<Contact.Host> = []
    private var ports: Set<Contact.Port> = []
    private var isBlock = false
    /// Failed first contacts by hour, of the last day.
    private var hours: [UInt16] = []
    private var hour: Int64 = .min
    private(set) var party: Party
    /// Contacts since it is notorious.
    private var unfollowed = 0
    /// How many failures there were when it was looked at last, and when.
    private var looked: (count: Int, second: Int64) = (0, .min / 2)

    static var triedLimit: Int { 1024 }
    /// Failures that are remembered each by itself.
    static var failureLimit: Int { 64 }
    /// Hosts, or ports, that are told of each by itself.
    static var each: Int { 3 }
    /// Seconds without a failure after which another begins anew.
    static var pause: Int64 { 3600 }
    /// Failures after which it is no news that there are more, and of how many contacts from then on one is followed to its end.
    static var notoriety: Int { 1024 }
    static var sample: Int { 128 }

    init(_ party: Party) { self.party = party }

    /// Those that failed lately, oldest first.
    var failures: ArraySlice<FailedContact> { log.suffix(Self.failureLimit) }

    /// Whether a contact is the first, by its print; from now on it is not.
    mutating func isFirst(_ print: UInt64) -> Bool { tried.insert(print) }

    mutating func succeeded() { walk = max(0, walk - 2) }

    mutating func failed(_ failure: FailedContact, at time: Timestamp, _ limits: ScanLimits = ScanLimits()) {
        pass(time.seconds)
        if isOver(at: time) { begin() }
        if first == nil { first = failure.time }
        step(failure.opening == .datagram && !failure.isRefusal ? 1 : 2, upTo: limits.ceiling, at: time)
        if log.count == 2 * Self.failureLimit { log.removeFirst(Self.failureLimit) }
        log.append(failure)
    }

    private mutating func step(_ steps: Int, upTo ceiling: Int, at time: Timestamp) {
        walk = max(walk, min(walk + steps, ceiling))
        newest = time
        count += 1
        hours[Int(hour.magnitude % 24)] &+= 1
    }

    /// Whether its last failure is so long ago that another begins anew.
    private func isOver(at time: Timestamp) -> Bool {
        newest.map { time.seconds - $0.seconds >= Self.pause } ?? false
    }

    /// Whether it was told of as one that tries everything, and goes on.
    func isNotorious(at time: Timestamp) -> Bool {
        isBlock && count >= Self.notoriety && !isOver(at: time)
    }

    /// Counts a contact of a notorious one without waiting for what becomes of it, but for one in `sample`, and those that were tried
    /// lately; returns whether it did.
    mutating func countsAtOnce(_ contact: Imprint, at time: Timestamp) -> Bool {
        guard isNotorious(at: time) else { return false }
        unfollowed += 1
        if counted.isEmpty { counted = [UInt64](repeating: 0, count: Self.triedLimit) }
        let place = Int(contact.place >> 33) % Self.triedLimit
        guard unfollowed % Self.sample != 0, counted[place] != contact.print else { return false }
        counted[place] = contact.print
        pass(time.seconds)
        step(2, upTo: ScanLimits.leastCeiling, at: time)
        return true
    }

    /// Whether it is worth the time to look at what it does: at each of its first failures, then at every sixteenth; of a notorious one
    /// when there is a sixteenth more of them, or after a minute.
    mutating func isDue(at time: Timestamp) -> Bool {
        if count <= Self.failureLimit { return true }
        guard isNotorious(at: time) else { return count % 16 == 0 }
        guard count >= looked.count + looked.count / 16 || time.seconds - looked.second >= 60 else { return false }
        looked = (count, time.seconds)
        return true
    }

    /// Whether it scans, and how the last failure is to be told of: so many ports of one host, one port of so many hosts, or both.
    mutating func finding(at time: Timestamp, _ limits: ScanLimits = ScanLimits()) -> ScanPattern? {
        let second = time.seconds
        let failures = failures
        let recent = failures.filter { second - $0.time.seconds <= limits.window || failures.count < Self.failureLimit }
        // Who is slow, or followed now and then only, has few in so short a time.
        let isKnown = isNotorious(at: time) || hours.reduce(0, { $0 + Int($1) }) >= limits.slow
        guard let pattern = ScanPattern(recent) ?? (isKnown ? ScanPattern(Array(failures)) : nil) else { return nil }
        if walk >= limits.steps || hours.reduce(0, { $0 + Int($1) }) >= limits.slow {
            // Of who is slow the last minutes show next to nothing.
            return gathered(pattern, recent.count < ScanPattern.least ? Array(failures) : recent)
        }
        let quick = ScanPattern(failures.filter { second - $0.time.seconds <= limits.window })
        guard let quick, quick.ports.count >= limits.ports || quick.hosts.count >= limits.hosts else { return nil }
        return gathered(quick, recent)
    }

    /// Who tries host after host, or port after port, tries a block of them: told once, and not of each.
    private mutating func gathered(_ pattern: ScanPattern, _ recent: [FailedContact]) -> ScanPattern {
        guard !isBlock, let last = pattern.failures.last?.contact else { return ScanPattern(.block, recent) }
        switch pattern.kind {
        case .vertical: hosts.insert(last.host)
        case .horizontal: ports.insert(last.service)
        case .block: break
        }
        isBlock = pattern.kind == .block || hosts.count > Self.each || ports.count > Self.each
        return isBlock ? ScanPattern(.block, pattern.kind == .block ? pattern.failures : recent) : pattern
    }

    /// A new episode.
    private mutating func begin() {
        log = []
        (count, first, isBlock, unfollowed) = (0, nil, false, 0)
        looked = (0, .min / 2)
        hosts = []
        ports = []
    }

    private mutating func pass(_ second: Int64) {
        let now = second / 3600
        if hours.isEmpty { hours = [UInt16](repeating: 0, count: 24) }
        guard hour != .min else {
            hour = now
            return
        }
        while hour < now {
            hour = now - hour > 24 ? now - 24 : hour + 1
            hours[Int(hour.magnitude % 24)] = 0
            walk = max(0, walk - 2)
        }
    }
}
