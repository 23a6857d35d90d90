import HTTP
import Support
import Testing

@Suite("HTTP server: answers piece by piece", .timeLimit(.minutes(2)))
struct HTTPStreamTests {
    @Test func sendsEachPieceBeforeTheNextIsMade() async throws {
        let test = try TestServer()
        defer { test.stop() }
        let peer = try test.ask("/tap")
        let head = await peer.read(until: "\r\n\r\n")
        #expect(head.contains("200 OK") && head.contains("Transfer-Encoding: chunked"))
        #expect(!head.contains("Content-Length"))
        for number in 1...20 {
            test.tap.give("piece \(number)\n")
            #expect(await peer.read(until: "\n\r\n").hasSuffix("piece \(number)\n\r\n"))
        }
        test.tap.give(nil)
        #expect(await peer.read(until: "0\r\n\r\n") == "0\r\n\r\n")
        #expect(test.tap.ends == 1 && test.tap.asked == 21)
    }

    @Test func takesTheNextRequestAfterTheEnd() async throws {
        let test = try TestServer()
        defer { test.stop() }
        let peer = try test.ask("/tap")
        // Sent while the stream runs, and looked at after it.
        peer.send("GET /next HTTP/1.1\r\nHost: x\r\n\r\n")
        test.tap.give("a")
        test.tap.give(nil)
        let said = await peer.read(until: "/next here")
        #expect(said.contains("1\r\na\r\n0\r\n\r\nHTTP/1.1 200 OK"))
    }

    @Test func anEmptyPieceEndsNothing() async throws {
        let test = try TestServer()
        defer { test.stop() }
        let peer = try test.ask("/tap")
        test.tap.give("")
        test.tap.give("a")
        test.tap.give("")
        test.tap.give("b")
        test.tap.give(nil)
        #expect(await peer.read(until: "0\r\n\r\n").hasSuffix("\r\n\r\n1\r\na\r\n1\r\nb\r\n0\r\n\r\n"))
    }

    @Test func asksForNoFurtherPieceOfWhoDoesNotRead() async throws {
        let test = try TestServer()
        defer { test.stop() }
        let piece = [UInt8](repeating: 0x61, count: 4 << 20)
        for _ in 0..<3 { test.tap.give(piece) }
        let peer = try test.ask("/tap")
        _ = await peer.read(until: "\r\n\r\n")
        try await eventually { test.tap.asked == 1 }
        // Time in which it could go wrong, and nothing to wait for.
        try await Task.sleep(for: .milliseconds(300))
        #expect(test.tap.asked == 1)
        test.tap.give(nil)
        #expect(await peer.read(until: "\r\n0\r\n\r\n").utf8.count > 3 * piece.count - 65_536)
        #expect(test.tap.asked == 4 && test.tap.ends == 1)
    }

    @Test func closesWhoLeavesAPieceUnread() async throws {
        let test = try TestServer(silence: .seconds(1))
        defer { test.stop() }
        let peer = try test.ask("/tap")
        _ = await peer.read(until: "\r\n\r\n")
        test.tap.give([UInt8](repeating: 0x61, count: 4 << 20))
        try await eventually { test.tap.ends == 1 }
        try await eventually { test.server.connections == 0 }
        #expect(test.tap.asked == 1)
    }

    @Test func doesNotCloseWhereThereIsNothingToSay() async throws {
        let test = try TestServer(silence: .seconds(1))
        defer { test.stop() }
        let peer = try test.ask("/tap")
        _ = await peer.read(until: "\r\n\r\n")
        test.tap.give("first\n")
        #expect(await peer.read(until: "\n\r\n").contains("first"))
        let idle = try RawPeer(test.path)
        // Whoever is idle is closed after the same time: by then the stream was quiet for longer.
        #expect(await idle.readAll().isEmpty)
        test.tap.give("still here\n")
        #expect(await peer.read(until: "\n\r\n").contains("still here"))
        #expect(test.tap.ends == 0)
    }

    @Test func tellsItsSourceThatTheClientWent() async throws {
        let test = try TestServer()
        defer { test.stop() }
        do {
            let peer = try test.ask("/tap")
            _ = await peer.read(until: "\r\n\r\n")
            try await eventually { test.tap.asked == 1 }
        }
        try await eventually { test.tap.ends == 1 }
        try await eventually { test.server.connections == 0 }
        test.tap.give("to nobody")
        #expect(try await test.get() == "/x here")
        #expect(test.tap.ends == 1)
    }

