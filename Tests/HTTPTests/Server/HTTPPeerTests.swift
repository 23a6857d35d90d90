import Glibc
import HTTP
import Testing

@Suite("HTTP server: who asks", .timeLimit(.minutes(2)))
struct HTTPPeerTests {
    @Test func isKnownAtAUnixSocket() async throws {
        let test = try TestServer()
        defer { test.stop() }
        #expect(try await test.get("/peer") == "\(getpid()) \(geteuid()) \(getegid())")
    }

    @Test func staysKnownForEveryRequestOfAConnection() async throws {
        let test = try TestServer()
        defer { test.stop() }
        let peer = try RawPeer(test.path)
        for _ in 0..<3 {
            peer.send("GET /peer HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(await peer.read(until: " \(getegid())").contains("\(getpid()) \(geteuid())"))
        }
    }

    @Test func isTheProcessThatConnectedAndNotAnother() async throws {
        let test = try TestServer()
        defer { test.stop() }
        let curl = try await Curl(["--unix-socket", test.path, "http://localhost/peer"])
        #expect(curl.output == "\(curl.process) \(geteuid()) \(getegid())")
    }

    @Test func whoListensIsKnownToWhoeverLooks() throws {
        let test = try TestServer()
        #expect(UnixSocket.listener(test.path) == .process(getpid()))
        test.stop()
        #expect(UnixSocket.listener(test.path + "-none") == .nobody)
        // What is there and cannot be asked is not nobody.
        #expect(UnixSocket.listener("/dev/null/socket") == .unknown(ENOTDIR))
    }

    @Test func isNobodyOverTCP() async throws {
        let server = try HTTPServer(address: "127.0.0.1", port: 0) { await TestServer.answer($0, Tap()) }
        defer { server.stop() }
        let peer = try RawPeer(port: try #require(server.port))
        peer.send("GET /peer HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        #expect(await peer.readAll().hasSuffix("nobody"))
    }
}
