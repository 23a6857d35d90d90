import Addressing
import Agent
import Containers
import Flows
import Graph
import HTTP
import Records
import Store
import Testing

/// Flows and the journal, stored and as they come.
@Suite("Routes to what is remembered", .timeLimit(.minutes(1)))
struct FlowRouteTests {
    @Test func tellAllThatIsStoredInManyPages() async throws {
        let database = try AgentDatabase()
        try database.write((1...2000).map { Routes.flow($0, last: Int64($0) / 2) })
        let routes = Routes(store: database.store)
        #expect(Routes.numbers(await routes.lines("/v1/flows")) == Array(1...2000))
        #expect(Routes.numbers(await routes.lines("/v1/flows?last=3")) == [1998, 1999, 2000])
        // The clock stands at 1,000 seconds.
        #expect(Routes.numbers(await routes.lines("/v1/flows?since=5s")).first == 1990)
        #expect(Routes.numbers(await routes.lines("/v1/flows?until=1970-01-01T00:00:02Z")) == [1, 2, 3, 4, 5])
        #expect(await routes.lines("/v1/flows?filter=port%3D81").isEmpty)
        #expect(Routes.numbers(await routes.lines("/v1/flows?filter=port%3D80&last=1")) == [2000])
    }

    @Test func tellTheNewestOfThoseThatGoOnAndThoseThatAreOver() async throws {
        let database = try AgentDatabase()
        let open = [1, 4, 6].map { Routes.flow(UInt64($0), last: $0, action: .updated) }
        try database.write([2, 3, 5].map { Routes.flow(UInt64($0), last: $0) }, open: open)
        let routes = Routes(store: database.store)
        #expect(Routes.numbers(await routes.lines("/v1/flows?last=2")) == [5, 6])
        #expect(Routes.numbers(await routes.lines("/v1/flows?last=4")) == [3, 4, 5, 6])
        #expect(Routes.numbers(await routes.lines("/v1/flows?last=100")) == [1, 2, 3, 4, 5, 6])
        #expect(Routes.numbers(await routes.lines("/v1/flows?last=3&until=1970-01-01T00:00:04Z")) == [2, 3, 4])
        // All of a time have those that go on behind them.
        #expect(Routes.numbers(await routes.lines("/v1/flows")) == [2, 3, 5, 1, 4, 6])
    }

