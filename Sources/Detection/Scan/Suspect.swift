import Addressing

/// What is known of somebody who tries things: a sequential test over first contacts, and what came to nothing lately.
///
/// A first contact that fails is a step towards *scanner*, one that is answered a step back, never below the start: whoever mixes known
/// successes in gains nothing. Once an hour it goes a step back by itself.
struct Suspect: Sendable {
    /// Towards scanner; a silent datagram is half a step, as nobody need answer one.
    private(set) var walk = 0
    /// Contacts tried, oldest first, so that only the first of each counts.
    private var tried = RecentSet<Contact>(limit: Self.triedLimit)
    /// Those that failed lately, oldest first.
    private(set) var failures: [FailedContact] = []
    /// Failures since the last pause of an hour.
    private(set) var count = 0
    private(set) var first: Timestamp?
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
    /// Failures in a day that are too many.
    static var slow: Int { 40 }

    init(_ party: Party) { self.party = party }

    /// Whether a contact is the first; from now on it is not.
    mutating func isFirst(_ contact: Contact) -> Bool { tried.insert(contact) }

    mutating func succeeded() { walk = max(0, walk - 2) }

    mutating func failed(_ failure: FailedContact, at time: Timestamp) {
        pass(time.seconds)
        if let last = failures.last, time.seconds - last.time.seconds >= 3600 { begin() }
        if first == nil { first = failure.time }
        walk = min(walk + (failure.opening == .datagram && !failure.isRefusal ? 1 : 2), 4 * Self.threshold)
        count += 1
        hours[Int(hour.magnitude % 24)] &+= 1
        if failures.count == Self.failureLimit { failures.removeFirst() }
        failures.append(failure)
    }

    /// Whether it scans, and how the last failure is to be told of: so many ports of one host, one port of so many hosts, or both.
    func finding(at time: Timestamp) -> ScanPattern? {
        let second = time.seconds
        let recent = failures.filter { second - $0.time.seconds <= Self.window || failures.count < Self.failureLimit }
        guard let pattern = ScanPattern(recent) else { return nil }
        if walk >= Self.threshold || hours.reduce(0, { $0 + Int($1) }) >= Self.slow { return pattern }
        let quick = ScanPattern(failures.filter { second - $0.time.seconds <= Self.window })
        return quick.map { $0.ports.count >= Self.ports || $0.hosts.count >= Self.hosts } ?? false ? quick : nil
    }

    /// A new episode.
    private mutating func begin() {
        failures = []
        (count, first) = (0, nil)
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
