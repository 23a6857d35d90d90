import Addressing
import Foundation
import Store
import Support
import Testing

/// `portolan report verify`, `sign` and `key` as a person meets them.
@Suite("report verify")
struct ReportVerifyTests {
    private let folder: ScratchFolder
    private var database: String { folder.path("portolan.db").path }

    init() throws {
        folder = try ScratchFolder()
        let store = try Store(path: folder.path("portolan.db").path)
        let writer = StoreWriter(store)
        try writer.begin(at: Self.time(0), version: "test")
        for second in 1...20 { try Self.write(Int64(second), writer) }
        try writer.end(at: Self.time(30))
    }

    private static func time(_ second: Int64) -> Timestamp {
        Timestamp(nanoseconds: (1_800_000_000 + second) * 1_000_000_000)
    }

    private static func write(_ second: Int64, _ writer: StoreWriter) throws {
        var batch = StoreBatch()
        batch.audit = [AuditRecord(time: time(second), actor: "uid 0", act: "block", outcome: "done")]
        batch.gaps = [StoredGap(time: time(second), reason: .capture)]
        try writer.write(batch, at: time(second))
    }

    /// With SQLite's own shell, as anybody could.
    private func alter(_ sql: String) throws {
        let script = """
            import sqlite3, sys
            base = sqlite3.connect(sys.argv[1]); base.executescript(sys.argv[2]); base.commit()
            """
        let outcome = try Command.shell("python3 -c \"$1\" \"$2\" \"$3\"", script, [database, sql])
        #expect(outcome.status == 0, "\(outcome.errors)")
    }

    @Test func saysThatAllIsThere() throws {
        let outcome = try Command.run("report", "verify", "--database", database)
        #expect(outcome.status == 0 && outcome.errors.isEmpty)
        #expect(outcome.output == "\(database): complete, 41 rows since 2027-01-15 08:00:00 UTC\nunsigned\n")
        let json = try Command.run("report", "verify", "--database", database, "-o", "json")
        let last = try #require(json.records.last)
        #expect(last["portolan.custody.outcome"] == "complete" && last["portolan.custody.signature"] == "unsigned")
    }

