import Foundation
import HTTP
import Synchronization
import Testing

@Suite("HTTP server: asked by curl", .timeLimit(.minutes(2)))
struct CurlTests {
    @Test func readsAnswersOnOneConnection() async throws {
        let test = try TestServer()
        defer { test.stop() }
        let names = (1...20).map { "http://localhost/\($0)" }
        let curl = try await Curl(["--unix-socket", test.path, "--write-out", "%{num_connects}\n"] + names)
        #expect(curl.status == 0)
        let lines = curl.output.split(separator: "\n")
        #expect(lines.count == 20)
        #expect(lines.first == "/1 here1" && lines.last == "/20 here0")
    }

    @Test func readsAStreamToItsEnd() async throws {
        let test = try TestServer()
        defer { test.stop() }
        let piece = String(repeating: "x", count: 100_000) + "\n"
        for _ in 0..<20 { test.tap.give(piece) }
        test.tap.give(nil)
        let curl = try await Curl(["--unix-socket", test.path, "--no-buffer", "http://localhost/tap"])
        #expect(curl.status == 0)
        #expect(curl.output == String(repeating: piece, count: 20))
        #expect(test.tap.ends == 1)
    }

    @Test func readsAStreamAsHTTP10() async throws {
        let test = try TestServer()
        defer { test.stop() }
        test.tap.give("one\n")
        test.tap.give("two\n")
        test.tap.give(nil)
        let curl = try await Curl(["--unix-socket", test.path, "--http1.0", "http://localhost/tap"])
        #expect(curl.status == 0 && curl.output == "one\ntwo\n")
    }

    @Test func readsTheHeadOfAStream() async throws {
        let test = try TestServer()
        defer { test.stop() }
        let curl = try await Curl(["--unix-socket", test.path, "--head", "http://localhost/tap", "http://localhost/x"])
        #expect(curl.status == 0)
        #expect(curl.output.matches(of: /HTTP\/1.1 200 OK/).count == 2)
        #expect(test.tap.ends == 1 && test.tap.asked == 0)
    }

    /// curl leaves with status 28 when its time is over.
    @Test func mayLeaveAStreamThatSaysNothing() async throws {
        let test = try TestServer()
        defer { test.stop() }
        let curl = try await Curl(["--unix-socket", test.path, "--max-time", "0.5", "http://localhost/tap"])
        #expect(curl.status == 28)
        try await eventually { test.tap.ends == 1 }
    }

    @Test func isToldOfASilentEndWhenTheServerStops() async throws {
        let test = try TestServer()
        let curl = Task.detached { try await Curl(["--unix-socket", test.path, "http://localhost/tap"]) }
        try await eventually { test.tap.asked == 1 }
        test.stop()
        // 18: what was sent has no end. An answer that broke off cannot be taken for a whole one.
        #expect(try await curl.value.status == 18)
    }

    @Test func sendsQueriesAsTheyAreRead() async throws {
        let path = "/tmp/portolan-\(UInt32.random(in: 0 ... .max)).sock"
        let seen = Mutex<[HTTPParameter]?>(nil)
        let server = try HTTPServer(socket: path) { request in
            seen.withLock { $0 = request.parameters }
            return HTTPReply(body: [])
        }
        defer { server.stop() }
        let options = ["--get", "--data-urlencode", "label=a b&c=ü+%", "--data-urlencode", "last=5m"]
        #expect(try await Curl(["--unix-socket", path] + options + ["http://localhost/flows"]).status == 0)
        #expect(
            seen.withLock { $0 } == [
                HTTPParameter(name: "label", value: "a b&c=ü+%"), HTTPParameter(name: "last", value: "5m"),
            ]
        )
    }
}
