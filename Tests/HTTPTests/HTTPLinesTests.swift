import Foundation
import HTTP
import Support
import Synchronization
import Testing

@Suite("HTTP client: lines as they come")
struct HTTPLinesTests {
    /// What was handed over.
    private final class Heard: Sendable {
        private let state = Mutex<[String]>([])
        private let start = Mutex(false)
        var lines: [String] { state.withLock { $0 } }
        var isOpen: Bool { start.withLock { $0 } }
        func hear(_ line: [UInt8]) { state.withLock { $0.append(String(decoding: line, as: UTF8.self)) } }
        func open() { start.withLock { $0 = true } }
    }

    /// Follows a server that plays these steps to its end; what was heard, and the error it ended with.
    private func follow(
        _ steps: [ScriptedServer.Step],
        timeout: Duration = .seconds(10),
        silence: Duration? = nil,
        limit: Int = 1000
    ) async throws -> (Heard, HTTPFailure?) {
        let server = try ScriptedServer { _ in steps }
        defer { server.stop() }
        let heard = Heard()
        do throws(HTTPFailure) {
            try await HTTPClient(socket: server.path).lines(
                of: "/events",
                timeout: timeout,
                silence: silence,
                limit: limit,
                opened: { heard.open() },
                line: { heard.hear($0) }
            )
            return (heard, nil)
        } catch {
            return (heard, error)
        }
    }

    @Test func cutsLinesHoweverTheyAreDivided() async throws {
        let text = "one\ntwo\r\n\n\r\nthree\nlast"
        for size in 1...text.utf8.count {
            let bytes = Array(text.utf8)
            let pieces = stride(from: 0, to: bytes.count, by: size).map { start in
                ScriptedServer.Step.chunk(
                    String(decoding: bytes[start..<min(start + size, bytes.count)], as: UTF8.self)
                )
            }
            let (heard, failure) = try await follow([.chunkedHead] + pieces + [.chunk("")])
            #expect(heard.lines == ["one", "two", "three", "last"], "pieces of \(size)")
            #expect(failure == nil)
        }
    }

    @Test func handsOverEachLineBeforeTheNextIsSaid() async throws {
        let feed = Feed()
        let server = try ScriptedServer { _ in [.chunkedHead, .follow(feed), .chunk("")] }
        defer { server.stop() }
        let heard = Heard()
        let client = HTTPClient(socket: server.path)
        let task = Task {
            try await client.lines(
                of: "/",
                timeout: .seconds(10),
                limit: 100,
                opened: { heard.open() },
                line: { heard.hear($0) }
            )
        }
        try await eventually { heard.isOpen }
        for number in 1...20 {
            feed.say("\(number)\n")
            try await eventually { heard.lines.count == number }
        }
        feed.end()
        try await task.value
        #expect(heard.lines == (1...20).map(String.init))
    }

    @Test func tellsAStatusThatIsNotWhatWasAskedFor() async throws {
        let (heard, failure) = try await follow([.answer("{}\n", status: "500 No")])
        #expect(failure == .refused(status: 500))
        #expect(!heard.isOpen && heard.lines.isEmpty)
    }

    @Test func handsOverWhatCameBeforeTheConnectionBroke() async throws {
        let (heard, failure) = try await follow([.chunkedHead, .chunk("one\ntw")])
        #expect(heard.lines == ["one"])
        #expect(failure == .closed)
    }

    @Test func givesUpWhenTheServerDoesNotBegin() async throws {
        let (heard, failure) = try await follow([.hang], timeout: .milliseconds(100))
        #expect(failure == .timedOut)
        #expect(!heard.isOpen)
    }

    @Test func waitsThroughSilenceUnlessToldNotTo() async throws {
        let steps: [ScriptedServer.Step] = [
            .chunkedHead, .pause(.milliseconds(2500)), .chunk("late\n"), .chunk(""),
        ]
        let (heard, failure) = try await follow(steps, timeout: .seconds(2))
        #expect(heard.lines == ["late"])
        #expect(failure == nil)
    }

