import HTTP
import Support
import Testing

@Suite("HTTP server: hostile clients while others read streams", .timeLimit(.minutes(2)))
struct HostileClientTests {
    /// Has ten clients follow streams, does something hostile, and sees that they and newcomers notice nothing of it.
    private func undisturbed(by hostility: (TestServer) async throws -> Void) async throws {
        let test = try TestServer()
        defer { test.stop() }
        let readers = try (0..<10).map { _ in try test.ask("/tap") }
        for reader in readers { _ = await reader.read(until: "\r\n\r\n") }
        try await eventually { test.tap.asked == 10 }
        try await hostility(test)
        let start = ContinuousClock.now
        for _ in readers { test.tap.give("all well\n") }
        for reader in readers { #expect(await reader.read(until: "\n\r\n").contains("all well")) }
        #expect(try await test.get() == "/x here")
        #expect(ContinuousClock.now - start < .seconds(10))
        #expect(test.tap.ends == 0)
    }

    @Test func aMegabyteOfGarbage() async throws {
        try await undisturbed { test in
            var numbers = SystemRandomNumberGenerator()
            for _ in 0..<16 {
                let peer = try RawPeer(test.path)
                peer.send((0..<65_536).map { _ in UInt8.random(in: 0...255, using: &numbers) })
            }
        }
    }

    @Test func aMegabyteOfGarbageBehindARequestForAStream() async throws {
        let test = try TestServer()
        defer { test.stop() }
        let peer = try test.ask("/tap")
        _ = await peer.read(until: "\r\n\r\n")
        try await eventually { test.tap.asked == 1 }
        // No more than the kernel takes: the server does not look at it.
        peer.send([UInt8](repeating: 0xff, count: 16_384))
        test.tap.give("first\n")
        #expect(await peer.read(until: "\n\r\n").contains("first"))
        test.tap.give(nil)
        // What is no request then ends the connection.
        #expect(await peer.readAll().hasPrefix("0\r\n\r\n"))
        #expect(test.tap.ends == 1)
    }

    @Test func halfRequests() async throws {
        var halves: [RawPeer] = []
        try await undisturbed { test in
            let texts = [
                "G", "GET / HTTP/1.1", "GET / HTTP/1.1\r\nHost: x\r\n",
                "POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\n1",
            ]
            for text in texts {
                for _ in 0..<20 {
                    let peer = try RawPeer(test.path)
                    peer.send(text)
                    halves.append(peer)
                }
            }
        }
        #expect(halves.count == 80)
    }

    @Test func aThousandPipelinedRequests() async throws {
        try await undisturbed { test in
            let peer = try RawPeer(test.path)
            // At one go: 38 KiB, which the kernel takes, whoever reads.
            peer.send((0..<1000).map { "GET /\($0) HTTP/1.1\r\nHost: x\r\n\r\n" }.joined())
            let said = await peer.read(until: "/999 here")
            #expect(said.matches(of: /200 OK/).count == 1000)
        }
    }

    @Test func requestsByteByByte() async throws {
        try await undisturbed { test in
            let peers = try (0..<10).map { _ in try RawPeer(test.path) }
            for byte in "GET /slowly HTTP/1.1\r\nHost: x\r\n\r\n".utf8 {
                for peer in peers { peer.send([byte]) }
                try await Task.sleep(for: .milliseconds(2))
            }
            for peer in peers { #expect(await peer.read(until: "here").contains("/slowly here")) }
        }
    }

    /// A head that trickles has as long as one that does not come at all.
    @Test func aHeadWithoutEnd() async throws {
        let test = try TestServer(silence: .milliseconds(300))
        defer { test.stop() }
        let peer = try RawPeer(test.path)
        peer.send("GET / HTTP/1.1\r\n")
        let end = ContinuousClock.now + .seconds(10)
        while test.server.connections > 0 || ContinuousClock.now < end - .seconds(9.9), ContinuousClock.now < end {
            peer.send("A: b\r\n")
            try await Task.sleep(for: .milliseconds(20))
        }
        #expect(test.server.connections == 0)
    }

    @Test func thoseThatReadNothing() async throws {
        var stalled: [RawPeer] = []
        let large = Tap()
        for _ in 0..<20 { large.give([UInt8](repeating: 0x61, count: 1 << 20)) }
        let path = ScriptedServer.freshPath()
        let server = try HTTPServer(socket: path) { request in
            request.path == "/large" ? HTTPReply(stream: large.stream) : HTTPReply(body: Array("small".utf8))
        }
        defer { server.stop() }
        for _ in 0..<20 {
            let peer = try RawPeer(path)
            peer.send("GET /large HTTP/1.1\r\nHost: x\r\n\r\n")
            stalled.append(peer)
        }
        try await eventually { large.asked == 20 }
        for _ in 0..<20 {
            let answer = try await HTTPClient(socket: path).get("/", timeout: .seconds(20), limit: 100)
            #expect(answer.body == Array("small".utf8))
        }
        #expect(large.asked == 20 && large.ends == 0)
    }
}
