import Glibc
import NIOCore

/// Who asks at a Unix socket, as the kernel knew him when he connected. unix(7), SO_PEERCRED.
///
/// It is whoever connected: a connection that was handed on to another process still names the first.
package struct HTTPPeer: Hashable, Sendable {
    /// The process, in our own PID namespace; 0 when it is not in there.
    package var process: Int32
    /// His effective user.
    package var user: UInt32
    /// His effective group.
    package var group: UInt32

    package init(process: Int32, user: UInt32, group: UInt32) {
        self.process = process
        self.user = user
        self.group = group
    }

    /// struct ucred, which glibc declares with _GNU_SOURCE only.
    private struct Credentials: Sendable {
        var process: Int32
        var user: UInt32
        var group: UInt32
    }

    /// Asks the kernel who is at the other end; nil where it does not say.
    static func read(of channel: any Channel) -> EventLoopFuture<HTTPPeer?> {
        guard let provider = channel as? any SocketOptionProvider else {
            return channel.eventLoop.makeSucceededFuture(nil)
        }
        let answer: EventLoopFuture<Credentials> = provider.unsafeGetSocketOption(
            level: NIOBSDSocket.OptionLevel(rawValue: SOL_SOCKET),
            name: NIOBSDSocket.Option(rawValue: SO_PEERCRED)
        )
        return answer.map { HTTPPeer(process: $0.process, user: $0.user, group: $0.group) }
            .recover { _ in nil }
    }
}
