import Addressing
import Flows

/// Contacts whose outcome is not known yet: by flow, and by what an ICMP error quotes of them.
struct OpenContacts: Sendable {
    struct Open: Sendable {
        let suspect: ScanDetector.Key
        let contact: Contact
        let party: Party
        let flow: FlowIdentifier
        let opening: Opening
        let time: Timestamp
        let quoted: QuotedTry
    }

    private var pending: PendingFlows<Open>
    private var quotes = NumberIndex()
    private let secret = Fold.secret()

    init(limit: Int) { pending = PendingFlows(limit: limit) }

    var isFull: Bool { pending.isFull }

    /// Places in the line, those that are settled included.
    var lineLength: Int { pending.waiting }

    mutating func add(_ open: Open, _ serial: UInt32, at time: Timestamp) {
        let hash = hash(open.quoted)
        // The newest of those that are quoted alike is who is meant.
        if let older = place(of: open.quoted, hash) { quotes.remove(hash, older) }
        quotes.insert(hash, pending.add(serial, open, at: time))
    }

    /// The flow of a try that is quoted.
    func serial(of quoted: QuotedTry) -> UInt32? {
        place(of: quoted, hash(quoted)).map(pending.serial)
    }

    mutating func close(_ serial: UInt32) -> Open? {
        guard let (open, place) = pending.remove(serial) else { return nil }
        quotes.remove(hash(open.quoted), place)
        return open
    }

    /// The oldest that began at `moment` or earlier, and when it began.
    mutating func takeOldest(before moment: Int64) -> (Open, began: Int64)? {
        guard let (serial, time) = pending.oldest(before: moment), let open = close(serial) else { return nil }
        return (open, time)
    }

    private func place(of quoted: QuotedTry, _ hash: UInt64) -> Int? {
        quotes.find(hash) { pending[$0]?.quoted == quoted }
    }

    private func hash(_ quoted: QuotedTry) -> UInt64 {
        var fold = Fold(secret)
        fold.add(UInt64(quoted.scope) << 32 | UInt64(quoted.ports))
        fold.add(quoted.source)
        fold.add(quoted.destination)
        return fold.value
    }
}
