import Glibc
import NIOCore
import NIOPosix
import Synchronization

extension HTTPServer {
    /// Why the socket's file could not be given to the group that was wanted, as errno(3): worth a remark. Nil when all is well.
    package var groupFailure: Int32? { door.withLock { $0.file?.groupFailure } }

    /// Looks whether the socket's file is still there and ours, and puts it back where somebody deleted it; true when that was so.
    ///
    /// Connections that are open go on. When something else lies there now nothing is changed, and `.connection` with EEXIST is
    /// thrown; another error of errno(3) when the file cannot be made again. Over TCP there is nothing to heal. Not to be called
    /// on a thread of the server.
    @discardableResult
    package func heal() throws(HTTPFailure) -> Bool {
        try door.withLock { door throws(HTTPFailure) in
            guard let file = door.file else { return false }
            switch file.whereabouts {
            case .ours: return false
            case .another: throw .connection(path: file.path, code: EEXIST)
            case .nothing: break
            }
            let new = try SocketFile(at: file.path, group: group)
            let channel = try Self.open(new, threads, parts)
            let old = door.channel
            door = Door(channel: channel, file: new)
            old.close(promise: nil)
            return true
        }
    }

    /// Listens at a socket that is bound.
    static func open(
        _ file: SocketFile,
        _ threads: MultiThreadedEventLoopGroup,
        _ parts: ServerParts
    ) throws(HTTPFailure) -> any Channel {
        do {
            let channel = try bootstrap(threads, parts, knowsPeers: true)
                .withBoundSocket(file.descriptor).wait()
            // NIO has made it listen already, for fewer.
            listen(file.descriptor, backlog)
            return channel
        } catch {
            file.remove()
            throw HTTPFailure(connectingTo: file.path, error)
        }
    }
}
