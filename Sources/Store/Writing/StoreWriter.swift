package import Addressing
import Flows
import GRDB
import Records

/// Writes batches, each in one transaction: all of it is there afterwards, or nothing.
///
/// Used by one thread at a time.
package final class StoreWriter {
    private let store: Store
    private var prepared: Prepared?
    private var session: Int64 = 0
    /// Says when rows are written, where that is not the time they are of: links of custody have it.
    package var clock: (() -> Timestamp)?
    let minutes = MinuteRetention()
    let cases = CaseBook()

    /// Statements, which belong to a connection.
    private final class Prepared {
        let chain: ChainWriter
        let parts: PartWriter
        let ended: FlowWriter
        let open: FlowWriter
        let close: RowWriter
        let journal: JournalRowWriter
        let gaps: GapWriter
        let alerts: AlertWriter
        let audit: AuditWriter
        let blocks: BlockWriter
        let graph: GraphWriter
        let heard: RowWriter

        init(_ database: Database) throws {
            let chain = try ChainWriter(database)
            self.chain = chain
            parts = try PartWriter(database, covering: chain[.parts])
            ended = try FlowWriter(database, parts: parts, covering: chain[.flows])
            open = try FlowWriter(database, parts: parts)
            // One that was cut goes on, from a later packet on.
            close = try RowWriter(database, "DELETE FROM open_flows WHERE name = ? AND first <= ?")
            journal = try JournalRowWriter(database, covering: chain[.journal])
            gaps = try GapWriter(database, covering: chain[.gaps])
            alerts = try AlertWriter(database, covering: chain[.alerts])
            audit = try AuditWriter(database, covering: chain[.audit])
            blocks = try BlockWriter(database)
            graph = try GraphWriter(database, chain.minutes)
            heard = try RowWriter(database, "UPDATE sessions SET heard = ? WHERE id = ?")
        }
    }

    package init(_ store: Store) {
        self.store = store
    }

    /// Begins a session of the agent: says since when nothing was watched, and takes flows that the one before left open for
    /// over, `forced`. `isWhole` when the journal that follows begins with all that is so.
    package func begin(at time: Timestamp, version: String, isWhole: Bool = true) throws(StoreError) {
        session = try write(at: time) { database, chain in
            try Session.begin(database, chain, at: time, version: version, isWhole: isWhole)
        }
        if isWhole { cases.begins(at: time) }
    }

    /// Whether all that is so should be told again: nothing that is stored of the journal begins with it, or what does is a day old
    /// and will be forgotten before what came after it.
    package func lacksInventory(at time: Timestamp) throws(StoreError) -> Bool {
        guard let told = try store.read({ try Session.inventoried($0) }) else { return true }
        return time.seconds - told.seconds >= Self.day
    }

    private static var day: Int64 { 86_400 }

    /// Goes on with the session that this agent began at `began`, after its database could not be used for a while; `written` is
    /// when it wrote last. False where the database knows nothing of that session: then one must begin.
    package func resume(_ began: Timestamp, written: Timestamp) throws(StoreError) -> Bool {
        let known = try write(at: written) { database, chain in
            try Session.resume(database, chain, began, written: written)
        }
        session = known ?? session
        return known != nil
    }

    /// Writes a batch; `time` is now. After an error nothing of it is stored, and it may be written again.
    package func write(_ batch: borrowing StoreBatch, at time: Timestamp) throws(StoreError) {
        let prepared = try prepare()
        do {
            try write(at: time) { [session] database, chain in
                try prepared.parts.begin(at: time)
                // Most flows that are short begin and end in one batch.
                for record in batch.open { try prepared.open.write(record) }
                for record in batch.ended {
                    try prepared.ended.write(record)
                    prepared.close.bind(Int64(bitPattern: record.identifier.bits))
                    prepared.close.bind(record.last.nanoseconds)
                    try prepared.close.step()
                }
                try prepared.journal.write(batch, session: session)
                for gap in batch.gaps { try prepared.gaps.write(gap) }
                for record in batch.alerts { try prepared.alerts.write(record) }
                for entry in batch.audit { try prepared.audit.write(entry) }
                for record in batch.blocks { try prepared.blocks.write(record) }
                try chain[.blocks].cover(Set(batch.blocks.map(\.number)).sorted())
                try prepared.graph.write(batch.graph)
                try self.cases.take(batch, database, chain, at: time)
                prepared.heard.bind(time.nanoseconds)
                prepared.heard.bind(session)
                try prepared.heard.step()
            }
        } catch {
            // Numbers of parts that were given meanwhile are of no row.
            prepared.parts.forget()
            prepared.graph.forget()
            throw error
        }
    }

    /// Ends the session in order.
    package func end(at time: Timestamp) throws(StoreError) {
        try write(at: time) { [session] database, chain in
            try self.cases.finish(database, chain, at: time)
            try database.execute(
                sql: "UPDATE sessions SET heard = ?, ended = ? WHERE id = ?",
                arguments: [time.nanoseconds, time.nanoseconds, session]
            )
            try chain[.sessions].cover(CollectionOfOne(session))
        }
        prepared = nil
    }

    /// What a case is from now on, and how much there may be of them.
    package func setCases(_ retention: RetentionRules) { cases.rules = retention.boundedCases }

    /// What became of cases since it was asked last, and how it goes with them.
    package func takeCaseNews() -> CaseNews { cases.takeNews() }
    package var caseCondition: CaseCondition { cases.condition }

    /// Rows may have gone whose numbers are remembered.
    func forgetNumbers() { prepared?.graph.forget() }

    private func prepare() throws(StoreError) -> Prepared {
        if let prepared { return prepared }
        do {
            let made = try store.pool.writeWithoutTransaction { try Prepared($0) }
            prepared = made
            return made
        } catch {
            throw StoreError(error, path: store.path)
        }
    }

    /// Writes in one transaction, whose links are written with it.
    func write<Result>(
        at time: Timestamp,
        _ body: (Database, ChainWriter) throws -> Result
    ) throws(StoreError) -> Result {
        let chain = try prepare().chain
        do {
            let result = try store.pool.write { database in
                try chain.begin(at: (clock?() ?? time).nanoseconds)
                let result = try body(database, chain)
                try chain.commit()
                return result
            }
            chain.end()
            cases.committed()
            return result
        } catch {
            cases.failed()
            throw StoreError(error, path: store.path)
        }
    }
}
