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
        cases.rules = retention.boundedCases
        let done = try write(at: time) { database, chain in
            var done = Forgotten()
            let size = try DatabaseSize(database)
            // The file as a whole is too large: flows are most of it, and the least missed; then others, and minutes at last.
            var isOver = size.used > retention.size
            try self.closeStale(database, chain, at: time)
            try self.cases.endAbsent(database, chain, at: time)
            let keeping = try self.cases.isIdle ? nil : CaseKeeping(database, chain, self.cases, at: time)
            for kind in StoredKind.allCases {
                let limit = kind.limit(retention)
                let forgetting = Forgetting(kind, keeping, database, chain)
                var gone = try forgetting.forget(before: time.before(limit.age), limit: Self.step)
                let extent = try kind.extent(database)
                let most = max(1, Int64(clamping: limit.size) / extent.bytesEach)
                if gone < Self.step, extent.rows > most {
                    gone += try forgetting.forget(
                        before: nil,
                        limit: Int(min(Int64(Self.step), extent.rows - most))
                    )
                }
                if gone == 0, isOver { gone = try forgetting.forget(before: nil, limit: Self.step) }
                if gone > 0 { isOver = false }
                done.rows += gone
                done.isMore = done.isMore || gone >= Self.step || forgetting.isCut
            }
            done.rows += try Self.forgetBlocks(database, chain, keeping, before: time.before(retention.audit.age))
            let left = try self.forgetCases(
                database,
                chain,
                keeping,
                before: time.before(retention.audit.age),
                at: time
            )
            done.rows += left
            done.isMore = done.isMore || left >= CaseKeeping.step
            done.rows += try self.minutes.forget(database, chain, retention, at: time, isPressed: isOver)
            try Mark.forgetParts(database, chain)
            try chain.cut()
            try database.execute(
                sql: """
                    DELETE FROM inventories WHERE journal < (SELECT min(id) FROM journal)
                    AND journal NOT IN (SELECT journal FROM cases WHERE released IS NULL)
                    """
            )
            if size.free > Self.freePages { try database.execute(sql: "PRAGMA incremental_vacuum(\(Self.freePages))") }
            return done
        }
        if done.rows > 0 { forgetNumbers() }
        return done
    }

    /// Blocks that ended go with the audit of them; those in force stay.
    private static func forgetBlocks(
        _ database: Database,
        _ chain: ChainWriter,
        _ keeping: CaseKeeping?,
        before time: Int64
    ) throws -> Int {
        let oldest = """
            WHERE time < \(time) AND removed < \(time) AND id < (SELECT max(id) FROM blocks) ORDER BY time, id
            """
        let most = try keeping?.keep(.blocks, oldest, limit: step).rows ?? step
        let gone = try Int64.fetchAll(
            database,
            sql: "DELETE FROM blocks WHERE id IN (SELECT id FROM blocks \(oldest) LIMIT \(most)) RETURNING id"
        )
        try chain.forgot(gone, of: .blocks)
        return gone.count
    }

    /// What is left of cases that were let go, and themselves with the audit of that.
    private func forgetCases(
        _ database: Database,
        _ chain: ChainWriter,
        _ keeping: CaseKeeping?,
        before time: Int64,
        at now: Timestamp
    ) throws -> Int {
        let gone = try keeping?.letGo() ?? 0
        try cases.write(database, chain, at: now)
        let leaving = cases.leaving.keys.map { "\($0)" }.joined(separator: ", ")
        let old = try Int64.fetchAll(
            database,
            sql: """
                DELETE FROM cases WHERE id IN (SELECT id FROM cases WHERE released < ?1 LIMIT \(Self.step))
                AND id < (SELECT max(id) FROM cases) AND id NOT IN (\(leaving)) RETURNING id
                """,
            arguments: [time]
        )
        try chain.forgot(old, of: .cases)
        return gone + old.count
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

/// Forgets rows of a kind, and hands on first what cases keep of them.
private final class Forgetting {
    private let kind: StoredKind
    private let keeping: CaseKeeping?
    private let database: Database
    private let chain: ChainWriter
    /// Whether there was more to keep than is taken at a time.
    private(set) var isCut = false

    init(_ kind: StoredKind, _ keeping: CaseKeeping?, _ database: Database, _ chain: ChainWriter) {
        self.kind = kind
        self.keeping = keeping
        self.database = database
        self.chain = chain
    }

    /// At most `limit` of those that are older than a time, or of the oldest; returns how many went.
    func forget(before time: Int64?, limit: Int) throws -> Int {
        let condition = kind.oldest(before: time)
        var limit = limit
        if let keeping, let kept = KeptKind(kind) {
            let (rows, isCut) = try keeping.keep(kept, condition, limit: limit)
            limit = rows
            self.isCut = self.isCut || isCut
        }
        return try kind.forget(database, chain, condition, limit: limit)
    }
}

extension Timestamp {
    /// Nanoseconds of the moment so many seconds ago, as far as those go.
    func before(_ seconds: Int64) -> Int64 {
        let (product, isOver) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        let (difference, isBeforeAll) = nanoseconds.subtractingReportingOverflow(product)
        return isOver || isBeforeAll ? .min : difference
    }

    /// The moment so many seconds later, as far as those go.
    func after(_ seconds: Int64) -> Timestamp {
        let (product, isOver) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, isAfterAll) = nanoseconds.addingReportingOverflow(product)
        return Timestamp(nanoseconds: isOver || isAfterAll ? .max : sum)
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
