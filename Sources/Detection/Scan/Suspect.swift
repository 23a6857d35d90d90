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
    /// Those that failed lately, oldest first: more than are looked at, so that not all move at each.
    private var log: [FailedContact] = []
    /// Failures since the last pause of an hour.
    private(set) var count = 0
    private(set) var first: Timestamp?
    /// Hosts and ports that were told of, each by itself, and whether that is over.
    private var hosts: Set<Contact.Host> = []
    private var ports: Set<Contact.Port> = []
    private var isBlock = false
    /// Failed first contacts by hour, of the last day.
    private var hours = [UInt16](repeating: 0, count: 24)
    private var hour: Int64 = .min
    private(set) var party: Party

    static var triedLimit: Int { 1024 }
    /// Failures that are remembered each by itself.
    static var failureLimit: Int { 64 }
    /// Half steps after which it is a scanner.
    static var threshold: Int { 10 }
    /// Seconds in which distinct failures are counted, and how many are too many whatever was answered.
    static var window: Int64 { 300 }
    static var ports: Int { 15 }
    static var hosts: Int { 25 }
    /// Hosts, or ports, that are told of each by itself.
    static var each: Int { 3 }
    /// Failures in a day that are too many.
    static var slow: Int { 40 }

    init(_ party: Party) { self.party = party }

    /// Those that failed lately, oldest first.
    var failures: ArraySlice<FailedContact> { log.suffix(Self.failureLimit) }

    /// Whether a contact is the first, by its print; from now on it is not.
    mutating func isFirst(_ print: UInt64) -> Bool { tried.insert(print) }

    mutating func succeeded() { walk = max(0, walk - 2) }

    mutating func failed(_ failure: FailedContact, at time: Timestamp) {
        pass(time.seconds)
        if let last = log.last, time.seconds - last.time.seconds >= 3600 { begin() }
        if first == nil { first = failure.time }
        walk = min(walk + (failure.opening == .datagram && !failure.isRefusal ? 1 : 2), 4 * Self.threshold)
        count += 1
        hours[Int(hour.magnitude % 24)] &+= 1
        if log.count == 2 * Self.failureLimit { log.removeFirst(Self.failureLimit) }
        log.append(failure)
    }

    /// Whether it scans, and how the last failure is to be told of: so many ports of one host, one port of so many hosts, or both.
    mutating func finding(at time: Timestamp) -> ScanPattern? {
        let second = time.seconds
        let failures = failures
        let recent = failures.filter { second - $0.time.seconds <= Self.window || failures.count < Self.failureLimit }
        guard let pattern = ScanPattern(recent) else { return nil }
        if walk >= Self.threshold || hours.reduce(0, { $0 + Int($1) }) >= Self.slow { return gathered(pattern, recent) }
        let quick = ScanPattern(failures.filter { second - $0.time.seconds <= Self.window })
        guard let quick, quick.ports.count >= Self.ports || quick.hosts.count >= Self.hosts else { return nil }
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
        (count, first, isBlock) = (0, nil, false)
        hosts = []
        ports = []
    }

    private mutating func pass(_ second: Int64) {
        let now = second / 3600
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
