import Glibc
import HTTP
import Testing

@Suite("HTTP server: over TCP", .timeLimit(.minutes(2)))
struct HTTPServerTCPTests {
    private static func server(_ limits: HTTPServer.Limits = .init()) throws -> HTTPServer {
        try HTTPServer(address: "127.0.0.1", port: 0, limits: limits) { await TestServer.answer($0, Tap()) }
    }

    @Test func answersAtAPortThatIsAskedBack() async throws {
        let server = try Self.server()
        defer { server.stop() }
        let port = try #require(server.port)
        #expect(port > 0)
        #expect(try await Curl(["http://127.0.0.1:\(port)/metrics"]).output == "/metrics here")
        #expect(server.groupFailure == nil)
        #expect(try !server.heal())
    }

    @Test func answersOverIPv6() async throws {
        // Where the host has none there is nothing to see.
        guard let server = try? HTTPServer(address: "::1", port: 0, respond: { await TestServer.answer($0, Tap()) })
        else { return }
        defer { server.stop() }
        #expect(try await Curl(["http://[::1]:\(try #require(server.port))/x"]).output == "/x here")
    }

    @Test func refusesATakenPortAndWhatIsNoAddress() throws {
        let server = try Self.server()
        defer { server.stop() }
        let port = UInt16(try #require(server.port))
        #expect(throws: HTTPFailure.connection(path: "127.0.0.1:\(port)", code: EADDRINUSE)) {
            try HTTPServer(address: "127.0.0.1", port: port) { _ in HTTPReply(body: []) }
        }
        #expect(throws: HTTPFailure.connection(path: "localhost:1", code: EINVAL)) {
            try HTTPServer(address: "localhost", port: 1) { _ in HTTPReply(body: []) }
        }
    }

    private static func server(at port: UInt16) async throws -> HTTPServer {
        for _ in 0..<200 {
            if let server = try? HTTPServer(
                address: "127.0.0.1",
                port: port,
                respond: { await TestServer.answer($0, Tap()) }
            ) {
                return server
            }
            try await Task.sleep(for: .milliseconds(10))
        }
        return try HTTPServer(address: "127.0.0.1", port: port) { await TestServer.answer($0, Tap()) }
    }

    @Test func givesItsPortFreeWhenItStops() async throws {
        let server = try Self.server()
        let port = UInt16(try #require(server.port))
        let peer = try RawPeer(port: Int(port))
        server.stop()
        #expect(await peer.readAll().isEmpty)
        // A process that another test is starting has our descriptors until it is another program.
        let next = try await Self.server(at: port)
        defer { next.stop() }
        #expect(try await Curl(["http://127.0.0.1:\(port)/x"]).output == "/x here")
    }

    @Test func hasTheSameLimits() async throws {
        var limits = HTTPServer.Limits()
        limits.silence = .milliseconds(200)
        limits.connections = 4
        let server = try Self.server(limits)
        defer { server.stop() }
        let port = try #require(server.port)
        let idle = try (0..<8).map { _ in try RawPeer(port: port) }
        for peer in idle { #expect(await peer.readAll().isEmpty) }
        let large = try RawPeer(port: port)
        large.send("GET /" + String(repeating: "a", count: 100_000) + " HTTP/1.1\r\n\r\n")
        #expect(await !large.readAll().contains("200 OK"))
    }
}
