import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// Answers HTTP/1.1 at a Unix socket, or over TCP, on a thread of its own.
///
/// Whatever clients send or leave unread, each costs at most what `Limits` says, and none keeps another waiting. RFC 9112, unix(7).
package final class HTTPServer: Sendable {
    /// Answers one request. Called on any thread, several at a time.
    package typealias Responder = @Sendable (HTTPRequest) async -> HTTPReply

    /// Where it listens.
    struct Door: Sendable {
        var channel: any Channel
        /// Nil over TCP.
        var file: SocketFile?
    }

    let door: Mutex<Door>
    /// What the socket's file shall belong to.
    let group: UInt32?
    let threads: MultiThreadedEventLoopGroup
    let parts: ServerParts

    /// Listens at `path`, which must be free, or a socket that nobody answers at.
    ///
    /// The file has mode 0660, and belongs to `group` before anybody can connect; where it may not be given away, `groupFailure`
    /// says so. Throws `.connection` with errno(3): EADDRINUSE when somebody answers there.
    package init(
        socket path: String,
        group: UInt32? = nil,
        limits: Limits = Limits(),
        respond: @escaping Responder
    ) throws(HTTPFailure) {
        try SocketFile.remove(abandoned: path)
        let file = try SocketFile(at: path, group: group)
        threads = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        parts = Self.parts(of: threads, limits, respond)
        self.group = group
        do throws(HTTPFailure) {
            door = Mutex(Door(channel: try Self.open(file, threads, parts), file: file))
        } catch {
            try? threads.syncShutdownGracefully()
            throw error
        }
    }

    /// Listens at an address of this host, such as `127.0.0.1` or `::1`, and a TCP port; 0 takes a free one, which `port` tells.
    ///
    /// Throws `.connection` with errno(3): EINVAL when it is no address, EADDRINUSE when the port is taken.
    package init(
        address: String,
        port: UInt16,
        limits: Limits = Limits(),
        respond: @escaping Responder
    ) throws(HTTPFailure) {
        let name = address.contains(":") ? "[\(address)]:\(port)" : "\(address):\(port)"
        guard let socket = try? SocketAddress(ipAddress: address, port: Int(port)) else {
            throw .connection(path: name, code: EINVAL)
        }
        threads = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        parts = Self.parts(of: threads, limits, respond)
        group = nil
        do {
            door = Mutex(Door(channel: try Self.bootstrap(threads, parts, knowsPeers: false).bind(to: socket).wait()))
        } catch {
            try? threads.syncShutdownGracefully()
            throw HTTPFailure(connectingTo: name, error)
        }
    }

    /// Connections that are open.
    package var connections: Int { parts.table.count }

    /// The TCP port it listens at; nil at a Unix socket.
    package var port: Int? { door.withLock { $0.channel.localAddress?.port } }

    /// Ends all connections and listens no more; the socket's file goes with it, unless another lies there.
    ///
    /// Streams end at once; nobody waits longer than a second for answers that are being made. Called once, on no thread of the
    /// server.
    package func stop() {
        let channel = door.withLock { door in
            door.file?.remove()
            return door.channel
        }
        try? channel.close().wait()
        let table = parts.table
        try? threads.any().submit { table.stop() }.wait()
        for _ in 0..<100 where table.answering > 0 { usleep(10_000) }
        parts.gate.close()
        try? threads.syncShutdownGracefully()
    }

    private static func parts(
        of threads: MultiThreadedEventLoopGroup,
        _ limits: Limits,
        _ respond: @escaping Responder
    ) -> ServerParts {
        ServerParts(
            limits: limits,
            table: ConnectionTable(limit: limits.connections),
            gate: LoopGate(threads.any()),
            respond: respond
        )
    }

    static func bootstrap(
        _ threads: MultiThreadedEventLoopGroup,
        _ parts: ServerParts,
        knowsPeers: Bool
    ) -> ServerBootstrap {
        ServerBootstrap(group: threads)
            .serverChannelOption(.backlog, value: backlog)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                let peer = knowsPeers ? HTTPPeer.read(of: channel) : channel.eventLoop.makeSucceededFuture(nil)
                return peer.flatMapThrowing { try furnish(channel, $0, parts) }
            }
    }

    /// Connections that wait to be accepted: none for long. Whoever cannot wait is refused past it, so it is what the kernel takes.
    static var backlog: Int32 { 4096 }

    private static func furnish(_ channel: any Channel, _ peer: HTTPPeer?, _ parts: ServerParts) throws {
        let handler = RequestHandler(channel, peer: peer, parts)
        guard parts.table.enter(handler) else { throw HTTPFailure.closed }
        channel.closeFuture.assumeIsolated().whenComplete { _ in parts.table.leave(handler) }
        var decoder = NIOHTTPDecoderLimitConfiguration()
        decoder.maxHeaderFieldSize = parts.limits.head
        decoder.maxHeaderListSize = parts.limits.head
        decoder.maxHeaderFieldCount = HTTPClient.fieldLimit
        // The fields that tell where an answer ends are ours to set: NIO does not know what was asked with HEAD.
        var encoder = HTTPResponseEncoder.Configuration()
        encoder.automaticallySetFramingHeaders = false
        let operations = channel.pipeline.syncOperations
        try operations.configureHTTPServerPipeline(
            withEncoderConfiguration: encoder,
            withDecoderLimitConfiguration: decoder
        )
        try operations.addHandler(handler)
    }
}
