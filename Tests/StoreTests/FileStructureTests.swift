import Foundation
import GRDB
import Testing

@testable import Store

/// What stands in the file beside rows: its header, its schema, its indexes, its log.
@Suite("The file around the rows")
struct FileStructureTests {
    @Test(arguments: [
        ("DROP INDEX flows_last", CustodyFinding.Kind.removed, "index flows_last"),
        ("DROP INDEX flows_last; CREATE INDEX flows_last ON flows (first)", .altered, "index flows_last"),
        ("CREATE INDEX more ON flows (last) WHERE id > 9", .added, "index more"),
        ("CREATE VIEW seen AS SELECT * FROM flows", .added, "view seen"),
        ("CREATE TRIGGER t AFTER INSERT ON flows BEGIN DELETE FROM alerts; END", .added, "trigger t"),
        (
            "ALTER TABLE gaps RENAME TO g; CREATE VIEW gaps AS SELECT * FROM g", .altered, "view gaps"
        ),
    ])
    func aSchemaThatIsAnotherIsTold(sql: String, kind: CustodyFinding.Kind, what: String) throws {
        let answer = try CustodySample().altered(sql)
        #expect(answer.findings.contains(.init(kind, "schema", .structure(what))), "\(answer.findings)")
    }

    /// A row that an index does not lead to any more: with the index taken out of the schema it is written past.
    @Test func anIndexThatMissesARowIsTold() throws {
        let sample = try CustodySample()
        try DatabaseQueue(path: sample.path).writeWithoutTransaction { database in
            try database.execute(
                sql: """
                    PRAGMA writable_schema = ON;
                    CREATE TABLE kept AS SELECT * FROM sqlite_schema WHERE name = 'alerts_time';
                    DELETE FROM sqlite_schema WHERE name = 'alerts_time';
                    PRAGMA writable_schema = RESET;
                    UPDATE alerts SET time = time + 1 WHERE id = 3;
                    PRAGMA writable_schema = ON;
                    INSERT INTO sqlite_schema SELECT * FROM kept;
                    PRAGMA writable_schema = RESET;
                    DROP TABLE kept;
                    UPDATE alerts SET time = time + 0 WHERE id = 4;
                    """
            )
        }
        let answer = try sample.look()
        #expect(answer.findings.contains { $0.table == "pages" }, "\(answer.findings)")
        #expect(answer.findings.contains { $0.table == "alerts" && $0.subject == .rows(3...3) })
    }

    @Test func aPipeIsNoDatabase() throws {
        let folder = try StoreFolder()
        let made = unsafe mkfifo(folder.path, 0o600)
        #expect(made == 0)
        #expect(throws: StoreError.irregular(path: folder.path)) { try Store(reading: folder.path) }
        #expect(throws: StoreError.irregular(path: "/dev/zero")) { try Store(reading: "/dev/zero") }
    }

    /// A log with transactions in it, and the database beside it, as bytes.
    private static func logged() throws -> (database: Data, log: Data) {
        let sample = try CustodySample()
        let (store, writer) = try sample.files.open(at: 2000)
        // Whoever closes it last takes the log over.
        defer { withExtendedLifetime((store, writer)) {} }
        try store.pool.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
        for second in [Int64(2040), 2100] { try CustodySample.write(second, writer) }
        let database = try Data(contentsOf: URL(fileURLWithPath: sample.path))
        return (database, try Data(contentsOf: URL(fileURLWithPath: sample.path + "-wal")))
    }

    private static func look(_ database: Data, _ log: Data) throws -> CustodyAnswer? {
        let folder = try StoreFolder()
        try database.write(to: URL(fileURLWithPath: folder.path))
        try log.write(to: URL(fileURLWithPath: folder.path + "-wal"))
        do {
            return try Store(reading: folder.path).custody()
        } catch {
            return nil
        }
    }

    /// Every frame of the log, in its header and in its page, and each byte of the header.
    @Test func everyByteOfALogMatters() throws {
        let (database, log) = try Self.logged()
        #expect(log.count > 32 + 4 * 4120)
        #expect(try Self.look(database, log)?.isComplete == true)
        var places = Array(0..<32)
        // Of its header: page, size at a commit, both salts, both sums; and of its page.
        let within = [1, 6, 9, 14, 17, 22, 30, 2000, 4119]
        for (number, start) in stride(from: 32, to: log.count, by: 4120).enumerated() {
            for place in 0..<3 { places.append(start + within[(number + 3 * place) % within.count]) }
        }
        // The last one ends the last transaction.
        places += (0..<24).map { log.count - 4120 + $0 }
        for place in places {
            var other = log
            other[place] ^= UInt8(1 << (place % 8))
            #expect(try Self.look(database, other)?.isComplete != true, "byte \(place) of \(log.count)")
        }
    }

