import Addressing
import Agent
import Foundation
import HTTP
import Records
import Store
import Support
import Synchronization
import Testing

/// Alerts, stored and as they come.
@Suite("Routes to what was found", .timeLimit(.minutes(1)))
struct AlertRouteTests {
    private static func lines(_ bytes: [UInt8]) -> [String] {
        String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    @Test func tellAllThatIsStoredInManyPages() async throws {
        let database = try AgentDatabase()
        try database.write((1...1300).map { SampleAlert.record($0, at: Int64($0) / 2) })
        let routes = Routes(store: database.store)
        let lines = await routes.lines("/v1/alerts")
        #expect(SampleAlert.numbers(lines) == Array(1...1300))
        #expect(!lines.contains { $0.contains("\u{1b}") })
        #expect(SampleAlert.numbers(await routes.lines("/v1/alerts?last=3")) == [1298, 1299, 1300])
        #expect(SampleAlert.numbers(await routes.lines("/v1/alerts?last=2&until=1970-01-01T00:00:01Z")) == [1])
        // The clock stands at 1,000 seconds.
        #expect(SampleAlert.numbers(await routes.lines("/v1/alerts?since=351s")) == [1298, 1299, 1300])
    }

    @Test func tellThoseOfARuleAndSevereEnough() async throws {
        let database = try AgentDatabase()
        try database.write([
            SampleAlert.record(1, at: 1, "scan.vertical", severity: 70),
            SampleAlert.record(2, at: 2, "sweep.ping", severity: 50),
            SampleAlert.record(3, at: 3, "flood.syn", severity: 95),
        ])
        let routes = Routes(store: database.store)
        #expect(SampleAlert.numbers(await routes.lines("/v1/alerts?severity=high")) == [1, 3])
        #expect(SampleAlert.numbers(await routes.lines("/v1/alerts?severity=71")) == [3])
        #expect(SampleAlert.numbers(await routes.lines("/v1/alerts?rule=scan")) == [1, 2])
        #expect(SampleAlert.numbers(await routes.lines("/v1/alerts?rule=flood,sweep.ping&severity=low")) == [2, 3])
        #expect(SampleAlert.numbers(await routes.lines("/v1/alerts?rule=scan&severity=high&last=5")) == [1])
        #expect(await routes.lines("/v1/alerts?rule=dns").isEmpty)
        #expect(SampleAlert.numbers(await routes.lines("/v1/alerts?filter=from-container%3Dweb&rule=flood")) == [3])
        #expect(await routes.lines("/v1/alerts?filter=not+ip%3D10.0.0.0/8").isEmpty)
    }

    @Test(arguments: [
        ("bogus=1", "there is no bogus"), ("since=soon", "since is a time"), ("last=0", "a number from 1"),
        ("severity=awful", "severity is low"), ("severity=101", "severity is low"), ("rule=", "rule is a rule"),
        ("rule=Scan", "rule is a rule"), ("rule=scan&rule=flood", "given twice"),
        ("follow=1&until=1m", "until goes without follow"), ("filter=port%3D1", "port is asked of flows"),
        ("filter=bogus%3D1", "no filter"),
    ]) func sayWhatIsWrongWithARequest(query: String, what: String) async throws {
        let database = try AgentDatabase()
        let reply = await Routes(store: database.store).ask("/v1/alerts?\(query)")
        let text = String(decoding: reply.body, as: UTF8.self)
        #expect(reply.status == 400 && text.contains(what), "\(text)")
    }

    @Test func goOnWithThoseThatComeAndTellNoneTwice() async throws {
        let database = try AgentDatabase()
        let known = [SampleAlert.record(1, at: 10), SampleAlert.record(2, at: 995)]
        try database.write(known)
        let routes = Routes(store: database.store)
        let stream = try #require(await routes.ask("/v1/alerts?since=1h&follow=true&severity=medium").stream)
        #expect(routes.feeds.alerts.isFollowed)
        routes.feeds.alerts.put([
            known[1], SampleAlert.record(3, at: 999, severity: 30), SampleAlert.record(4, at: 999),
            // Another one like it, an instant later.
            SampleAlert.record(5, at: 995),
        ])
        var lines: [String] = []
        while SampleAlert.numbers(lines).count < 4, let piece = await stream.next() { lines += Self.lines(piece) }
        #expect(SampleAlert.numbers(lines) == [1, 2, 4, 5])
        async let beat = stream.next()
        routes.feeds.beat()
        #expect(await beat == [0x0a])
        stream.onEnd()
        #expect(!routes.feeds.alerts.isFollowed)
        #expect(await stream.next() == nil)
    }

    @Test func tellOnlyWhatComesToWhoAsksForNothingElse() async throws {
        // Not even a database is needed.
        let routes = Routes()
        let stream = try #require(await routes.ask("/v1/alerts?follow=1&rule=flood").stream)
        routes.feeds.alerts.put([SampleAlert.record(1, at: 1), SampleAlert.record(2, at: 2, "flood.syn")])
        #expect(SampleAlert.numbers(Self.lines(try #require(await stream.next()))) == [2])
        routes.feeds.close()
        #expect(await stream.next() == nil)
        stream.onEnd()
        #expect(await routes.ask("/v1/alerts?follow=1").status == 503)
    }

    @Test func sayWhatWasLeftOutForWhoReadsSlowly() async throws {
        let routes = Routes()
        let stream = try #require(await routes.ask("/v1/alerts?follow=1").stream)
        routes.feeds.alerts.put((1...2000).map { SampleAlert.record($0, at: 1) })
        let first = Self.lines(try #require(await stream.next())).first ?? ""
        #expect(first.contains("records_dropped"))
        #expect(first.contains("\"count\":\(2000 - AgentFeeds.alertLimit)"))
        stream.onEnd()
    }

    @Test func endWithWhatWentWrong() async throws {
        let database = try AgentDatabase()
        // The last of them nobody can read: there is no such severity.
        try database.write((1...600).map { SampleAlert.record($0, at: Int64($0), severity: $0 == 600 ? 101 : 50) })
        let routes = Routes(store: database.store)
        let stream = try #require(await routes.ask("/v1/alerts?since=1h&follow=1").stream)
        #expect(SampleAlert.numbers(Self.lines(try #require(await stream.next()))).count == 512)
        let last = Self.lines(try #require(await stream.next()))
        #expect(last.count == 1 && last.first?.contains("row 600 of alerts") == true)
        #expect(await stream.next() == nil)
        stream.onEnd()
    }

    @Test func areAnsweredAtASocket() async throws {
        let database = try AgentDatabase()
        try database.write([SampleAlert.record(1, at: 10)])
        let routes = Routes(store: database.store, readers: getegid())
        let path = ScriptedServer.freshPath()
        let server = try HTTPServer(socket: path) { await routes.routes.respond(to: $0) }
        defer { server.stop() }
        let client = HTTPClient(socket: path)
        let stored = try await client.get("/v1/alerts", timeout: .seconds(20), limit: 1 << 20)
        #expect(stored.status == 200 && SampleAlert.numbers(Self.lines(stored.body)) == [1])
        let refused = try await client.get("/v1/alerts?severity=x", timeout: .seconds(20), limit: 1 << 20)
        #expect(refused.status == 400)
        let heard = Mutex<[String]>([])
        try await client.lines(
            of: "/v1/alerts?since=1h&follow=1",
            timeout: .seconds(20),
            silence: .seconds(20),
            limit: 1 << 20,
            opened: { routes.feeds.alerts.put([SampleAlert.record(2, at: 999)]) },
            line: { line in
                heard.withLock { $0.append(String(decoding: line, as: UTF8.self)) }
                if heard.withLock(\.count) == 2 { routes.feeds.close() }
            }
        )
        #expect(SampleAlert.numbers(heard.withLock(\.self)) == [1, 2])
    }
}