    @Test func givesUpAfterSilence() async throws {
        let (heard, failure) = try await follow(
            [.text("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\none\n\r\n"), .hang],
            silence: .milliseconds(100)
        )
        #expect(heard.lines == ["one"])
        #expect(failure == .timedOut)
    }

    @Test func takesBytesForTheEndOfSilence() async throws {
        let talk = (0..<10).flatMap { [ScriptedServer.Step.chunk("\($0)\n"), .pause(.milliseconds(300))] }
        let (heard, failure) = try await follow([.chunkedHead] + talk + [.chunk("")], silence: .seconds(2))
        #expect(heard.lines.count == 10)
        #expect(failure == nil)
    }

    @Test func endsALineWithoutEnd() async throws {
        let endless = Array(repeating: ScriptedServer.Step.chunk(String(repeating: "x", count: 999)), count: 1000)
        let (heard, failure) = try await follow([.chunkedHead, .chunk("one\n")] + endless)
        #expect(heard.lines == ["one"])
        #expect(failure == .tooLarge(limit: 1000))
    }

    @Test func takesALineOfJustItsLimit() async throws {
        let line = String(repeating: "x", count: 1000)
        let (heard, failure) = try await follow([.chunkedHead, .chunk(line + "\n" + line + "\n"), .chunk("")])
        #expect(heard.lines == [line, line])
        #expect(failure == nil)
        let (_, tooLong) = try await follow([.chunkedHead, .chunk(line + "x\n"), .chunk("")])
        #expect(tooLong == .tooLarge(limit: 1000))
    }

    @Test func endsChunksThatAreAllWrapping() async throws {
        let endless = Array(
            repeating: ScriptedServer.Step.text(String(repeating: "extension", count: 10_000)),
            count: 100
        )
        let (_, failure) = try await follow([.chunkedHead, .text("1;")] + endless)
        #expect(failure == .tooLarge(limit: HTTPClient.overheadLimit))
    }

    /// A reader that sleeps makes the server wait, and then gets every line.
    @Test func losesNothingWhenTheReaderIsSlow() async throws {
        let count = HTTPClient.waitingLineLimit * 3
        let text = (0..<count).map { "\($0)\n" }.joined()
        let server = try ScriptedServer { _ in [.chunkedHead, .chunk(text), .chunk("")] }
        defer { server.stop() }
        let heard = Heard()
        try await HTTPClient(socket: server.path).lines(
            of: "/",
            timeout: .seconds(10),
            limit: 100,
            opened: {},
            line: { line in
                if heard.lines.isEmpty { try? await Task.sleep(for: .milliseconds(100)) }
                heard.hear(line)
            }
        )
        #expect(heard.lines == (0..<count).map(String.init))
    }

    @Test(arguments: [false, true]) func endsAtOnceWhenCancelled(afterALine: Bool) async throws {
        let steps: [ScriptedServer.Step] = afterALine ? [.chunkedHead, .chunk("one\n"), .hang] : [.hang]
        let server = try ScriptedServer { _ in steps }
        defer { server.stop() }
        let heard = Heard()
        let client = HTTPClient(socket: server.path)
        let task = Task {
            try await client.lines(of: "/", timeout: .seconds(100), limit: 100, opened: {}, line: { heard.hear($0) })
        }
        try await eventually { server.openConnections == 1 && heard.lines.count == (afterALine ? 1 : 0) }
        let start = ContinuousClock.now
        task.cancel()
        await #expect(throws: HTTPFailure.cancelled) { try await task.value }
        #expect(ContinuousClock.now - start < .seconds(5))
        try await eventually { server.openConnections == 0 }
    }

    @Test func tellsThatThereIsNoSocket() async throws {
        let path = ScriptedServer.freshPath()
        await #expect(throws: HTTPFailure.connection(path: path, code: 2)) {
            try await HTTPClient(socket: path).lines(
                of: "/",
                timeout: .seconds(1),
                limit: 9,
                opened: {},
                line: { _ in }
            )
        }
    }
}
