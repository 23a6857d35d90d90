import Glibc
import HTTP

extension HostFacts.Runtime.Answer {
    /// Whether somebody accepts at a runtime's socket.
    init(connectingTo path: String) {
        switch UnixSocket.connect(path) {
        case 0: self = .connected
        case ENOENT, ENOTDIR: self = .noSocket
        case let code: self = .refused(code)
        }
    }
}
