import Addressing
import Agent
import Containers
import HTTP
import Records
import Store
import Support
import Synchronization
import Testing

/// What is kept until somebody lets it go.
@Suite("Routes to cases", .timeLimit(.minutes(1)))
struct CaseRouteTests {
    private static func cases(_ lines: [String]) -> [CaseRecord] {
        lines.compactMap { line in
            let bytes = Array(line.utf8)
            return try? CaseRecord(reading: bytes.span)
        }
    }

    private static func database() throws -> AgentDatabase {
        let database = try AgentDatabase()
        try database.write([SampleAlert.record(1, at: 1), SampleAlert.record(2, at: 2, severity: 95)])
        return database
    }

    @Test func tellWhichThereAre() async throws {
        let database = try Self.database()
        let routes = Routes(store: database.store)
        let found = Self.cases(await routes.lines("/v1/cases"))
        #expect(found.map(\.number) == [1])
        #expect(found.first?.container.description.name == "web")
        #expect(found.first?.alerts == 2)
        // Where nothing is recorded it is not said that nothing was.
        #expect(found.first?.packets == nil)
        var batch = StoreBatch()
        batch.releases = [CaseRelease(1, at: Timestamp(nanoseconds: 5), by: "root (uid 0)")]
        try database.writer.write(batch, at: Timestamp(nanoseconds: 5))
        #expect(await routes.lines("/v1/cases").isEmpty)
        #expect(Self.cases(await routes.lines("/v1/cases?all=true")).first?.releasedBy == "root (uid 0)")
    }

    @Test func tellAllOfOne() async throws {
        let database = try Self.database()
        let lines = await Routes(store: database.store).lines("/v1/cases/1")
        #expect(Self.cases(lines).first?.seen?.flows == 0)
        #expect(SampleAlert.numbers(lines) == [1, 2])
        #expect(!lines.contains { $0.contains("\u{1b}") })
    }

    @Test(arguments: [
        ("/v1/cases/2", 404), ("/v1/cases/x", 404), ("/v1/cases/", 404), ("/v1/cases/1/release", 404),
        ("/v1/cases?bogus=1", 400), ("/v1/cases/1?all=true", 400), ("/v1/cases?all=perhaps", 400),
    ])
    func sayWhatIsWrongWithARequest(target: String, status: Int) async throws {
        let database = try Self.database()
        #expect(await Routes(store: database.store).ask(target).status == status)
    }

    @Test func withoutADatabaseThereAreNone() async {
        #expect(await Routes().ask("/v1/cases").status == 503)
        #expect(await Routes().ask("/v1/cases/1").status == 503)
    }

    /// Whoever may only read lets nothing go.
    @Test func onlyWhoMayActIsHeard() async throws {
        let database = try Self.database()
        let routes = Routes(store: database.store, readers: 65_534)
        #expect(await routes.ask("/v1/cases", as: Routes.stranger).status == 200)
        #expect(await routes.ask("/v1/cases/1/release", method: "POST", as: Routes.stranger).status == 403)
        #expect(routes.notes.withLock { $0 } == ["uid 65534 release refused"])
        // He is heard, and there is nobody here who could do it.
        #expect(await routes.ask("/v1/cases/1/release", method: "POST").status == 503)
        #expect(await routes.ask("/v1/cases/1/release", method: "DELETE").status == 404)
        #expect(await routes.ask("/v1/cases/x/release", method: "POST").status == 404)
    }

    @Test func packetsAreToldWhereTheyAreRecorded() throws {
        let database = try Self.database()
        func list(_ folders: [CasePackets.Folder]) throws -> CaseRecord? {
            let packets = CasePackets(path: "/r/cases", keep: { _, _, _ in }, release: { _ in }, kept: { folders })
            let bytes = try CaseLines.list(database.store, isAll: false, packets)
            return Self.cases([String(decoding: bytes, as: UTF8.self)]).first
        }
        let path = "/r/cases/0123abcd"
        #expect(try list([]).map(\.packets) == CaseRecord.Packets(files: 0, bytes: 0, path: path))
        let folders = [
            CasePackets.Folder(name: "other", files: 9, bytes: 9),
            .init(name: "0123abcd", files: 70, bytes: 300, names: (1...70).map { "ring-\($0)" }),
        ]
        let packets = try list(folders)?.packets
        #expect(packets?.files == 70 && packets?.bytes == 300 && packets?.path == path)
        // Of many the newest are named.
        #expect(packets?.names == (7...70).map { "ring-\($0)" })
    }
}
