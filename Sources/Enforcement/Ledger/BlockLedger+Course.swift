package import Addressing
package import Containers

/// What happens to blocks though nobody asked: their time passes, their containers end and come again.
extension BlockLedger {
    /// Lets go of what is over at a time, in the order in which it was.
    package mutating func advance(to time: Timestamp) -> [AuditEntry] {
        var done: [AuditEntry] = []
        while let (identifier, moment) = due.take(by: time) {
            guard let entry = entries[identifier] else { continue }
            let isOver = entry.block.until.map { $0 <= moment } ?? false
            if let gone = remove(identifier, isOver ? .timedOut : .containerEnded, by: .course, at: moment) {
                done.append(gone)
            }
        }
        return done
    }

    /// A container ended. Its blocks wait for another run of it; those that nobody waits for go when their time comes.
    package mutating func containerEnded(_ key: ContainerKey, at time: Timestamp) {
        noteGone { $0 == key }
        for identifier in (ofContainer[key.identifier] ?? []).sorted() {
            guard var entry = entries[identifier], entry.block.order.subject == .container(key), entry.endedAt == nil
            else {
                continue
            }
            entry.endedAt = time
            entries[identifier] = entry
            let lastly = time.advanced(by: patience)
            due.set(identifier, due: entry.block.until.map { min($0, lastly) } ?? lastly)
            revision += 1
        }
    }

    /// A container runs. Blocks of an earlier run of it go with it.
    package mutating func containerStarted(_ key: ContainerKey, at time: Timestamp) -> [AuditEntry] {
        noteGone { $0.identifier == key.identifier && $0.generation < key.generation }
        var done: [AuditEntry] = []
        for identifier in (ofContainer[key.identifier] ?? []).sorted() {
            guard var entry = entries[identifier], case .container(let old) = entry.block.order.subject,
                old.generation < key.generation
            else { continue }
            entry.block.order.subject = .container(key)
            entry.endedAt = nil
            entries[identifier] = entry
            due.set(identifier, due: entry.block.until)
            revision += 1
            var moved = AuditEntry(.followed(from: old), entry.block, by: .course, at: time)
            moved.stopped = entry.stopped
            done.append(moved)
        }
        return done
    }

    private mutating func noteGone(_ isGone: (ContainerKey) -> Bool) {
        if case .container(let key) = last?.block.order.subject, isGone(key) { lastIsGone = true }
    }

    /// Whether a block waits for another run of its container.
    package func isWaiting(_ identifier: BlockIdentifier) -> Bool { entries[identifier]?.endedAt != nil }
}

extension Timestamp {
    /// So much later; the last moment there is where it would be beyond it.
    package func advanced(by duration: Duration) -> Self {
        let (seconds, attoseconds) = duration.components
        let (whole, isTooMuch) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, isBeyond) = nanoseconds.addingReportingOverflow(whole)
        let (result, isPast) = sum.addingReportingOverflow(attoseconds / 1_000_000_000)
        return Self(nanoseconds: isTooMuch || isBeyond || isPast ? .max : result)
    }
}
