import Foundation
import Records
import Support
import Testing

/// `portolan report` as a person runs it, and the commands that it prints, as a person types them.
@Suite("portolan report")
struct ReportCommandTests {
    private typealias Object = [String: JSONValue]

    private static let day = ["--since", "2026-09-21T00:00:00Z", "--until", "2026-09-22T00:00:00Z"]

    /// All records of a report with the section they stand in.
    private static func records(_ text: String) throws -> [(section: String, record: Object)] {
        let bytes = Array(text.utf8)
        guard case .object(let root) = try JSONReader.read(bytes.span), case .object(let portolan)? = root["portolan"],
            case .object(let report)? = portolan["report"], case .array(let sections)? = report["sections"]
        else { return [] }
        var records: [(section: String, record: Object)] = []
        for case .object(let section) in sections {
            guard case .string(let name)? = section["id"], case .array(let tables)? = section["tables"] else {
                continue
            }
            for case .object(let table) in tables {
                guard case .array(let rows)? = table["records"] else { continue }
                for case .object(let row) in rows { records.append((name, row)) }
            }
        }
        return records
    }

    private static func command(_ record: Object) -> (text: String, lines: Int?)? {
        guard case .object(let portolan)? = record["portolan"], case .string(let text)? = portolan["command"] else {
            return nil
        }
        guard case .integer(let lines)? = portolan["lines"] else { return (text, nil) }
        return (text, Int(lines))
    }

    /// Types a command; returns how many lines it printed, and what it complained of.
    private static func type(_ text: String) throws -> (lines: Int, errors: String) {
        let outcome = try Command.shell("portolan() { \"$portolan\" \"$@\"; }\n" + text)
        return (outcome.output.split(separator: "\n").count, outcome.errors)
    }

    /// Types every command of a report. Where it is to print so many lines it does, and elsewhere some.
    private func typeAll(_ records: [(section: String, record: Object)]) throws -> Int {
        var counted = 0
        var typed: [String: (lines: Int, errors: String)] = [:]
        for (section, record) in records {
            guard let (text, lines) = Self.command(record) else { continue }
            let printed = try typed[text] ?? Self.type(text)
            typed[text] = printed
            #expect(printed.errors.isEmpty, "\(text): \(printed.errors)")
            if let lines {
                counted += 1
                #expect(printed.lines == lines, "\(section): \(text)")
            } else if case .object(let portolan)? = record["portolan"], portolan["count"] == .integer(0) {
                continue
            } else if section == "blind_spots" || section == "findings" {
                continue
            } else {
                #expect(printed.lines > 0, "\(section): \(text)")
            }
        }
        return counted
    }

    @Test func everyCommandOfADatabaseShowsWhatItSays() throws {
        let host = try ReportedHost()
        let outcome = try Command.run(["report", "--database", host.path] + Self.day + ["-o", "json"])
        #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
        let records = try Self.records(outcome.output)
        #expect(try typeAll(records) >= 14)
        func count(_ section: String, _ words: String) -> JSONValue? {
            for (name, record) in records where name == section && record["message"] == .string(words) {
                if case .object(let portolan)? = record["portolan"] { return portolan["count"] }
            }
            return nil
        }
        #expect(count("flows", "flows") == .integer(41))
        #expect(count("flows", "flows encapsulated") == .integer(14))
        #expect(count("scans", "alerts: scans of ports and hosts, sweeps") == .integer(3))
        #expect(count("blocks", "blocks in force at some time") == .integer(1))
        #expect(count("capture_loss", "times that packets were dropped") == .integer(1))
        // Nobody counted them.
        #expect(count("capture_loss", "packets dropped then") == nil)
    }

    @Test(arguments: ["shop/shop-node-a.pcap", "tenants/tenants.pcap"])
    func everyCommandOfACaptureShowsWhatItSays(name: String) throws {
        let file = "Captures/\(name)"
        let outcome = try Command.run("report", "-r", file, "-o", "json")
        #expect(outcome.status == 0)
        let records = try Self.records(outcome.output)
        #expect(try typeAll(records) >= 8)
    }