    @Test(arguments: [
        ("/v1/flows?bogus=1", "there is no bogus"), ("/v1/flows?since=soon", "since is a time"),
        ("/v1/flows?last=0", "a number from 1"), ("/v1/flows?filter=prot%3D6", "filter"),
        ("/v1/flows?since=1m&since=2m", "given twice"), ("/v1/flows?follow=1&until=1m", "until goes without follow"),
        ("/v1/flows?follow=maybe", "true or false"), ("/v1/flows?events=some", "ended or flows"),
        ("/v1/flows?since=%zz", "cannot be read"), ("/v1/graph?port=99999", "a number from 0"),
        ("/v1/graph?since=1m&until=2m", "later than until"), ("/v1/journal?since=x", "since is a time"),
    ]) func sayWhatIsWrongWithARequest(target: String, what: String) async throws {
        let database = try AgentDatabase()
        let reply = await Routes(store: database.store).ask(target)
        #expect(reply.status == 400)
        #expect(
            String(decoding: reply.body, as: UTF8.self).contains(what),
            "\(String(decoding: reply.body, as: UTF8.self))"
        )
    }

    @Test func sayThatNothingIsRemembered() async {
        let routes = Routes()
        for target in ["/v1/flows", "/v1/alerts", "/v1/journal", "/v1/gaps", "/v1/graph?since=5m"] {
            #expect(await routes.ask(target).status == 503, "\(target)")
        }
    }

    @Test func goOnWithThoseThatComeAndTellNoneTwice() async throws {
        let database = try AgentDatabase()
        try database.write([Routes.flow(1, last: 10), Routes.flow(2, last: 995)], open: [Routes.flow(5, last: 996)])
        let routes = Routes(store: database.store)
        let reply = await routes.ask("/v1/flows?since=1h&follow=true")
        let stream = try #require(reply.stream)
        #expect(routes.feeds.flows.isFollowed)
        routes.feeds.flows.put([
            Routes.flow(2, last: 995), Routes.flow(3, last: 999, action: .started), Routes.flow(4, last: 999),
            Routes.flow(5, last: 999),
        ])
        var lines: [String] = []
        while Routes.numbers(lines).count < 5, let piece = await stream.next() {
            lines += String(decoding: piece, as: UTF8.self).split(separator: "\n").map(String.init)
        }
        // The one that was under way is told again when it is over.
        #expect(Routes.numbers(lines) == [1, 2, 5, 4, 5])
        async let beat = stream.next()
        routes.feeds.beat()
        #expect(await beat == [0x0a])
        stream.onEnd()
        #expect(!routes.feeds.flows.isFollowed)
        #expect(await stream.next() == nil)
    }

    @Test func sayWhatWasLeftOutForWhoReadsSlowly() async throws {
        let routes = Routes()
        let stream = try #require(await routes.ask("/v1/flows?follow=1").stream)
        routes.feeds.flows.put((1...10_000).map { Routes.flow($0) })
        let piece = try #require(await stream.next())
        let first = String(decoding: piece, as: UTF8.self).split(separator: "\n").first ?? ""
        #expect(first.contains("records_dropped"))
        #expect(first.contains("\"count\":\(10_000 - AgentFeeds.flowLimit)"))
        stream.onEnd()
    }

    @Test func tellTheJournalFromTheBeginningOfASession() async throws {
        let database = try AgentDatabase()
        var batch = StoreBatch()
        for number in 0..<1200 {
            let key = ContainerKey(identifier: "c\(number)", generation: 1)
            let time = Timestamp(nanoseconds: Int64(number) * 1_000_000_000)
            batch.add(JournalEntry(time: time, change: .containerEnded(key)))
        }
        try database.writer.write(batch, at: Timestamp(nanoseconds: 0))
        let routes = Routes(store: database.store)
        #expect(await routes.lines("/v1/journal").count == 1200)
        // At 1,000 seconds: 995 to 1,199.
        #expect(await routes.lines("/v1/journal?since=5s").count == 205)
        #expect(await routes.lines("/v1/journal?since=5s&whole=1").count == 1200)
        #expect(await routes.lines("/v1/journal?until=1000s").count == 1)
    }

    @Test func tellChangesOfTheGraph() async throws {
        let routes = Routes()
        let stream = try #require(await routes.ask("/v1/graph/changes").stream)
        var changes = GraphChanges()
        let key = EdgeKey(EndpointKey(.container, "a"), EndpointKey(.container, "b"), protocolNumber: 6, port: 80)
        changes.edges[key] = Edge(first: Timestamp(nanoseconds: 0), last: Timestamp(nanoseconds: 0))
        routes.feeds.changes.put([changes])
        let piece = try #require(await stream.next())
        #expect(String(decoding: piece, as: UTF8.self).contains("\"source\":\"container:a\""))
        routes.feeds.close()
        #expect(await stream.next() == nil)
        stream.onEnd()
        #expect(await routes.ask("/v1/graph/changes").status == 503)
    }

    @Test func tellGapsAndWhatIsNotKnownOfThem() async throws {
        let database = try AgentDatabase()
        var batch = StoreBatch()
        var gap = StoredGap(time: Timestamp(nanoseconds: 7_000_000_000), reason: .store)
        gap.records = 12
        batch.gaps = [gap]
        try database.writer.write(batch, at: Timestamp(nanoseconds: 0))
        let lines = await Routes(store: database.store).lines("/v1/gaps")
        #expect(lines.count == 1)
        #expect(lines.first?.contains("\"reason\":\"store\"") == true)
        #expect(lines.first?.contains("\"count\":12") == true)
        #expect(lines.first?.contains("dropped") == false)
    }

    @Test func tellAllGapsHoweverMany() async throws {
        let database = try AgentDatabase()
        var batch = StoreBatch()
        // Several at a time, so that pages end between some of the same moment.
        batch.gaps = (0..<12_000).map { number in
            var gap = StoredGap(time: Timestamp(nanoseconds: Int64(number / 7) * 1_000_000_000), reason: .capture)
            gap.dropped = UInt64(number)
            return gap
        }
        try database.writer.write(batch, at: Timestamp(nanoseconds: 0))
        let routes = Routes(store: database.store)
        let lines = await routes.lines("/v1/gaps")
        #expect(lines.count == 12_000 && Set(lines).count == 12_000)
        #expect(lines.last?.contains("\"dropped\":11999") == true)
        #expect(await routes.lines("/v1/gaps?until=1970-01-01T00:00:01Z").count == 14)
    }
}
