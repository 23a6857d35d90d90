import HTTP
import Support

/// A server at a fresh path that streams from a tap, and answers anything else at once.
struct TestServer {
    let path = ScriptedServer.freshPath()
    let server: HTTPServer
    let tap = Tap()

    /// `/tap` streams, `/slow` takes a minute, `/peer` tells who asks.
    init(
        connections: Int = 256,
        silence: Duration = .seconds(30),
        group: UInt32? = nil
    ) throws {
        var limits = HTTPServer.Limits()
        limits.connections = connections
        limits.silence = silence
        let tap = tap
        server = try HTTPServer(socket: path, group: group, limits: limits) { await Self.answer($0, tap) }
    }

    static func answer(_ request: HTTPRequest, _ tap: Tap) async -> HTTPReply {
        switch request.path {
        case "/tap": return HTTPReply(type: "text/plain", stream: tap.stream)
        case "/slow":
            try? await Task.sleep(for: .seconds(60))
            return HTTPReply(body: [])
        case "/peer":
            let peer = request.peer
            let text = peer.map { "\($0.process) \($0.user) \($0.group)" } ?? "nobody"
            return HTTPReply(type: "text/plain", body: Array(text.utf8))
        default: return HTTPReply(type: "text/plain", body: Array("\(request.path) here".utf8))
        }
    }

    func get(_ target: String = "/x") async throws -> String {
        let answer = try await HTTPClient(socket: path).get(target, timeout: .seconds(20), limit: 1 << 20)
        return String(decoding: answer.body, as: UTF8.self)
    }

    /// Connects and asks.
    func ask(_ target: String, method: String = "GET", version: String = "1.1") throws -> RawPeer {
        let peer = try RawPeer(path)
        peer.send("\(method) \(target) HTTP/\(version)\r\nHost: x\r\n\r\n")
        return peer
    }

    func stop() { server.stop() }
}
