import Addressing
import Foundation
import Monitor
import Records
import Store
import Support
import Testing

/// `replay --database`, and what the other commands then answer.
@Suite("replay --database")
struct LoadedDatabaseTests {
    private let folder: ScratchFolder
    private let database: String
    private let shop = SharedCaptures.own.appendingPathComponent("shop/shop-any.pcap").path

    init() throws {
        folder = try ScratchFolder()
        database = folder.path("case.db").path
    }

    private func load(_ files: String..., options: [String] = []) throws -> Command.Outcome {
        try Command.run(["replay", "--database", database] + files.flatMap { ["-r", $0] } + options)
    }

    /// Datagrams between two hosts, one a second from a moment on.
    private func capture(_ name: String, minute: UInt64, _ host: UInt8 = 1) throws -> String {
        var frames: [CaptureBytes.Frame] = []
        for second in 0..<5 {
            let time = (1_700_000_040 + minute * 60 + UInt64(second)) * 1_000_000
            frames.append(.udp(at: time, from: [10, 0, 0, host], ports: (4000, 5000), [1, 2, 3]))
        }
        return try folder.write(CaptureBytes(frames).pcap, as: name).path
    }

    /// The same lines in the same order, whatever order they were told in.
    private func flows(_ outcome: Command.Outcome) -> [String] {
        outcome.output.split(separator: "\n").filter { $0.contains("\"flow_ended\"") }.map(String.init).sorted()
    }

    @Test func hasTheFlowsAlertsAndGraphOfTheCapture() throws {
        let loaded = try load(shop, options: ["-o", "json", "--graph", folder.path("graph.json").path])
        #expect(loaded.status == 0)
        #expect(loaded.errors == "")
        let observed = try Command.run(
            "observe",
            "--database",
            database,
            "--since",
            "1970-01-01T00:00:00Z",
            "-o",
            "json"
        )
        #expect(observed.errors == "")
        #expect(flows(observed) == flows(loaded))
        #expect(flows(loaded).count > 5)
        let alerts = try Command.run("alerts", "--database", database, "--since", "1970-01-01T00:00:00Z", "-o", "json")
        let expected = try Command.run("alerts", "-r", shop, "-o", "json")
        let lines = { (outcome: Command.Outcome) in outcome.output.split(separator: "\n").map(String.init).sorted() }
        #expect(lines(alerts) == lines(expected))
        #expect(!lines(expected).isEmpty)
        let graph = try Command.run("graph", "--database", database, "-o", "json")
        #expect(graph.status == 0)
        let drawn = try Command.run("graph", "-r", shop, "-o", "json")
        #expect(try bytes(graph) == bytes(drawn))
        let report = try Command.run("report", "--database", database, "-o", "json")
        #expect(report.status == 0)
    }

    /// What went over each edge, where it was anything: of what two places saw alike one has all.
    private func bytes(_ outcome: Command.Outcome) throws -> [String] {
        let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
        let edges = object?["edges"] as? [[String: Any]] ?? []
        #expect(!edges.isEmpty)
        let keys = ["source", "destination", "port", "iana_number", "source_bytes", "destination_bytes", "flows"]
        var lines: [String] = []
        for edge in edges where edge["flows"] as? Int != 0 {
            lines.append(keys.map { "\(edge[$0] ?? "-")" }.joined(separator: " "))
        }
        return lines.sorted()
    }

    @Test func isCoveredByAChainAndSaysWhichFiles() throws {
        #expect(try load(shop).status == 0)
        let verified = try Command.run("report", "verify", "--database", database)
        #expect(verified.status == 0, "\(verified.output)")
        let sum = try Command.shell("sha256sum < \"$1\" | cut -d' ' -f1", shop).output.trimmingCharacters(
            in: .whitespacesAndNewlines
        )
        let audit = try audit()
        #expect(audit.hasPrefix("uid "))
        #expect(audit.contains("|load|done|{\"file\":{\"path\":\"\(shop)\",\"size\":"))
        #expect(audit.contains("\"hash\":{\"sha256\":\"\(sum)\"}}}"))
        let store = try Store(reading: database)
        #expect(try store.loaded(sum) != nil)
        #expect(try store.loaded(String(repeating: "0", count: 64)) == nil)
        // Nothing is forgotten, and the session is of the packets' time.
        let span = try #require(try store.span())
        #expect(span.last.secondText.hasPrefix("2026-11-2"))
        #expect(try FileManager.default.attributesOfItem(atPath: database)[.posixPermissions] as? Int == 0o640)
    }

