import NIOCore
import NIOHTTP1
import NIOPosix

/// Asks an HTTP/1.1 server that listens at a Unix socket: with GET, or has it act with another method, without a body.
///
/// Every request has a connection of its own. Whatever the server does, a request ends: with an answer within its bounds, or with
/// one `HTTPFailure`. RFC 9112, unix(7).
package struct HTTPClient: Sendable {
    /// What the server may send outside the body before the next byte of it: status line, header, chunk sizes.
    package static var overheadLimit: Int { 64 << 10 }
    /// Header fields of one answer.
    package static var fieldLimit: Int { 128 }

    /// One thread is plenty: all that runs on it is taking answers apart. It lives as long as the program.
    private static let threads = MultiThreadedEventLoopGroup(numberOfThreads: 1)

    /// Path of the socket.
    package let path: String

    package init(socket path: String) {
        self.path = path
    }

    /// Asks for `target`, such as `/containers/json?all=1`, and waits for all of the answer.
    ///
    /// `timeout` is for everything from connecting on. A body of more than `limit` bytes is `.tooLarge`. Cancelling the task ends
    /// the request at once, as `.cancelled`.
    package func get(_ target: String, timeout: Duration, limit: Int) async throws(HTTPFailure) -> HTTPAnswer {
        try await ask(.get, target, timeout: timeout, limit: limit)
    }

    /// What a server is asked to do.
    package enum Method: Hashable, Sendable {
        case get, post, delete
    }

    /// The same with another method.
    package func ask(
        _ method: Method,
        _ target: String,
        timeout: Duration,
        limit: Int
    ) async throws(HTTPFailure) -> HTTPAnswer {
        var head = try request(for: target)
        switch method {
        case .get: break
        case .post: head.method = .POST
        case .delete: head.method = .DELETE
        }
        // RFC 9110, section 8.6: without it a server may wait for a body.
        if method == .post { head.headers.add(name: "Content-Length", value: "0") }
        let request = head
        let (channel, answer) = try await connect(timeout: timeout) { channel, limits in
            let answer = channel.eventLoop.makePromise(of: HTTPAnswer.self)
            try channel.pipeline.syncOperations.addHandler(
                AnswerHandler(request: request, limit: limit, limits: limits, answer: answer)
            )
            return (channel, answer.futureResult)
        }
        do {
            return try await withTaskCancellationHandler {
                try await answer.get()
            } onCancel: {
                channel.close(promise: nil)
            }
        } catch {
            throw Task.isCancelled ? .cancelled : HTTPFailure(inAnswer: error)
        }
    }

    /// The head of a request for `target`, which must be printable ASCII without spaces. RFC 9112, section 3.2.1.
    func request(for target: String) throws(HTTPFailure) -> HTTPRequestHead {
        guard target.utf8.first == UInt8(ascii: "/"), target.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }) else {
            throw .badTarget
        }
        // The name of the host means nothing at a Unix socket, but must be there.
        let fields: HTTPHeaders = ["Host": "localhost", "Connection": "close", "Accept": "application/json"]
        return HTTPRequestHead(version: .http1_1, method: .GET, uri: target, headers: fields)
    }

    /// Connects, with the handlers that every request needs below those that `finish` adds.
    ///
    /// Until `PeerLimits` is told otherwise, the connection ends after `timeout`.
    func connect<Output: Sendable>(
        timeout: Duration,
        _ finish: @escaping @Sendable (any Channel, PeerLimits) throws -> Output
    ) async throws(HTTPFailure) -> Output {
        if Task.isCancelled { throw .cancelled }
        var decoder = NIOHTTPDecoderLimitConfiguration()
        decoder.maxHeaderFieldSize = Self.overheadLimit / 4
        decoder.maxHeaderListSize = Self.overheadLimit
        decoder.maxHeaderFieldCount = Self.fieldLimit
        let limits = decoder
        do {
            return try await ClientBootstrap(group: Self.threads)
                .connectTimeout(TimeAmount(timeout))
                .connect(unixDomainSocketPath: path) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        let peer = PeerLimits(overhead: Self.overheadLimit, time: TimeAmount(timeout))
                        try channel.pipeline.syncOperations.addHandler(peer)
                        try channel.pipeline.syncOperations.addHTTPClientHandlers(decoderLimitConfiguration: limits)
                        return try finish(channel, peer)
                    }
                }
        } catch {
            throw Task.isCancelled ? .cancelled : HTTPFailure(connectingTo: path, error)
        }
    }
}