    @Test func textKeepsToItsColumnsWhateverNamesAre() throws {
        let host = try ReportedHost()
        let outcome = try Command.run(["report", "--database", host.path] + Self.day)
        #expect(outcome.status == 0)
        let lines = outcome.output.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.contains { $0.hasPrefix("8  Hosts and tunnel ends") })
        let isCommand: (Substring) -> Bool = { $0.hasPrefix("     $ ") || $0.hasPrefix("       ") }
        #expect(lines.allSatisfy { $0.unicodeScalars.count <= 80 || isCommand($0) })
        #expect(outcome.output.unicodeScalars.allSatisfy { $0 == "\n" || !$0.isHarmful })
        #expect(outcome.output.contains("unknown"))
    }

    @Test func aPageIsWrittenToAFileOfItsOwner() throws {
        let host = try ReportedHost()
        let folder = try ScratchFolder()
        let file = folder.path("report.html")
        let outcome = try Command.run(
            ["report", "--database", host.path] + Self.day + ["-o", "html", "-w", file.path]
        )
        #expect(outcome.status == 0 && outcome.output.isEmpty && outcome.errors.isEmpty)
        let page = try folder.text("report.html")
        #expect(page.hasPrefix("<!DOCTYPE html>") && page.hasSuffix("</html>\n") && !page.contains("<script"))
        let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test func theLastSoMuchIsCountedFromTheEndOfADatabase() throws {
        let host = try ReportedHost()
        // The last alert, a day later, is the end.
        let outcome = try Command.run("report", "--database", host.path, "--last", "1h", "-o", "json")
        let scans = try Self.records(outcome.output).filter { $0.section == "scans" }
        #expect(scans.count == 2)
        let flows = try Self.records(outcome.output).first { $0.record["message"] == .string("flows") }
        #expect(flows.flatMap { Self.command($0.record) }?.lines == 0)
    }

    @Test(arguments: [
        (["--database", "/no/such.db"], Int32(2), "cannot open the database /no/such.db"),
        (["--database", "README.md"], 2, "README.md"), (["--socket", "/no/socket"], 1, "no agent answers"),
        (["-r", "/no/such.pcap"], 2, "/no/such.pcap"), (["-r", "README.md"], 2, "README.md"),
        (["--since", "yesterday"], 64, "--since wants a time"), (["-r", "-"], 64, "write it to a file first"),
        (["-r", "x.pcap", "--last", "1h"], 64, "judged whole"), (["--identity", "x"], 64, "go with a capture"),
        (["--since", "1h", "--last", "1h"], 64, "--since or --last"),
        (["--database", "x", "--socket", "y"], 64, "an agent or a database"),
        (["-r", "Captures/first/first.pcap", "-w", "/no/folder/x"], 1, "cannot write the report"),
    ])
    func saysInOneLineWhatIsWrong(arguments: [String], status: Int32, words: String) throws {
        let outcome = try Command.run(["report"] + arguments)
        #expect(outcome.status == status, "\(outcome.errors)")
        #expect(outcome.output.isEmpty && outcome.errorLines.count == 1 && outcome.errors.contains(words))
    }

    @Test func observeAndAlertsReadADatabase() throws {
        let host = try ReportedHost()
        let flows = try Command.run("observe", "--database", host.path, "-o", "json")
        #expect(flows.status == 0 && flows.records.count == 41)
        let some = try Command.run("observe", "--database", host.path, "--last", "3")
        #expect(some.status == 0 && some.output.split(separator: "\n").count == 3)
        let alerts = try Command.run("alerts", "--database", host.path, "--rule", "scan", "-o", "json")
        #expect(alerts.status == 0 && alerts.records.count == 4)
        let followed = try Command.run("observe", "--database", host.path, "-f")
        #expect(followed.status == 64)
        let nothing = try Command.run("alerts", "--database", "/no/such.db")
        #expect(nothing.status != 0 && nothing.errorLines.count == 1)
    }

    /// Containers whose names are options, quotes, commands and lines; the commands about them find them, and do nothing else.
    @Test func namesThatAShellWouldActOnAreTypedSafely() throws {
        let names = ["--help", "-o", "$(touch pwned)", "`touch pwned`", "it's \"x\"", "a\nb; touch pwned", "--", "*"]
        let folder = try ScratchFolder()
        let path = folder.path("-x 'y'.db").path
        let host = try ReportedHost(named: names, at: path)
        let outcome = try Command.run(["report", "--database", host.path] + Self.day + ["-o", "json"])
        #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
        let used = try Self.records(outcome.output).filter { $0.section == "consumption" }
        #expect(used.count == names.count + 1)
        for (_, record) in used {
            let (text, _) = try #require(Self.command(record))
            let printed = try Self.type("cd '\(folder.url.path)'\n" + text)
            #expect(printed.errors.isEmpty && printed.lines > 0, "\(text): \(printed)")
        }
        #expect(!FileManager.default.fileExists(atPath: folder.path("pwned").path))
    }

    /// What goes wrong with a database is told of the database, and not of an agent.
    @Test func aDamagedDatabaseIsTold() throws {
        let host = try ReportedHost()
        let script = """
            import sqlite3, sys
            base = sqlite3.connect(sys.argv[1]); base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            page = base.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'flows'").fetchone()[0]; base.close()
            with open(sys.argv[1], "r+b") as file: file.seek((page - 1) * 4096); file.write(b"\\xa5" * 4096)
            """
        #expect(try Command.shell("python3 -c \"$@\"", script, [host.path]).status == 0)
        for arguments in [["report"], ["observe"], ["observe", "-o", "json"]] {
            let outcome = try Command.run(arguments + ["--database", host.path])
            #expect((1...2).contains(outcome.status) && !outcome.errors.contains("agent"), "\(arguments): \(outcome)")
            let all = outcome.errors + outcome.output
            #expect(all.contains("the database") && all.contains("damaged"), "\(arguments): \(outcome)")
        }
    }
}
