import Foundation
import Glibc
import HTTP
import Support
import Testing

@Suite("HTTP client: servers that are broken, slow or hostile")
struct HostileServerTests {
    /// What comes of asking a server that plays these steps.
    private func failure(
        _ steps: [ScriptedServer.Step],
        timeout: Duration = .seconds(10),
        limit: Int = 1 << 16
    ) async throws -> HTTPFailure? {
        let server = try ScriptedServer { _ in steps }
        defer { server.stop() }
        do throws(HTTPFailure) {
            _ = try await HTTPClient(socket: server.path).get("/", timeout: timeout, limit: limit)
            return nil
        } catch {
            return error
        }
    }

    private func failure(connectingTo path: String) async -> HTTPFailure? {
        do throws(HTTPFailure) {
            _ = try await HTTPClient(socket: path).get("/", timeout: .seconds(10), limit: 10)
            return nil
        } catch {
            return error
        }
    }

    @Test func tellsThatThereIsNoSocket() async {
        let path = ScriptedServer.freshPath()
        #expect(await failure(connectingTo: path) == .connection(path: path, code: ENOENT))
    }

    @Test func tellsThatNobodyListens() async throws {
        let server = try ScriptedServer { _ in [] }
        // A second name keeps the file when its server goes.
        let path = ScriptedServer.freshPath()
        #expect(link(server.path, path) == 0)
        defer { unlink(path) }
        server.stop()
        #expect(await failure(connectingTo: path) == .connection(path: path, code: ECONNREFUSED))
    }

    @Test func tellsThatAFileIsNoSocket() async throws {
        let path = ScriptedServer.freshPath()
        try Data().write(to: URL(fileURLWithPath: path))
        defer { unlink(path) }
        #expect(await failure(connectingTo: path) == .connection(path: path, code: ECONNREFUSED))
    }

    @Test func tellsThatAPathIsTooLongForASocket() async {
        let path = "/" + String(repeating: "x", count: 200)
        #expect(await failure(connectingTo: path) == .connection(path: path, code: ENAMETOOLONG))
    }

    @Test func saysFailuresInWords() {
        #expect("\(HTTPFailure.connection(path: "/run/x", code: ENOENT))" == "/run/x: No such file or directory")
        #expect("\(HTTPFailure.connection(path: "/run/x", code: EACCES))" == "/run/x: Permission denied")
        #expect("\(HTTPFailure.tooLarge(limit: 7))".contains("7 bytes"))
    }

    @Test func givesUpOnAServerThatNeverAnswers() async throws {
        let start = ContinuousClock.now
        #expect(try await failure([.hang], timeout: .milliseconds(100)) == .timedOut)
        #expect(ContinuousClock.now - start < .seconds(5))
    }

    @Test func givesUpOnAServerThatHangsInTheMiddle() async throws {
        let steps: [ScriptedServer.Step] = [.text("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"), .hang]
        #expect(try await failure(steps, timeout: .milliseconds(100)) == .timedOut)
    }

    /// Bytes that trickle in do not put the end off.
    @Test func givesUpOnAServerThatTrickles() async throws {
        let trickle = (0..<200).flatMap { _ in [ScriptedServer.Step.chunk("x"), .pause(.milliseconds(10))] }
        #expect(try await failure([.chunkedHead] + trickle, timeout: .milliseconds(150)) == .timedOut)
    }

    @Test(arguments: [
        "garbage\r\n\r\n", "HTTP/9.9 200 OK\r\n\r\n", "HTTP/1.1 2x0 OK\r\n\r\n", "SSH-2.0-OpenSSH_9.2\r\n",
        "\0\0\0\0\0\0\0\0",
        "HTTP/1.1 200 OK\r\nContent-Length: -4\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "HTTP/1.1 200 OK\r\nbad header\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff1\r\n",
    ])
    func refusesWhatIsNotHTTP(said: String) async throws {
        #expect(try await failure([.text(said)]) == .malformed)
    }

