package import Addressing
import GRDB

extension StoreWriter {
    /// What a step of forgetting did.
    package struct Forgotten: Hashable, Sendable {
        /// Rows that went.
        package var rows = 0
        /// Whether there is more to forget at once.
        package var isMore = false
    }

    /// Rows of a kind that go in one step: some milliseconds.
    private static var step: Int { 8192 }

    /// Forgets some of what is too old or too much, in a transaction that takes milliseconds. To be called about once a second,
    /// and again at once while there is more.
    package func forget(_ retention: RetentionRules, at time: Timestamp) throws(StoreError) -> Forgotten {
        do {
            return try forgetSome(retention, at: time)
        } catch {
            minutes.restart()
            throw error
        }
    }

    private func forgetSome(_ retention: RetentionRules, at time: Timestamp) throws(StoreError) -> Forgotten {
        let done = try write(at: time) { database, chain in
            var done = Forgotten()
            let size = try DatabaseSize(database)
            // The file as a whole is too large: flows are most of it, and the least missed; then others, and minutes at last.
            var isOver = size.used > retention.size
            try self.closeStale(database, chain, at: time)
            for kind in StoredKind.allCases {
                let limit = kind.limit(retention)
                var gone = try kind.forget(database, chain, before: time.before(limit.age), limit: Self.step)
                let extent = try kind.extent(database)
                let most = max(1, Int64(clamping: limit.size) / extent.bytesEach)
                if gone < Self.step, extent.rows > most {
                    gone += try kind.forget(
                        database,
                        chain,
                        before: nil,
                        limit: Int(min(Int64(Self.step), extent.rows - most))
                    )
                }
                if gone == 0, isOver { gone = try kind.forget(database, chain, before: nil, limit: Self.step) }
                if gone > 0 { isOver = false }
                done.rows += gone
                done.isMore = done.isMore || gone >= Self.step
            }
            done.rows += try Self.forgetBlocks(database, chain, before: time.before(retention.audit.age))
            done.rows += try self.minutes.forget(database, chain, retention, at: time, isPressed: isOver)
            try Mark.forgetParts(database, chain)
            try chain.cut()
            try database.execute(sql: "DELETE FROM inventories WHERE journal < (SELECT min(id) FROM journal)")
            if size.free > Self.freePages { try database.execute(sql: "PRAGMA incremental_vacuum(\(Self.freePages))") }
            return done
        }
        if done.rows > 0 { forgetNumbers() }
        return done
    }

    /// Blocks that ended go with the audit of them; those in force stay.
    private static func forgetBlocks(_ database: Database, _ chain: ChainWriter, before time: Int64) throws -> Int {
        let gone = try Int64.fetchAll(
            database,
            sql: """
                DELETE FROM blocks WHERE id IN (
                    SELECT id FROM blocks WHERE time < ?1 AND removed < ?1 ORDER BY time LIMIT \(step)
                ) AND id < (SELECT max(id) FROM blocks) RETURNING id
                """,
            arguments: [time]
        )
        try chain.forgot(gone, of: .blocks)
        return gone.count
    }

    /// A flow whose end was lost does not stay under way: no flow is silent for an hour and still told of.
    private func closeStale(_ database: Database, _ chain: ChainWriter, at time: Timestamp) throws {
        guard time.seconds % Self.round == 0 else { return }
        try Session.closeOpenFlows(database, chain, before: time.before(Self.stale))
    }

    /// Seconds between two looks at flows under way, and for which one may be silent.
    private static var round: Int64 { 60 }
    private static var stale: Int64 { 3600 }

    /// Free pages that the file may have, and that are given back at a time.
    private static var freePages: Int { 1024 }
}

extension Timestamp {
    /// Nanoseconds of the moment so many seconds ago, as far as those go.
    fileprivate func before(_ seconds: Int64) -> Int64 {
        let (product, isOver) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        let (difference, isBeforeAll) = nanoseconds.subtractingReportingOverflow(product)
        return isOver || isBeforeAll ? .min : difference
    }
}

/// How large the file is.
struct DatabaseSize {
    /// Bytes of pages that hold something.
    let used: UInt64
    /// Pages that hold nothing.
    let free: Int

    init(_ database: Database) throws {
        func value(_ name: String) throws -> Int64 { try Int64.fetchOne(database, sql: "PRAGMA \(name)") ?? 0 }
        free = Int(clamping: try value("freelist_count"))
        used = UInt64(clamping: (try value("page_count") - Int64(free)) * (try value("page_size")))
    }
}