    /// Lines of the audit, as sqlite3(1) writes them.
    private func audit() throws -> String {
        let columns = "actor, act, outcome, record"
        let outcome = try Command.shell("sqlite3 -readonly \"$1\" \"SELECT \(columns) FROM audit\"", database)
        #expect(outcome.status == 0, "\(outcome.errors)")
        return outcome.output
    }

    @Test(arguments: [["udp"], ["--since", "2023-11-14T22:14:02Z"], ["--until", "2023-11-14T22:14:02Z"]])
    func aPartIsToldAsOne(options: [String]) throws {
        let file = try capture("part.pcap", minute: 0)
        #expect(try load(file, options: options).status == 0)
        let audit = try audit()
        #expect(audit.contains("|load|partial|{\"file\""))
        #expect(audit.contains("\"chosen\":{"))
        let first = options[0] == "udp" ? "\"expression\":\"udp\"" : "\"2023-11-14T22:14:02.000000000Z\""
        #expect(audit.contains(first), "\(audit)")
        // Of what is there nothing is loaded twice all the same.
        let again = try load(file)
        #expect(again.status == 1)
        #expect(again.errors.contains("or of the same minute"))
    }

    @Test func oneFileUnderTwoNamesIsRefused() throws {
        let first = try capture("first.pcap", minute: 0)
        let copy = try capture("copy.pcap", minute: 0)
        let outcome = try load(first, copy)
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("copy.pcap have the same content, which would be counted twice; leave one out"))
        #expect(!FileManager.default.fileExists(atPath: database))
    }

    @Test func minutesBeforeAnHourOfSilenceAreKept() throws {
        var frames: [CaptureBytes.Frame] = []
        for (minute, host) in [(0, 1), (1, 2), (180, 3)] as [(UInt64, UInt8)] {
            let time = (1_700_000_040 + minute * 60) * 1_000_000
            frames.append(.udp(at: time, from: [10, 0, 0, host], ports: (4000, 5000), [1, 2, 3]))
        }
        let file = try folder.write(CaptureBytes(frames).pcap, as: "silent.pcap").path
        #expect(try load(file).status == 0)
        let stored = try bytes(try Command.run("graph", "--database", database, "-o", "json"))
        #expect(stored == (try bytes(try Command.run("graph", "-r", file, "-o", "json"))))
        #expect(stored.count == 3)
    }

    @Test func allIsLoadedWhoeverStopsListening() throws {
        let outcome = try Command.shell(
            "\"$portolan\" replay -r \"$1\" --database \"$2\" -o json --events all | true; echo ${PIPESTATUS[0]}",
            shop,
            database
        )
        #expect(outcome.output == "0\n")
        #expect(try audit().contains("|load|done|"))
        let all = try Command.run("observe", "--database", database, "--since", "1970-01-01T00:00:00Z", "-o", "json")
        #expect(flows(all) == flows(try Command.run("replay", "-r", shop, "-o", "json")))
    }

    @Test func whatIsNoFileOfTheCapturesIsNotMistakenForOne() throws {
        let sum = String(repeating: "a", count: 64)
        #expect(try load(try capture("sha256-\(sum)", minute: 0)).status == 0)
        #expect(try Store(reading: database).loaded(sum) == nil)
    }

    @Test func nothingLiesBesideItInTheEnd() throws {
        #expect(try load(shop).status == 0)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted()
        #expect(names == ["case.db", "case.db-lock"])
        #expect(try load(folder.path("absent").path).status == 2)
        #expect(FileManager.default.fileExists(atPath: database))
    }

    @Test func whatComesLaterIsAddedAndNothingTwice() throws {
        let first = try capture("first.pcap", minute: 0)
        let later = try capture("later.pcap", minute: 2, 2)
        #expect(try load(first).status == 0)
        #expect(try load(later).status == 0)
        let all = try Command.run("observe", "--database", database, "--since", "1970-01-01T00:00:00Z", "-o", "json")
        #expect(all.flows.count == 2)
        let again = try load(first)
        #expect(again.status == 1)
        #expect(again.output == "")
        #expect(again.errors.contains("first.pcap was loaded into \(database) at 20"))
        #expect(again.errors.contains("already; nothing was loaded again"))
        #expect(again.errorLines.count == 1)
        // What is older, and what is of the last minute: its rows are there.
        for (name, minute) in [("older.pcap", UInt64(1)), ("same.pcap", 2)] {
            let refused = try load(try capture(name, minute: minute, 3))
            #expect(refused.status == 1)
            #expect(refused.errors.contains("is loaded into another file, or all of it at once"))
            #expect(refused.errorLines.count == 1)
        }
        #expect(
            try Command.run("observe", "--database", database, "--since", "1970-01-01T00:00:00Z", "-o", "json").flows
                .count == 2
        )
        #expect(try Command.run("report", "verify", "--database", database).status == 0)
    }

    @Test func anAgentsDatabaseIsNoPlaceForCaptures() throws {
        let writer = StoreWriter(try Store(path: database))
        try writer.begin(at: Timestamp(nanoseconds: 1_000_000_000), version: "0.1.0")
        try writer.end(at: Timestamp(nanoseconds: 2_000_000_000))
        let refused = try load(shop)
        #expect(refused.status == 1)
        #expect(
            refused.errors
                == "portolan: the database \(database) is an agent's, which knows where it watched; load captures into another file\n"
        )
        let lock = try DatabaseLock(of: folder.path("held.db").path)
        let held = try Command.run("replay", "-r", shop, "--database", folder.path("held.db").path)
        withExtendedLifetime(lock) {}
        #expect(held.status == 1)
        #expect(held.errors.contains("is in use by another agent"))
        #expect(held.errorLines.count == 1)
    }

    @Test func filtersChooseWhatIsShownAndPoliciesJudge() throws {
        let shown = try load(shop, options: ["-o", "json", "--ip", "192.0.2.99", "--policy", "Config/portolan.yaml"])
        #expect(shown.status == 0)
        #expect(shown.flows.isEmpty)
        let all = try Command.run("observe", "--database", database, "--since", "1970-01-01T00:00:00Z", "-o", "json")
        #expect(all.flows.count > 5)
    }

    @Test func standardInputIsLoadedUnderNoDigest() throws {
        let outcome = try Command.shell("\"$portolan\" replay -r - --database \"$2\" < \"$1\"", shop, database)
        #expect(outcome.status == 0)
        #expect(
            try Command.run("observe", "--database", database, "--since", "1970-01-01T00:00:00Z", "-o", "json").flows
                .count > 5
        )
    }

    @Test(arguments: [
        (["replay", "-r", "x", "--database", ""], "--database wants the name of a file"),
        (["graph", "--database", "x", "-r", "y"], "--database goes with neither -r nor --socket"),
        (["tui", "--database", "x", "-r", "y"], "--database goes with neither -r, -i nor --socket"),
        (["tui", "--database", "x", "--policy", "y"], "--policy goes with -r or -i"),
    ])
    func refusesWhatMeansNothing(_ arguments: [String], _ message: String) throws {
        let outcome = try Command.run(arguments)
        #expect(outcome.status == 64)
        #expect(outcome.errors.contains(message), "\(outcome.errors)")
        #expect(outcome.errorLines.count == 1)
    }

    @Test func whereNothingIsNothingIsKept() throws {
        let empty = try folder.write(CaptureBytes().pcap, as: "empty.pcap").path
        let outcome = try load(empty)
        #expect(outcome.status == 0)
        #expect(outcome.errors == "portolan: there is no flow to load into \(database)\n")
        #expect(try load(folder.path("absent").path).status == 2)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["empty.pcap"])
        let graph = try Command.run("graph", "--database", folder.path("absent.db").path)
        #expect(graph.status == 2)
        #expect(graph.errors.contains("No such file"))
        #expect(!FileManager.default.fileExists(atPath: folder.path("absent.db").path))
    }
}