    /// An agent that was killed left a part of a transaction; nobody was told that it was written.
    @Test func aTransactionThatWasNotCommittedIsNoFinding() throws {
        let (database, log) = try Self.logged()
        var cut = log.dropLast(4120)
        #expect(try Self.look(database, Data(cut))?.isComplete == true)
        // Frames of a log from before it began anew.
        cut = log.dropFirst(32).prefix(4120)
        var old = Data(cut)
        for place in 8..<16 { old[old.startIndex + place] ^= 0x5a }
        #expect(try Self.look(database, log + old)?.isComplete == true)
    }

    /// SQLite takes a frame with other salts for the end of the log.
    @Test func aFrameInTheMiddleThatIsNotTheLogsIsTold() throws {
        let (database, log) = try Self.logged()
        let commits = Swift.stride(from: 32, to: log.count, by: 4120).filter { place in
            log[place + 4..<place + 8].contains { $0 != 0 }
        }
        try #require(commits.count > 1)
        let before = Array(Swift.stride(from: 32, to: commits[commits.count - 1], by: 4120))
        for (number, start) in before.enumerated() {
            var other = log
            for place in start + 8..<start + 16 { other[place] ^= 0x5a }
            let frame = "frame \(number + 1) is not what was written, and what comes after it is lost"
            let finding = CustodyFinding(.altered, "log", .structure(frame))
            #expect(try Self.look(database, other)?.findings.contains(finding) == true, "salts of \(number)")
            guard number % 4 == 0 else { continue }
            other = log
            other.replaceSubrange(start..<start + 4120, with: Data(count: 4120))
            #expect(try Self.look(database, other)?.findings.contains(finding) == true, "zeros for \(number)")
        }
    }

    /// A hole takes no room on the disk, and is not read.
    @Test func aLogWithAnEndlessHoleIsLookedAt() throws {
        let (database, log) = try Self.logged()
        let folder = try StoreFolder()
        try database.write(to: URL(fileURLWithPath: folder.path))
        try log.write(to: URL(fileURLWithPath: folder.path + "-wal"))
        let result = unsafe truncate(folder.path + "-wal", 1 << 42)
        #expect(result == 0)
        #expect(try Store(reading: folder.path).custody().findings.isEmpty)
        withExtendedLifetime(folder) {}
    }

    @Test func theLogOfADatabaseBehindASymbolicLinkIsLookedAt() throws {
        var (database, log) = try Self.logged()
        log[32 + 2000] ^= 1
        let (folder, other) = (try StoreFolder(), try StoreFolder())
        try database.write(to: URL(fileURLWithPath: folder.path))
        try log.write(to: URL(fileURLWithPath: folder.path + "-wal"))
        try FileManager.default.createSymbolicLink(atPath: other.path, withDestinationPath: folder.path)
        #expect(try Store(reading: other.path).custody().findings.contains { $0.table == "log" })
        withExtendedLifetime((folder, other)) {}
    }

    /// To close a descriptor of the file lets go of SQLite's locks. https://sqlite.org/howtocorrupt.html, 2.2
    @Test func aLookLeavesSQLiteItsLocks() throws {
        let sample = try CustodySample()
        let (store, writer) = try sample.files.open(at: 2000)
        defer { withExtendedLifetime((store, writer)) {} }
        let descriptor = unsafe open(sample.path, O_RDWR | O_CLOEXEC)
        defer { close(descriptor) }
        func isLocked() -> Bool {
            var lock = flock()
            (lock.l_type, lock.l_whence) = (Int16(F_WRLCK), Int16(SEEK_SET))
            // F_OFD_GETLK, fcntl(2): not of this process, so that its own locks are told.
            let result = unsafe fcntl(descriptor, 36, &lock)
            return result == 0 && lock.l_type != Int16(F_UNLCK)
        }
        try #require(isLocked())
        #expect(try store.custody().findings.isEmpty)
        #expect(isLocked())
    }

    /// Ends of edges that are a view without end: what would be compared with them is not read.
    @Test(.timeLimit(.minutes(1))) func aViewWithoutEndIsNotRead() throws {
        let answer = try CustodySample().altered(
            """
            PRAGMA legacy_alter_table = ON; ALTER TABLE endpoints RENAME TO kept;
            CREATE VIEW endpoints AS WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n)
            SELECT id, 'host' AS kind, 'x' AS name FROM n WHERE id < 0
            """
        )
        #expect(answer.findings.contains(.init(.altered, "schema", .structure("view endpoints"))), "\(answer.findings)")
        #expect(
            answer.strands.contains { $0.table == "flows" } && !answer.strands.contains { $0.table == "edge_minutes" }
        )
    }
}
