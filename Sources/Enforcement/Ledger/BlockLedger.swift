package import Addressing
import Containers

/// The blocks that hold, and what becomes of them: added, let go, undone, over, gone with their container, following it.
///
/// A plain value without clock or kernel. The same acts at the same times give the same entries. Each act that changes something gives an
/// `AuditEntry`; whoever owns the ledger writes it down.
package struct BlockLedger: Sendable {
    struct Entry {
        var block: Block
        var stopped = StoppedTraffic()
        /// When its container ended, where it is of one: from then on it waits for another run of it.
        var endedAt: Timestamp?
    }

    var entries: [BlockIdentifier: Entry] = [:]
    var due = DueQueue()
    /// Blocks of a container, by its identifier.
    var ofContainer: [String: Set<BlockIdentifier>] = [:]
    /// What can be taken back: the last thing a person did.
    var last: AuditEntry?
    /// Whether the run of a container that this is about has ended since.
    var lastIsGone = false
    private var nextNumber: UInt64

    /// What `undo` would take back.
    package var undoable: AuditEntry? { last }

    /// The most blocks there may be.
    package let limit: Int
    /// How long a block waits for another run of its container. A container whose first process ends itself, and which is started again
    /// for that, would be free otherwise.
    package let patience: Duration

    /// Grows with every change after which the kernel is to be told something else.
    package internal(set) var revision: UInt64 = 0

    /// - Parameters:
    ///   - limit: the most blocks there may be.
    ///   - patience: how long a block waits for another run of its container.
    ///   - firstNumber: greater than any number that was given before.
    package init(limit: Int = 32_768, patience: Duration = .seconds(600), firstNumber: UInt64 = 1) {
        self.limit = limit
        self.patience = patience
        nextNumber = max(firstNumber, 1)
    }

    /// The ledger as it was: blocks that were written down before a restart, under their numbers. Those that are over by now, and those
    /// for which there is no room, are told as ended.
    package mutating func restore(_ blocks: [Block], at time: Timestamp) -> [AuditEntry] {
        var ended: [AuditEntry] = []
        for block in blocks.sorted(by: { $0.identifier < $1.identifier }) where entries[block.identifier] == nil {
            nextNumber = max(nextNumber, block.identifier.number &+ 1)
            if block.until.map({ $0 <= time }) ?? false {
                ended.append(AuditEntry(.timedOut, block, by: .course, at: block.until ?? time))
            } else if entries.count >= limit || block.order.flaw != nil {
                ended.append(AuditEntry(.released, block, by: .course, at: time))
            } else {
                insert(Entry(block: block))
            }
        }
        return ended
    }

    /// How many there are, those that wait among them.
    package var count: Int { entries.count }

    /// When something is over next: until then `advance` changes nothing. Nil when nothing ever is.
    package var nextDue: Timestamp? { due.next }

    /// All of them by number, those that wait for their container among them.
    package var blocks: [Block] { entries.values.map(\.block).sorted { $0.identifier < $1.identifier } }

    package subscript(identifier: BlockIdentifier) -> Block? { entries[identifier]?.block }

    /// What a block has stopped; nothing of one that is not there.
    package func stopped(by identifier: BlockIdentifier) -> StoppedTraffic {
        entries[identifier]?.stopped ?? StoppedTraffic()
    }

    /// Notes what the kernel's counters say a block has stopped in all.
    package mutating func note(_ stopped: StoppedTraffic, by identifier: BlockIdentifier) {
        entries[identifier]?.stopped = stopped
    }

    /// Adds a block.
    /// - Throws: when it makes no sense, or there is no room.
    package mutating func add(
        _ order: BlockOrder,
        until: Timestamp?,
        at time: Timestamp
    ) throws(LedgerError) -> AuditEntry {
        if let flaw = order.flaw { throw .flawed(flaw) }
        if let until, until <= time { throw .over }
        guard entries.count < limit else { throw .full(limit: limit) }
        let block = Block(identifier: BlockIdentifier(nextNumber), order: order, from: time, until: until)
        nextNumber += 1
        insert(Entry(block: block))
        let entry = AuditEntry(.added, block, by: order.author, at: time)
        if order.author.isPerson { remember(entry) }
        return entry
    }

    /// Lets go of a block.
    /// - Throws: when there is none of that number.
    package mutating func release(
        _ identifier: BlockIdentifier,
        by author: BlockAuthor,
        at time: Timestamp
    ) throws(LedgerError) -> AuditEntry {
        let isWaiting = isWaiting(identifier)
        guard let entry = remove(identifier, .released, by: author, at: time) else { throw .unknown(identifier) }
        if author.isPerson { remember(entry, isGone: isWaiting) }
        return entry
    }

    /// Lets go of everything.
    package mutating func releaseAll(by author: BlockAuthor, at time: Timestamp) -> [AuditEntry] {
        last = nil
        return entries.keys.sorted().compactMap { remove($0, .released, by: author, at: time) }
    }

    /// Takes back the last thing a person did: what was added is let go, what was let go holds again. Only one step, and only once.
    /// - Throws: when there is nothing, or what was let go would be over by now, or is of a run of a container that has ended since.
    package mutating func undo(by author: BlockAuthor, at time: Timestamp) throws(LedgerError) -> AuditEntry {
        if let flaw = undoFlaw(at: time) { throw flaw }
        guard let done = last else { throw .nothingToUndo }
        let identifier = done.block.identifier
        if done.act == .added {
            last = nil
            guard var entry = remove(identifier, .released, by: author, at: time) else { throw .unknown(identifier) }
            entry.isUndo = true
            return entry
        }
        last = nil
        insert(Entry(block: done.block, stopped: done.stopped))
        var entry = AuditEntry(.restored, done.block, by: author, at: time)
        entry.stopped = done.stopped
        entry.isUndo = true
        return entry
    }

    /// Why `undo` would be refused; nil where it would not.
    package func undoFlaw(at time: Timestamp) -> LedgerError? {
        guard let done = last else { return .nothingToUndo }
        if done.act == .added { return nil }
        if let until = done.block.until, until <= time { return .over }
        if lastIsGone, case .container(let key) = done.block.order.subject { return .gone(done.block.identifier, key) }
        return entries.count < limit ? nil : .full(limit: limit)
    }

    private mutating func remember(_ entry: AuditEntry, isGone: Bool = false) {
        last = entry
        lastIsGone = isGone
    }

    mutating func insert(_ entry: Entry) {
        let block = entry.block
        entries[block.identifier] = entry
        due.set(block.identifier, due: block.until)
        if case .container(let key) = block.order.subject {
            ofContainer[key.identifier, default: []].insert(block.identifier)
        }
        revision += 1
    }

    /// Takes a block out, and says so; nil when it was not there.
    mutating func remove(
        _ identifier: BlockIdentifier,
        _ act: AuditEntry.Act,
        by author: BlockAuthor,
        at time: Timestamp
    ) -> AuditEntry? {
        guard let known = entries.removeValue(forKey: identifier) else { return nil }
        due.set(identifier, due: nil)
        if case .container(let key) = known.block.order.subject {
            ofContainer[key.identifier]?.remove(identifier)
            if ofContainer[key.identifier]?.isEmpty == true { ofContainer[key.identifier] = nil }
        }
        revision += 1
        var entry = AuditEntry(act, known.block, by: author, at: time)
        entry.stopped = known.stopped
        return entry
    }
}
