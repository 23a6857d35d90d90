import Addressing
import Flows
import GRDB

/// One run of an agent, as the database knows it.
enum Session {
    /// Begins one, and says what became of the one before. `isWhole` when what is told from here on begins with all that is so.
    static func begin(
        _ database: Database,
        _ chain: ChainWriter,
        at time: Timestamp,
        version: String,
        isWhole: Bool
    ) throws -> Int64 {
        let last = try Row.fetchOne(database, sql: "SELECT heard, ended FROM sessions ORDER BY id DESC LIMIT 1")
        if let last {
            let heard: Int64 = last["heard"]
            let wasKilled = (last["ended"] as Int64?) == nil
            var gap = StoredGap(time: time, reason: wasKilled ? .killed : .stopped)
            // A clock that was set back leaves a gap of no length, rather than one that ends before it begins.
            gap.since = Timestamp(nanoseconds: min(heard, time.nanoseconds))
            try GapWriter(database, covering: chain[.gaps]).write(gap)
        }
        try closeOpenFlows(database, chain)
        let session = try chain[.sessions].next()
        try database.execute(
            sql: "INSERT INTO sessions (id, started, heard, version) VALUES (?, ?, ?, ?)",
            arguments: [session, time.nanoseconds, time.nanoseconds, version]
        )
        try chain[.sessions].cover(CollectionOfOne(session))
        try chain.minutes.find(database, chain)
        if isWhole { try noteInventory(database, chain[.journal], at: time) }
        return session
    }

    /// Says that the next row of the journal is the first of all that is so at a time.
    static func noteInventory(_ database: Database, _ journal: StrandWriter, at time: Timestamp) throws {
        try database.execute(
            sql: "INSERT OR REPLACE INTO inventories (journal, time) VALUES (?, ?)",
            arguments: [journal.upcoming(), time.nanoseconds]
        )
    }

    /// When all that was so was told last, of what is stored still; nil when nothing that is stored began with that.
    static func inventoried(_ database: Database) throws -> Timestamp? {
        // What only a case keeps tells nothing of what is so now.
        let told = """
            SELECT max(time) FROM inventories WHERE journal >=
            coalesce((SELECT min(id) FROM journal), (SELECT max(id) + 1 FROM case_journal), 0)
            """
        return try Int64.fetchOne(database, sql: told).map { Timestamp(nanoseconds: $0) }
    }

    /// The number of the last one, if it is the one that began then and has not ended. What is under way in it still is.
    ///
    /// An older copy of the database lacks what was written after it was made, up to `written`: that is said.
    static func resume(
        _ database: Database,
        _ chain: ChainWriter,
        _ began: Timestamp,
        written: Timestamp
    ) throws -> Int64? {
        let last = try Row.fetchOne(
            database,
            sql: "SELECT id, started, heard, ended FROM sessions ORDER BY id DESC LIMIT 1"
        )
        guard let last, (last["ended"] as Int64?) == nil, last["started"] == began.nanoseconds else { return nil }
        let heard: Int64 = last["heard"]
        if heard < written.nanoseconds {
            var gap = StoredGap(time: written, reason: .store)
            gap.since = Timestamp(nanoseconds: heard)
            try GapWriter(database, covering: chain[.gaps]).write(gap)
        }
        return last["id"]
    }

    /// Flows that nobody saw end are told as they stood last: all of them, or those whose last packet was before a time.
    static func closeOpenFlows(_ database: Database, _ chain: ChainWriter, before time: Int64 = .max) throws {
        let forced = FlowTraits.number(of: .forced)
        let columns = FlowWriter.columns
        let values = columns.replacing("traits", with: "traits | \(forced)")
        let first = try chain[.flows].upcoming()
        try database.execute(
            sql: """
                INSERT INTO flows (id, \(columns)) SELECT ? + row_number() OVER (ORDER BY id), \(values) FROM open_flows
                WHERE last < ? ORDER BY id
                """,
            arguments: [first - 1, time]
        )
        let count = Int64(database.changesCount)
        guard count > 0 else { return }
        try chain[.flows].take(count)
        try chain[.flows].cover(first..<(first + count))
        try database.execute(sql: "DELETE FROM open_flows WHERE last < ?", arguments: [time])
    }
}