    @Test func saysWhatWasAlteredAndWhere() throws {
        try alter("UPDATE audit SET actor = 'uid 1' WHERE id = 7; DELETE FROM gaps WHERE id IN (9, 10)")
        let outcome = try Command.run("report", "verify", "--database", database)
        #expect(outcome.status == 1 && outcome.errors.isEmpty)
        #expect(
            outcome.output == """
                removed at 2027-01-15 08:00:09 UTC: gaps, row 9
                removed at 2027-01-15 08:00:10 UTC: gaps, row 10
                altered at 2027-01-15 08:00:07 UTC: audit, row 7
                \(database): not as it was written, 38 rows since 2027-01-15 08:00:00 UTC
                unsigned

                """
        )
        let json = try Command.run("report", "verify", "--database", database, "-o", "json")
        #expect(json.status == 1 && json.records.count == 4)
        #expect(json.records[2]["portolan.custody.table"] == "audit")
        #expect(json.records[2]["portolan.custody.outcome"] == "altered")
    }

    @Test func whatCannotBeReadIsOneLine() throws {
        let missing = try Command.run("report", "verify", "--database", folder.path("nothing.db").path)
        #expect(missing.status == 2 && missing.errorLines.count == 1 && missing.output.isEmpty)
        let text = try folder.write(
            Array("no database, and long enough for a header of a hundred bytes".utf8),
            as: "a.db"
        )
        let outcome = try Command.run("report", "verify", "--database", text.path)
        #expect(outcome.status == 2 && outcome.errorLines.count == 1)
        #expect(try Command.run("report", "verify", "--public-key", "x").status == 64)
    }

    /// Pages of a table are overwritten: what can be read is looked at, and the rest is said to be unreadable.
    @Test func aDamagedFileIsAFinding() throws {
        let writer = StoreWriter(try Store(path: database))
        try writer.begin(at: Self.time(100), version: "test")
        for second in Int64(101)...600 { try Self.write(second, writer) }
        try writer.end(at: Self.time(700))
        let script = """
            import sqlite3, sys
            base = sqlite3.connect(sys.argv[1]); base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            page = base.execute("SELECT max(rootpage) FROM sqlite_schema WHERE name = 'audit'").fetchone()[0]; base.close()
            with open(sys.argv[1], "r+b") as file: file.seek((page - 1) * 4096); file.write(b"\\xa5" * 4096)
            """
        #expect(try Command.shell("python3 -c \"$1\" \"$2\"", script, [database]).status == 0)
        let outcome = try Command.run("report", "verify", "--database", database)
        #expect(outcome.status == 1)
        #expect(outcome.output.contains("unreadable") && outcome.output.contains("audit"))
    }

    private func keys() throws -> (key: String, open: String) {
        let key = folder.path("case.key").path
        let made = try Command.run("report", "key", "-w", key)
        #expect(made.status == 0 && made.output.count == 65)
        #expect(try Command.run("report", "key", "-w", key).status == 1)
        return (key, key + ".pub")
    }

    @Test func saysWhoSigned() throws {
        let (key, open) = try keys()
        let manifest = folder.path("case.json").path
        let evidence = try folder.write([1, 2, 3], as: "evidence.pcapng")
        let sign = try Command.run(
            "report",
            "sign",
            "--key",
            key,
            "-w",
            manifest,
            "--database",
            database,
            evidence.path
        )
        #expect(sign.status == 0 && sign.errors.isEmpty, "\(sign.errors)")
        let verify = ["report", "verify", "--manifest", manifest]
        let good = try Command.run(verify + ["--public-key", open])
        #expect(good.status == 0, "\(good.output)")
        #expect(good.output.contains("\nsigned by "))
        #expect(try Command.run(verify).output.contains("nobody said by whom"))
        // What comes later is no change of what was there.
        let writer = StoreWriter(try Store(path: database))
        try writer.begin(at: Self.time(100), version: "test")
        try Self.write(101, writer)
        #expect(try Command.run(verify + ["--public-key", open]).status == 0)
        // A file that is another.
        _ = try folder.write([1, 2, 4], as: "evidence.pcapng")
        let altered = try Command.run(verify + ["--public-key", open])
        #expect(altered.status == 1 && altered.output.contains("altered: \(evidence.path), its SHA-256 is another"))
        try FileManager.default.removeItem(at: evidence)
        #expect(try Command.run(verify + ["--public-key", open]).output.contains("removed: \(evidence.path)"))
    }

    @Test func aChainThatWasMadeAnewIsNotTheManifests() throws {
        let (key, open) = try keys()
        let manifest = folder.path("case.json").path
        #expect(try Command.run("report", "sign", "--key", key, "-w", manifest, "--database", database).status == 0)
        // Another database in its place, whose own chain is whole.
        for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: database + suffix) }
        let writer = StoreWriter(try Store(path: database))
        try writer.begin(at: Self.time(0), version: "test")
        for second in 1...20 { try Self.write(Int64(second), writer) }
        try writer.end(at: Self.time(30))
        #expect(try Command.run("report", "verify", "--database", database).status == 0)
        let outcome = try Command.run("report", "verify", "--manifest", manifest, "--public-key", open)
        #expect(outcome.status == 1 && outcome.output.contains("another database"))
    }

    /// Says that the oldest links were cut off, which speak of what is to be hidden, and makes the rest of the chain anew from a digest
    /// of its own, as Docs/Custody.md describes it.
    private static let forgery = #"""
        import hashlib, sqlite3, struct, sys
        base = sqlite3.connect(sys.argv[1]); strand, place = "gaps", int(sys.argv[2])
        def text(value): return struct.pack(">q", len(value)) + value.encode()
        def digest(link, before):
            number, time, act, place, last, rows, leaves = link
            head = text("portolan custody 1") + text(strand) + struct.pack(">qqqqq", number, time, act, place, last)
            return hashlib.sha256(head + struct.pack(">qq", len(rows), len(leaves)) + rows + leaves + before).digest()
        columns = "number, time, act, place, last, rows, leaves"
        links = base.execute(f"SELECT {columns} FROM custody_links WHERE strand = ? ORDER BY number", [strand]).fetchall()
        identity = links[0][5]; forged = before = b"\x07" * 32
        base.execute("DELETE FROM custody_links WHERE strand = ?", [strand])
        kept = [link for link in links if link[0] > place]
        kept.append((kept[-1][0] + 1, kept[-1][1], 3, place, kept[-1][4], identity, forged))
        for link in kept:
            before = digest(link, before)
            base.execute(f"INSERT INTO custody_links (strand, {columns}, digest) VALUES (?,?,?,?,?,?,?,?,?)", (strand, *link, before))
        base.execute("UPDATE custody_heads SET number = ?, digest = ? WHERE strand = ?", [kept[-1][0], before, strand])
        base.execute("DELETE FROM gaps WHERE id <= (SELECT last FROM custody_links WHERE strand = ? ORDER BY number LIMIT 1) - 1", [strand])
        if len(sys.argv) > 3: base.execute("DELETE FROM custody_trail WHERE strand = ?", [strand])
        base.commit()
        """#

    /// A manifest's link is cut off: by the agent, as retention has it, or by somebody who only says so.
    @Test(arguments: [[], ["without a trail"]]) func aForgedCutIsTold(more: [String]) throws {
        let (key, open) = try keys()
        let manifest = folder.path("case.json").path
        #expect(try Command.run("report", "sign", "--key", key, "-w", manifest, "--database", database).status == 0)
        let writer = StoreWriter(try Store(path: database))
        try writer.begin(at: Self.time(100), version: "test")
        for second in Int64(101)...120 { try Self.write(second, writer) }
        try writer.end(at: Self.time(130))
        let verify = ["report", "verify", "--manifest", manifest, "--public-key", open]
        #expect(try Command.run(verify).status == 0)
        let done = try Command.shell("python3 -c \"$@\"", Self.forgery, [database, "30"] + more)
        #expect(done.status == 0, "\(done.errors)")
        // Without the trail the chain is one of itself: then the manifest is what tells.
        let alone = try Command.run("report", "verify", "--database", database)
        #expect(alone.status == (more.isEmpty ? 1 : 0), "\(alone.output)")
        let outcome = try Command.run(verify)
        #expect(outcome.status == 1 && outcome.output.contains("altered"), "\(outcome.output)")
        #expect(
            more.isEmpty || outcome.output.contains("gaps, link 21 of the manifest was cut off, and nothing shows"),
            "\(outcome.output)"
        )
    }

    @Test func aLawfulCutIsNoFinding() throws {
        let (key, open) = try keys()
        let manifest = folder.path("case.json").path
        #expect(try Command.run("report", "sign", "--key", key, "-w", manifest, "--database", database).status == 0)
        let writer = StoreWriter(try Store(path: database))
        try writer.begin(at: Self.time(100), version: "test")
        for second in Int64(101)...700 { try Self.write(second, writer) }
        var rules = RetentionRules()
        rules.gaps.age = 100
        for _ in 0..<3 { _ = try writer.forget(rules, at: Self.time(701)) }
        try writer.end(at: Self.time(702))
        let outcome = try Command.run("report", "verify", "--manifest", manifest, "--public-key", open)
        #expect(outcome.status == 0, "\(outcome.output)")
        #expect(outcome.output.contains("gaps: what the manifest speaks of was forgotten since, up to its link 21"))
    }

    @Test func aManifestThatWasAlteredIsNotSigned() throws {
        let (key, open) = try keys()
        let manifest = folder.path("case.json")
        let file = try folder.write([1], as: "a")
        let sign = ["report", "sign", "--key", key, "-w", manifest.path, "--database", "none", file.path]
        #expect(try Command.run(sign).status == 0)
        let text = try folder.text("case.json")
        #expect(text.contains("\"role\":\"input\""))
        _ = try folder.write(Array(text.replacingOccurrences(of: "input", with: "result").utf8), as: "case.json")
        let verify = ["report", "verify", "--manifest", manifest.path, "--public-key", open]
        let outcome = try Command.run(verify)
        #expect(outcome.status == 1 && outcome.output.contains("not signed by "))
        try FileManager.default.removeItem(at: folder.path("case.json.sig"))
        let unsigned = try Command.run(verify)
        #expect(unsigned.status == 1 && unsigned.output.hasSuffix("unsigned\n"))
        #expect(try Command.run("report", "verify", "--manifest", manifest.path).status == 0)
        // A key that others may read signs nothing.
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: key)
        let refused = try Command.run(sign)
        #expect(refused.status == 2 && refused.errors.contains("chmod 600"))
    }
}
