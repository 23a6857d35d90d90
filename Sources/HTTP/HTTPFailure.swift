import Glibc

/// Why a request came to nothing.
package enum HTTPFailure: Error, Hashable, Sendable {
    /// Nobody listens at the socket, or it may not be used; `code` as errno(3).
    case connection(path: String, code: Int32)
    /// No answer within the time that was given.
    case timedOut
    /// The connection ended before all was said.
    case closed
    /// What the server says is no HTTP, or not what can be understood.
    case malformed
    /// The server answers with something else than what was asked for: its status, such as 404.
    case refused(status: Int)
    /// The answer is larger than was allowed.
    case tooLarge(limit: Int)
    /// What was asked for is no path that can stand in a request.
    case badTarget
    /// Whoever asked no longer wants to know.
    case cancelled
}

extension HTTPFailure: CustomStringConvertible {
    /// As a person reads it, without a full stop.
    package var description: String {
        switch self {
        case .connection(let path, let code): "\(path): \(Self.text(of: code))"
        case .timedOut: "no answer in time"
        case .closed: "the connection ended"
        case .malformed: "what it says cannot be understood"
        case .refused(let status): "answers with status \(status)"
        case .tooLarge(let limit): "the answer is larger than \(limit) bytes"
        case .badTarget: "not a path that can be asked for"
        case .cancelled: "cancelled"
        }
    }

    /// What errno(3) calls it.
    private static func text(of code: Int32) -> String {
        var buffer = [CChar](repeating: 0, count: 128)
        // The POSIX form, unlike strerror(3), may be used on any thread.
        guard strerror_r(code, &buffer, buffer.count) == 0 else { return "error \(code)" }
        return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