    @Test(arguments: [
        "", "HTTP/1.1 200 OK\r\nContent-Le", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
    ])
    func tellsThatTheConnectionEndedInTheMiddle(said: String) async throws {
        #expect(try await failure([.text(said)]) == .closed)
    }

    @Test func refusesABodyOverItsLimit() async throws {
        let text = String(repeating: "x", count: 1001)
        #expect(try await failure([.answer(text)], limit: 1000) == .tooLarge(limit: 1000))
        #expect(try await failure([.chunkedHead, .chunk(text)], limit: 1000) == .tooLarge(limit: 1000))
        #expect(try await failure([.answer(text), .chunk("")], limit: 1001) == nil)
    }

    /// Without an end of their own these would fill memory.
    @Test(arguments: [
        ("HTTP/1.1 200 OK\r\n", "A: b\r\n"), ("HTTP/1.1 200 OK\r\nA: ", "bbbbbbbbbbbbbbbb"),
        ("HTTP/1.1 200 ", "reason "),
        ("", "HTTP/1.1 100 Continue\r\n\r\n"), ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;", "extension"),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", "T: r\r\n"),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "00000000000000"),
    ])
    func endsWhatHasNoEnd(start: String, rest: String) async throws {
        let endless = String(repeating: rest, count: 16_384)
        let steps = [.text(start)] + Array(repeating: ScriptedServer.Step.text(endless), count: 64) + [.hang]
        let failure = try await failure(steps, timeout: .seconds(30))
        #expect(failure == .malformed || failure == .tooLarge(limit: HTTPClient.overheadLimit), "\(failure as Any)")
    }

    @Test func endsAnEndlessBody() async throws {
        let steps =
            [.chunkedHead]
            + Array(repeating: ScriptedServer.Step.chunk(String(repeating: "x", count: 8192)), count: 4096)
        #expect(try await failure(steps) == .tooLarge(limit: 1 << 16))
    }

    @Test func survivesRandomBytes() async throws {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<100 {
            let start =
                Bool.random()
                ? Array("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".utf8) : Array("HTTP/1.1 2".utf8)
            let noise = (0..<Int.random(in: 0..<200)).map { _ in UInt8.random(in: 0...255, using: &random) }
            let failure = try await failure([.send(start + noise)])
            #expect(failure != .timedOut)
        }
    }

    @Test func endsAtOnceWhenCancelled() async throws {
        let server = try ScriptedServer { _ in [.hang] }
        defer { server.stop() }
        let client = HTTPClient(socket: server.path)
        let task = Task { try await client.get("/", timeout: .seconds(100), limit: 10) }
        try await eventually { server.openConnections == 1 }
        let start = ContinuousClock.now
        task.cancel()
        await #expect(throws: HTTPFailure.cancelled) { try await task.value }
        #expect(ContinuousClock.now - start < .seconds(5))
        try await eventually { server.openConnections == 0 }
    }

    @Test func asksNothingWhenCancelledBefore() async throws {
        let server = try ScriptedServer { _ in [.answer("x")] }
        defer { server.stop() }
        let client = HTTPClient(socket: server.path)
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            return try await client.get("/", timeout: .seconds(10), limit: 10)
        }
        task.cancel()
        await #expect(throws: HTTPFailure.cancelled) { try await task.value }
        #expect(server.targets.isEmpty)
    }

    /// A thousand failures leave no descriptor behind.
    @Test func leaksNoDescriptor() async throws {
        let broken = try ScriptedServer { _ in [.text("no")] }
        let missing = ScriptedServer.freshPath()
        defer { broken.stop() }
        func open() throws -> Int { try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count }
        _ = await failure(connectingTo: broken.path)
        let before = try open()
        for _ in 0..<500 {
            _ = await failure(connectingTo: broken.path)
            _ = await failure(connectingTo: missing)
        }
        // Other tests run beside this one and open some.
        #expect(try open() < before + 200)
    }
}
