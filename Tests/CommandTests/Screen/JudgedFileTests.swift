import Dashboard
import Graph
import Records
import Support
import Testing

@testable import portolan

/// What is wrong in a file that is looked at.
@Suite("A file is judged while it is looked at")
struct JudgedFileTests {
    /// The snapshot that says whether it was judged.
    private static func judged(_ options: FileSourceOptions) throws -> Snapshot {
        let source = try FileSource(options) {}
        defer { source.end() }
        return try #require(LookedAtFile.wait({ source.takeSnapshot() }, until: { $0.isJudged != nil }))
    }

    @Test func byAPolicyThatDeclaresNothing() throws {
        let path = LookedAtFile.own("shop/shop-any.pcap")
        let snapshot = try Self.judged(FileSourceOptions(paths: [path]))
        #expect(snapshot.isJudged == true)
        let told = try Command.run("alerts", "-r", path, "-o", "json").records.compactMap { $0["rule.id"] }
        #expect(snapshot.alerts.map(\.rule).sorted() == told.sorted())
        #expect(told.contains("scan.vertical"))
    }

    @Test func notAtAllWhereThatIsWanted() throws {
        var options = FileSourceOptions(paths: [LookedAtFile.own("shop/shop-any.pcap")])
        options.standards = nil
        let snapshot = try Self.judged(options)
        #expect(snapshot.isJudged == false && snapshot.alerts.isEmpty)
        #expect(!snapshot.graph.edges.isEmpty)
    }

    @Test(arguments: [
        ["-r", "a.pcap", "--no-detection", "--policy", "p.yaml"], ["--no-detection", "--socket", "/nowhere"],
        ["--no-detection", "--database", "a.db"], ["-r", "-"],
    ])
    func whatDoesNotGoTogetherIsRefused(options: [String]) throws {
        let outcome = try Command.run(["tui"] + options)
        #expect(outcome.status == 64 && outcome.errorLines.count == 1)
    }
}
