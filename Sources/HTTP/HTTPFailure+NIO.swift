import Glibc
import NIOCore
import NIOHTTP1

extension HTTPFailure {
    /// What an error says that came up before there was a connection.
    init(connectingTo path: String, _ error: any Error) {
        switch error {
        case let failure as HTTPFailure: self = failure
        case let error as IOError: self = .connection(path: path, code: error.errnoCode)
        // sockaddr_un has 108 bytes for it.
        case is SocketAddressError: self = .connection(path: path, code: ENAMETOOLONG)
        default: self = .timedOut
        }
    }

    /// What an error says that came up while an answer was read.
    init(inAnswer error: any Error) {
        switch error {
        case let failure as HTTPFailure: self = failure
        case HTTPParserError.invalidEOFState, is IOError, is ChannelError: self = .closed
        default: self = .malformed
        }
    }
}
