#if CRI
import GRPCCore
import Glibc

/// Why a question to a runtime came to nothing.
enum CRIFailure: Error, Hashable, Sendable {
    /// Nobody listens at the socket, or it may not be used; `code` as errno(3).
    case connection(path: String, code: Int32)
    /// No answer within the time that was given.
    case timedOut
    /// The connection ended before all was said.
    case closed
    /// What it says is no gRPC, not what can be understood, or more than `CRIBounds.message`: the transport does not tell these apart.
    case malformed
    /// What listens there speaks gRPC, but not version 1 of the CRI.
    case strange
    /// It refuses, with a status of gRPC's.
    case refused(code: RPCError.Code)
    /// It says itself that it has more to tell than it may say in one answer.
    case tooLarge
}

extension CRIFailure {
    /// What an error says that came up while a question was asked.
    init(asking error: any Error) {
        switch error {
        case let failure as CRIFailure: self = failure
        case let error as RPCError:
            switch error.code {
            case .unimplemented: self = .strange
            case .deadlineExceeded: self = .timedOut
            case .unavailable, .cancelled: self = .closed
            case .resourceExhausted: self = .tooLarge
            case .internalError, .dataLoss: self = .malformed
            default: self = .refused(code: error.code)
            }
        case is CancellationError: self = .closed
        default: self = .malformed
        }
    }
}

extension CRIFailure: CustomStringConvertible {
    /// As a person reads it, without a full stop. Nothing in it is the runtime's own text.
    var description: String {
        switch self {
        case .connection(let path, let code): "\(path): \(Self.text(of: code))"
        case .timedOut: "no answer in time"
        case .closed: "the connection ended"
        case .malformed: "what it says cannot be understood, or is too much"
        case .strange: "does not speak the CRI"
        case .refused(let code): "answers with status \(code)"
        case .tooLarge: "has more to tell than fits into an answer"
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
#endif
