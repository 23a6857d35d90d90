#if CRI
import Foundation
import Glibc
import Support

/// A server at a Unix socket that says the same to everybody, whatever it is told, and then nothing more until they leave.
final class RawServer: @unchecked Sendable {
    let path = ScriptedServer.freshPath()
    private let listener: Int32
    private let lock = NSLock()
    private var connections: Set<Int32> = []

    init(saying said: String) throws {
        listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let bound = withUnsafePointer(to: &address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(listener, address, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard bound == 0, listen(listener, 64) == 0 else { throw POSIXError(.EIO) }
        let descriptor = listener
        Thread { [weak self] in
            while true {
                let connection = accept(descriptor, nil, nil)
                guard connection >= 0, let self else { break }
                lock.withLock { _ = connections.insert(connection) }
                Thread { self.serve(connection, said) }.start()
            }
            close(descriptor)
        }.start()
    }

    /// Connections that are open.
    var openConnections: Int { lock.withLock { connections.count } }

    /// Ends every connection, and listens no more.
    func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
        unlink(path)
        lock.withLock { for connection in connections { shutdown(connection, Int32(SHUT_RDWR)) } }
    }

    private func serve(_ connection: Int32, _ said: String) {
        let bytes = Array(said.utf8)
        _ = send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL))
        var heard = [UInt8](repeating: 0, count: 4096)
        while recv(connection, &heard, heard.count, 0) > 0 {}
        lock.withLock {
            connections.remove(connection)
            close(connection)
        }
    }
}
#endif
