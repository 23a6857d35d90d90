import HTTP
import Support
import Testing

@Suite("HTTP server: who gives way", .timeLimit(.minutes(2)))
struct ConnectionTests {
    /// More than it has room for, and nobody is kept out. In a process of its own: Foundation cannot start others in one that has
    /// well over a thousand descriptors, as other tests do (it copies the last entry of a page of /proc/self/fd past its end).
    @Test func aThousandIdleConnectionsShutNobodyOut() async {
        await #expect(processExitsWith: .success) {
            let test = try TestServer()
            defer { test.stop() }
            let idle = try (0..<1000).map { _ in try RawPeer(test.path) }
            let start = ContinuousClock.now
            #expect(try await test.get() == "/x here")
            #expect(ContinuousClock.now - start < .seconds(10))
            #expect(test.server.connections <= 256)
            // The first that came have gone, the last are there.
            #expect(await idle[0].readAll().isEmpty)
            let last = try #require(idle.last)
            last.send("GET /y HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(await last.read(until: "here").contains("200 OK"))
        }
    }

    @Test func theOneThatWasIdleTheLongestGoes() async throws {
        let test = try TestServer(connections: 3)
        defer { test.stop() }
        let peers = try (0..<3).map { _ in try RawPeer(test.path) }
        // In this order they become idle anew: the second was idle the longest.
        for index in [0, 2] {
            peers[index].send("GET /\(index) HTTP/1.1\r\nHost: x\r\n\r\n")
            _ = await peers[index].read(until: "here")
        }
        #expect(try await test.get() == "/x here")
        #expect(await peers[1].readAll().isEmpty)
        for index in [0, 2] {
            peers[index].send("GET /again HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(await peers[index].read(until: "here").contains("/again"))
        }
    }

    @Test func halfARequestHoldsNoPlace() async throws {
        let test = try TestServer(connections: 8)
        defer { test.stop() }
        let slow = try (0..<8).map { _ in try RawPeer(test.path) }
        for peer in slow { peer.send("GET /x HTTP/1.1\r\nHost: ") }
        let start = ContinuousClock.now
        let quick = try (0..<8).map { _ in try test.ask("/x") }
        for peer in quick { #expect(await peer.read(until: "here").contains("/x here")) }
        for peer in slow { #expect(await peer.readAll().isEmpty) }
        // Long before their time was over.
        #expect(ContinuousClock.now - start < .seconds(20))
    }

    @Test func whoHasARequestUnderWayStays() async throws {
        let test = try TestServer(connections: 4)
        defer { test.stop() }
        let busy = try (0..<3).map { _ in try test.ask("/tap") }
        for peer in busy { _ = await peer.read(until: "\r\n\r\n") }
        for _ in 0..<20 { #expect(try await test.get() == "/x here") }
        test.tap.give("a\n")
        test.tap.give("a\n")
        test.tap.give("a\n")
        for peer in busy { #expect(await peer.read(until: "a\n").contains("a\n")) }
        #expect(test.tap.ends == 0)
    }

    @Test func theNewcomerGoesWhereAllAreBusy() async throws {
        let test = try TestServer(connections: 4)
        defer { test.stop() }
        let busy = try (0..<4).map { _ in try test.ask("/tap") }
        for peer in busy { _ = await peer.read(until: "\r\n\r\n") }
        try await eventually { test.tap.asked == 4 }
        #expect(try await RawPeer(test.path).readAll().isEmpty)
        #expect(test.tap.ends == 0 && test.server.connections == 4)
        // A place that is free again is given away.
        test.tap.give(nil)
        try await eventually { test.tap.ends == 1 }
        #expect(try await test.get() == "/x here")
    }
}
