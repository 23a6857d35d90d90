import Addressing
import Containers
import Enforcement
import Records

/// What becomes of blocks: put back, added, over, gone with their container, following it.
extension BlockBook {
    /// Puts blocks back that held before a restart. Containers are known by their identifiers: each run of the agent counts their runs anew.
    func restore(_ records: [BlockRecord], at time: Timestamp) {
        let residents = neighbourhood.look().residents
        let newest = Self.newest(of: residents)
        var blocks: [Block] = []
        var gone: Set<ContainerKey> = []
        for record in records {
            var order = record.block.order
            if case .container(let old) = order.subject {
                let key = newest[old.identifier] ?? ContainerKey(identifier: old.identifier, generation: 0)
                order.subject = .container(key)
                if newest[old.identifier] == nil { gone.insert(key) }
            }
            tally.begin(record.block.identifier, with: record.stopped)
            if let container = record.container { containers[container.key.identifier] = container }
            blocks.append(
                Block(
                    identifier: record.block.identifier,
                    order: order,
                    from: record.block.from,
                    until: record.block.until
                )
            )
        }
        for entry in ledger.restore(blocks, at: time) { note(entry) }
        for key in gone.sorted() { ledger.containerEnded(key, at: time) }
        for record in records where ledger[record.block.identifier] != nil {
            ledger.note(record.stopped, by: record.block.identifier)
            states[record.block.identifier] = .pending
        }
        noteStanding()
    }

    /// Has what rules asked for and stands hold back that they ask again.
    func noteStanding() {
        for block in ledger.blocks { plan.note(AuditEntry(.restored, block, by: block.order.author, at: block.from)) }
    }

    /// Takes in what became so of the host.
    func learn(_ entries: [JournalEntry], at time: Timestamp) {
        let before = neighbourhood.revision
        neighbourhood.learn(entries)
        for entry in entries {
            // Also of one that no block is of any more: what a person did with it last cannot be taken back.
            if case .containerEnded(let key) = entry.change { ledger.containerEnded(key, at: time) }
        }
        guard neighbourhood.revision != before, ledger.count > 0 else { return }
        let residents = neighbourhood.look().residents
        let newest = Self.newest(of: residents)
        // Each container once: it may have thousands of blocks, and all of them are looked at each time.
        var missing: Set<ContainerKey> = []
        for block in ledger.blocks {
            if case .container(let key) = block.order.subject, residents[key] == nil { missing.insert(key) }
        }
        for key in missing.sorted() {
            if let other = newest[key.identifier], other.generation > key.generation {
                for entry in ledger.containerStarted(other, at: time) { note(entry) }
            } else {
                ledger.containerEnded(key, at: time)
            }
        }
    }

    /// Lets go of what is over.
    func advance(to time: Timestamp) {
        for entry in ledger.advance(to: time) { note(entry) }
    }

    /// Takes in what became of a block, and tells it.
    func note(_ entry: AuditEntry) {
        let identifier = entry.block.identifier
        plan.note(entry)
        unsettled.append(entry)
        if entry.leavesInForce {
            states[identifier] = .pending
            if entry.block.order.options.contains(.cut) { uncut.insert(identifier) }
            if entry.act == .restored { tally.begin(identifier, with: entry.stopped) }
            var record = record(of: entry.block, .added, at: entry.time)
            if case .followed = entry.act { record.message = "its container runs again, and it goes with it" }
            if entry.act == .restored { record.message = "it was let go, and holds again" }
            tell(record)
        } else {
            states[identifier] = nil
            failing[identifier] = nil
            uncut.remove(identifier)
            tally.forget(identifier)
            var record = record(of: entry.block, .ended, at: entry.time)
            record.state = .ended
            record.stopped = entry.stopped
            record.ended = entry.time
            record.endedBy = entry.act.words(entry.author)
            ended.append(record)
            if ended.count > Self.endedLimit { ended.removeFirst(ended.count - Self.endedLimit) }
            tell(record)
        }
    }

    /// A block as it stands.
    func record(of block: Block, _ action: BlockRecord.Action, at time: Timestamp) -> BlockRecord {
        let identifier = block.identifier
        var record = BlockRecord(action, block, state: states[identifier] ?? .pending, at: time)
        record.stopped = ledger.stopped(by: identifier)
        if case .container(let key) = block.order.subject {
            if let container = neighbourhood.look().residents[key]?.container {
                containers[key.identifier] = container
            }
            record.container = containers[key.identifier]
        }
        return record
    }

    static func newest(of residents: [ContainerKey: Resident]) -> [String: ContainerKey] {
        Dictionary(residents.keys.map { ($0.identifier, $0) }) { max($0, $1) }
    }
}

extension AuditEntry.Act {
    /// Who or what ended it.
    fileprivate func words(_ author: BlockAuthor) -> String {
        switch self {
        case .timedOut: "its time is over"
        case .containerEnded: "its container ended"
        default: "\(author)"
        }
    }
}
