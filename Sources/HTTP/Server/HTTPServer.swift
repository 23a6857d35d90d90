import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// Answers HTTP/1.1 at a Unix socket, on threads of its own.
///
/// Whatever clients send or leave unread, each costs at most what `Limits` says, and none keeps another waiting. RFC 9112, unix(7).
package final class HTTPServer: Sendable {
    /// What clients may take.
    package struct Limits: Hashable, Sendable {
        /// Connections at a time; further ones are closed at once.
        package var connections = 256
        /// How long a connection may do nothing: no request that comes on, no answer that is read on.
        package var silence = Duration.seconds(30)
        /// Bytes of one request's body, which are thrown away.
        package var body = 64 << 10
        /// Bytes of a request's head.
        package var head = 16 << 10

        package init() {}
    }

    /// Answers one request. Called on any thread, several at a time.
    package typealias Responder = @Sendable (HTTPRequest) async -> HTTPReply

    private let channel: any Channel
    private let threads: MultiThreadedEventLoopGroup
    private let open = Connections()

    /// Listens at `path`, which must be free, or a socket that nobody answers at.
    ///
    /// The file has mode 0660. Throws `.connection` with errno(3): EADDRINUSE when somebody answers there.
    package init(socket path: String, limits: Limits = Limits(), respond: @escaping Responder) throws(HTTPFailure) {
        try SocketFile.remove(abandoned: path)
        let threads = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let open = open
        let bootstrap = ServerBootstrap(group: threads)
            .serverChannelOption(.backlog, value: 256)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    guard open.enter(limit: limits.connections) else { throw HTTPFailure.closed }
                    channel.closeFuture.whenComplete { _ in open.leave() }
                    try Self.furnish(channel, limits) { request in
                        await open.whileAnswering { await respond(request) }
                    }
                }
            }
        do {
            channel = try SocketFile.masked { try bootstrap.bind(unixDomainSocketPath: path).wait() }
        } catch {
            try? threads.syncShutdownGracefully()
            throw HTTPFailure(connectingTo: path, error)
        }
        self.threads = threads
    }

    /// Connections that are open.
    package var connections: Int { open.count }

    /// Ends all connections and listens no more; the socket's file goes with it.
    package func stop() {
        try? channel.close().wait()
        // Answers that are being made want the loop they were asked on; nobody waits long for them.
        for _ in 0..<100 where open.answering > 0 { usleep(10_000) }
        try? threads.syncShutdownGracefully()
    }

    private static func furnish(_ channel: any Channel, _ limits: Limits, _ respond: @escaping Responder) throws {
        var decoder = NIOHTTPDecoderLimitConfiguration()
        decoder.maxHeaderFieldSize = limits.head
        decoder.maxHeaderListSize = limits.head
        decoder.maxHeaderFieldCount = HTTPClient.fieldLimit
        let operations = channel.pipeline.syncOperations
        try operations.addHandler(IdleStateHandler(allTimeout: TimeAmount(limits.silence)))
        try operations.configureHTTPServerPipeline(
            withEncoderConfiguration: .init(),
            withDecoderLimitConfiguration: decoder
        )
        try operations.addHandler(RequestHandler(bodyLimit: limits.body, respond: respond))
    }

    /// How many connections there are.
    private final class Connections: Sendable {
        private let number = Atomic<Int>(0)
        private let answers = Atomic<Int>(0)

        var count: Int { number.load(ordering: .relaxed) }
        /// Requests that are being answered.
        var answering: Int { answers.load(ordering: .relaxed) }

        func whileAnswering(_ body: () async -> HTTPReply) async -> HTTPReply {
            answers.add(1, ordering: .relaxed)
            defer { answers.subtract(1, ordering: .relaxed) }
            return await body()
        }

        func enter(limit: Int) -> Bool {
            if number.add(1, ordering: .relaxed).newValue <= limit { return true }
            leave()
            return false
        }

        func leave() { number.subtract(1, ordering: .relaxed) }
    }
}
