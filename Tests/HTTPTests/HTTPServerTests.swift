import Foundation
import HTTP
import Support
import Synchronization
import Testing

@Suite("HTTP server", .timeLimit(.minutes(2)))
struct HTTPServerTests {
    /// A server that says what it was asked for.
    private static func echo(_ limits: HTTPServer.Limits = .init()) throws -> (server: HTTPServer, path: String) {
        let path = ScriptedServer.freshPath()
        let server = try HTTPServer(socket: path, limits: limits) { request in
            if request.path == "/slow" { try? await Task.sleep(for: .seconds(60)) }
            if request.path == "/large" { return HTTPReply(body: Array(repeating: 0x61, count: 8 << 20)) }
            return HTTPReply(
                type: "text/plain",
                body: Array("\(request.method) \(request.path) \(request.query ?? "-")".utf8)
            )
        }
        return (server, path)
    }

    private static func get(_ path: String, _ target: String = "/a?b=c") async throws -> HTTPAnswer {
        try await HTTPClient(socket: path).get(target, timeout: .seconds(20), limit: 16 << 20)
    }

    @Test func answersWhatItIsAskedFor() async throws {
        let (server, path) = try Self.echo()
        defer { server.stop() }
        let answer = try await Self.get(path)
        #expect(answer.status == 200)
        #expect(String(decoding: answer.body, as: UTF8.self) == "GET /a b=c")
        #expect(try await Self.get(path, "/large").body.count == 8 << 20)
    }

    @Test func keepsAConnectionForFurtherRequests() async throws {
        let (server, path) = try Self.echo()
        defer { server.stop() }
        let peer = try RawPeer(path)
        for name in ["one", "two", "three"] {
            peer.send("GET /\(name) HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(await peer.read(until: "/\(name) -").contains("200 OK"))
        }
        peer.send("HEAD /four HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        let last = await peer.readAll()
        #expect(last.contains("Content-Length: 12") && last.hasSuffix("\r\n\r\n"))
    }

    @Test func answersSeveralAtOnce() async throws {
        let (server, path) = try Self.echo()
        defer { server.stop() }
        try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<50 { group.addTask { try await Self.get(path).status } }
            for try await status in group { #expect(status == 200) }
        }
    }

    @Test(arguments: [
        "\u{0}\u{1}\u{2}garbage\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "GET  HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nA\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        "GET /" + String(repeating: "a", count: 200_000) + " HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\n" + String(repeating: "X-A: b\r\n", count: 5000) + "\r\n",
    ]) func endsAConnectionThatSpeaksNoHTTP(text: String) async throws {
        let (server, path) = try Self.echo()
        defer { server.stop() }
        let peer = try RawPeer(path)
        peer.send(text)
        let said = await peer.readAll()
        #expect(said.isEmpty || said.contains(" 400 ") || said.contains(" 431 "), "\(said)")
        #expect(try await Self.get(path).status == 200)
    }

    @Test func takesAMegabyteOfGarbageAndGoesOn() async throws {
        let (server, path) = try Self.echo()
        defer { server.stop() }
        var numbers = SystemRandomNumberGenerator()
        for _ in 0..<16 {
            let peer = try RawPeer(path)
            peer.send((0..<65_536).map { _ in UInt8.random(in: 0...255, using: &numbers) })
            _ = await peer.readAll()
        }
        #expect(try await Self.get(path).status == 200)
    }

    @Test func refusesALargeBody() async throws {
        let (server, path) = try Self.echo()
        defer { server.stop() }
        let peer = try RawPeer(path)
        peer.send(
            "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n" + String(repeating: "x", count: 100_000)
        )
        #expect(await peer.read(until: "\r\n\r\n").contains(" 413 "))
    }

    @Test func closesWhatSaysNothingAndWhatReadsNothing() async throws {
        var limits = HTTPServer.Limits()
        limits.silence = .milliseconds(300)
        let (server, path) = try Self.echo(limits)
        defer { server.stop() }
        let silent = try RawPeer(path)
        let half = try RawPeer(path)
        half.send("GET / HTT")
        let stalled = try RawPeer(path)
        stalled.send("GET /large HTTP/1.1\r\nHost: x\r\n\r\n")
        #expect(await silent.readAll().isEmpty)
        #expect(await half.readAll().isEmpty)
        for _ in 0..<200 where server.connections > 0 { try await Task.sleep(for: .milliseconds(20)) }
        #expect(server.connections == 0)
    }

    @Test func makesNoFurtherAnswerForWhoDoesNotRead() async throws {
        let made = Mutex(0)
        let path = ScriptedServer.freshPath()
        let server = try HTTPServer(socket: path) { _ in
            made.withLock { $0 += 1 }
            return HTTPReply(body: Array(repeating: 0x61, count: 4 << 20))
        }
        defer { server.stop() }
        let peer = try RawPeer(path)
        for _ in 0..<100 { peer.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n") }
        for _ in 0..<500 where made.withLock({ $0 }) == 0 { try await Task.sleep(for: .milliseconds(20)) }
        try await Task.sleep(for: .milliseconds(300))
        #expect(made.withLock { $0 } == 1)
    }

    @Test func closesConnectionsBeyondItsLimit() async throws {
        var limits = HTTPServer.Limits()
        limits.connections = 20
        let (server, path) = try Self.echo(limits)
        defer { server.stop() }
        var peers: [RawPeer] = []
        for _ in 0..<100 { peers.append(try RawPeer(path)) }
        // Those that were idle the longest are told at once, by an end.
        for peer in peers.prefix(40) { #expect(await peer.readAll().isEmpty) }
        #expect(server.connections <= 20)
        peers.removeAll()
        for _ in 0..<200 where server.connections > 0 { try await Task.sleep(for: .milliseconds(20)) }
        #expect(try await Self.get(path).status == 200)
    }

    @Test func takesThePlaceOfOneThatEnded() async throws {
        let path = ScriptedServer.freshPath()
        let left = try RawPeer.abandonedSocket(path)
        #expect(left)
        let server = try HTTPServer(socket: path) { _ in HTTPReply(body: []) }
        #expect(try await Self.get(path).status == 200)
        server.stop()
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test func leavesAlonePlacesThatAreTaken() throws {
        let (server, path) = try Self.echo()
        defer { server.stop() }
        #expect(throws: HTTPFailure.connection(path: path, code: EADDRINUSE)) {
            try HTTPServer(socket: path) { _ in HTTPReply(body: []) }
        }
        let file = ScriptedServer.freshPath()
        try Data("precious".utf8).write(to: URL(fileURLWithPath: file))
        defer { try? FileManager.default.removeItem(atPath: file) }
        #expect(throws: HTTPFailure.connection(path: file, code: EEXIST)) {
            try HTTPServer(socket: file) { _ in HTTPReply(body: []) }
        }
        #expect(try String(contentsOfFile: file, encoding: .utf8) == "precious")
        #expect(throws: HTTPFailure.connection(path: "/nowhere/x.sock", code: ENOENT)) {
            try HTTPServer(socket: "/nowhere/x.sock") { _ in HTTPReply(body: []) }
        }
    }

    @Test func letsOwnerAndGroupInAndNobodyElse() throws {
        let (server, path) = try Self.echo()
        defer { server.stop() }
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o660)
    }
}
