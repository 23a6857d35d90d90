import Addressing

/// Tries whose outcome is not known yet: by flow, and by what an ICMP error quotes of them. Bounded: the oldest gives way.
struct OpenTries: Sendable {
    private var pending: PendingFlows<Try>
    private var counts = OpenCounts()
    private var quotes = NumberIndex()
    private let secret = Fold.secret()

    init(limit: Int) { pending = PendingFlows(limit: limit) }

    /// Places in the line, those that are settled included.
    var lineLength: Int { pending.waiting }

    /// Adds one; returns the one that had to give way.
    mutating func add(_ open: Try, _ serial: UInt32, at time: Timestamp) -> Try? {
        let displaced = pending.obstacle(to: serial).flatMap { close($0) }
        var new = open
        if new.isNew { new.counted = counts.add(new.source.address, scope: new.source.scope) }
        let hash = hash(QuotedTry(new))
        // The newest of those that are quoted alike is who is meant.
        if let older = place(of: QuotedTry(new), hash) { quotes.remove(hash, older) }
        quotes.insert(hash, pending.add(serial, new, at: time))
        return displaced
    }

    /// Whether a source has begun so many connections to places that are new, of which fewer were answered meanwhile.
    func isCrowded(by source: Party, beyond limit: Int) -> Bool {
        counts.isCrowded(source.address, scope: source.scope, beyond: limit)
    }

    func follows(_ serial: UInt32) -> Bool { pending.has(serial) }

    /// The flow of a try that is quoted.
    func serial(of quoted: QuotedTry) -> UInt32? {
        place(of: quoted, hash(quoted)).map(pending.serial)
    }

    mutating func close(_ serial: UInt32, isAnswered: Bool = false) -> Try? {
        guard let (settled, place) = pending.remove(serial) else { return nil }
        quotes.remove(hash(QuotedTry(settled)), place)
        if let counted = settled.counted { counts.remove(counted, isAnswered: isAnswered) }
        return settled
    }

    /// The oldest that began at `moment` or earlier, and when it began.
    mutating func takeOldest(before moment: Int64) -> (Try, began: Int64)? {
        guard let (serial, time) = pending.oldest(before: moment), let oldest = close(serial) else { return nil }
        return (oldest, time)
    }

    private func place(of quoted: QuotedTry, _ hash: UInt64) -> Int? {
        quotes.find(hash) { pending[$0].map(QuotedTry.init) == quoted }
    }

    @inline(__always)
    private func hash(_ quoted: QuotedTry) -> UInt64 {
        var fold = Fold(secret)
        fold.add(UInt64(quoted.scope) << 32 | UInt64(quoted.ports))
        fold.add(quoted.source)
        fold.add(quoted.destination)
        return fold.value
    }
}
