import Foundation
import Glibc
import HTTP
import Support
import Testing

@Suite("HTTP client: whole answers")
struct HTTPClientTests {
    /// Asks a server that plays these steps.
    private func get(
        _ steps: [ScriptedServer.Step],
        timeout: Duration = .seconds(10),
        limit: Int = 1 << 20
    ) async throws -> HTTPAnswer {
        let server = try ScriptedServer { _ in steps }
        defer { server.stop() }
        return try await HTTPClient(socket: server.path).get("/x", timeout: timeout, limit: limit)
    }

    @Test func readsAnAnswerOfKnownLength() async throws {
        #expect(try await get([.answer("hello")]) == HTTPAnswer(status: 200, body: Array("hello".utf8)))
    }

    @Test func readsAnAnswerInChunks() async throws {
        let answer = try await get([.chunkedHead, .chunk("he"), .pause(.milliseconds(5)), .chunk("llo"), .chunk("")])
        #expect(answer == HTTPAnswer(status: 200, body: Array("hello".utf8)))
    }

    @Test func readsAnAnswerThatOnlyTheEndOfTheConnectionEnds() async throws {
        let answer = try await get([.text("HTTP/1.1 200 OK\r\n\r\nhel"), .pause(.milliseconds(5)), .text("lo")])
        #expect(answer == HTTPAnswer(status: 200, body: Array("hello".utf8)))
    }

    @Test func readsAnEmptyAnswer() async throws {
        #expect(try await get([.text("HTTP/1.1 204 No Content\r\n\r\n")]) == HTTPAnswer(status: 204, body: []))
    }

    @Test(arguments: [301, 404, 500, 503]) func handsOverAnyStatus(status: Int) async throws {
        #expect(try await get([.answer("{}", status: "\(status) So")]).status == status)
    }

    @Test func passesOverInformationalAnswers() async throws {
        let answer = try await get([.text("HTTP/1.1 103 Early Hints\r\n\r\n"), .answer("late")])
        #expect(answer == HTTPAnswer(status: 200, body: Array("late".utf8)))
    }

    @Test func asksForWhatItWasToldAndClosesTheConnection() async throws {
        let server = try ScriptedServer { _ in [.answer("1"), .hang] }
        defer { server.stop() }
        let client = HTTPClient(socket: server.path)
        for number in 1...3 { _ = try await client.get("/a?n=\(number)", timeout: .seconds(10), limit: 10) }
        #expect(server.targets == ["/a?n=1", "/a?n=2", "/a?n=3"])
        try await eventually { server.openConnections == 0 }
    }

    @Test func answersManyAtOnce() async throws {
        let server = try ScriptedServer { [.pause(.milliseconds(2)), .answer($0)] }
        defer { server.stop() }
        let client = HTTPClient(socket: server.path)
        let bodies = try await withThrowingTaskGroup(of: String.self) { group in
            for number in 0..<32 {
                group.addTask {
                    String(
                        decoding: try await client.get("/\(number)", timeout: .seconds(30), limit: 10).body,
                        as: UTF8.self
                    )
                }
            }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(bodies == Set((0..<32).map { "/\($0)" }))
    }

    @Test(arguments: ["", "x", "/a b", "/\r\nX: y", "/ä", "http://x/", "/\u{7f}"])
    func refusesAPathThatCannotBeAskedFor(target: String) async throws {
        let server = try ScriptedServer { _ in [.answer("no")] }
        defer { server.stop() }
        await #expect(throws: HTTPFailure.badTarget) {
            try await HTTPClient(socket: server.path).get(target, timeout: .seconds(10), limit: 10)
        }
        #expect(server.targets.isEmpty)
    }
}

/// Waits until something holds, and fails when it does not within ten seconds.
func eventually(_ holds: @Sendable () -> Bool, _ place: SourceLocation = #_sourceLocation) async throws {
    let end = ContinuousClock.now + .seconds(10)
    while !holds() {
        try #require(ContinuousClock.now < end, "it never came to hold", sourceLocation: place)
        try await Task.sleep(for: .milliseconds(5))
    }
}