    @Test func tellsItsSourceThatTheClientWentInTheMiddleOfAPiece() async throws {
        let test = try TestServer()
        defer { test.stop() }
        test.tap.give([UInt8](repeating: 0x61, count: 4 << 20))
        do {
            let peer = try test.ask("/tap")
            _ = await peer.read(until: "aaaa")
        }
        try await eventually { test.tap.ends == 1 }
        #expect(test.tap.asked == 1)
    }

    @Test func tellsItsSourceThatOnlyTheHeadWasWanted() async throws {
        let test = try TestServer()
        defer { test.stop() }
        let peer = try test.ask("/tap", method: "HEAD")
        #expect(await peer.read(until: "\r\n\r\n").contains("200 OK"))
        try await eventually { test.tap.ends == 1 }
        #expect(test.tap.asked == 0)
        // What follows the head is the next answer, and nothing else.
        peer.send("GET /next HTTP/1.1\r\nHost: x\r\n\r\n")
        #expect(await peer.read(until: "here").hasPrefix("HTTP/1.1 200 OK"))
    }

    @Test func endsWithTheConnectionForHTTP10() async throws {
        let test = try TestServer()
        defer { test.stop() }
        let peer = try test.ask("/tap", version: "1.0")
        test.tap.give("plain")
        test.tap.give(nil)
        let said = await peer.readAll()
        #expect(said.hasSuffix("\r\n\r\nplain"))
        #expect(said.contains("Connection: close") && !said.contains("chunked"))
        #expect(test.tap.ends == 1)
    }

    @Test func endsPromptlyWhenTheServerStops() async throws {
        let test = try TestServer()
        let peers = try (0..<20).map { _ in try test.ask("/tap") }
        for peer in peers { _ = await peer.read(until: "\r\n\r\n") }
        try await eventually { test.tap.asked == 20 }
        let start = ContinuousClock.now
        test.stop()
        #expect(ContinuousClock.now - start < .seconds(10))
        #expect(test.tap.ends == 20)
        for peer in peers { #expect(await peer.readAll().isEmpty) }
    }

    @Test func tellsItsSourceThatTheClientWentBeforeItBegan() async throws {
        let tap = Tap()
        let gate = Tap()
        let path = ScriptedServer.freshPath()
        let server = try HTTPServer(socket: path) { _ in
            _ = await gate.stream.next()
            return HTTPReply(stream: tap.stream)
        }
        defer { server.stop() }
        do {
            let peer = try RawPeer(path)
            peer.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            try await eventually { gate.asked == 1 }
        }
        try await eventually { server.connections == 0 }
        gate.give("go on")
        try await eventually { tap.ends == 1 }
        #expect(tap.asked == 0)
    }

    @Test func tellsItsSourceThatTheServerHasStoppedMeanwhile() async throws {
        let tap = Tap()
        let gate = Tap()
        let path = ScriptedServer.freshPath()
        let server = try HTTPServer(socket: path) { _ in
            _ = await gate.stream.next()
            return HTTPReply(stream: tap.stream)
        }
        let peer = try RawPeer(path)
        peer.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        try await eventually { gate.asked == 1 }
        let start = ContinuousClock.now
        // It waits for the answer for a second, and not for longer.
        server.stop()
        #expect(ContinuousClock.now - start < .seconds(10))
        #expect(tap.ends == 0)
        gate.give("go on")
        try await eventually { tap.ends == 1 }
        #expect(tap.asked == 0)
    }

    /// Some end by themselves, some with their clients, some with the server; each is told once.
    @Test func tellsEverySourceOnceHoweverItEnds() async throws {
        let test = try TestServer()
        var peers = try (0..<60).map { _ in try test.ask("/tap") }
        for peer in peers { _ = await peer.read(until: "\r\n\r\n") }
        try await eventually { test.tap.asked == 60 }
        for _ in 0..<100 { test.tap.give("x") }
        peers.removeFirst(20)
        try await eventually { test.server.connections == 40 }
        test.stop()
        #expect(test.tap.ends == 60)
        peers.removeAll()
    }
}
