/// Why a request came to nothing.
package enum HTTPFailure: Error, Hashable, Sendable {
    /// Nobody listens at the socket, or it may not be used; `code` as errno(3).
    case connection(path: String, code: Int32)
    /// No answer within the time that was given.
    case timedOut
    /// The answer breaks HTTP, or ends early.
    case malformed
    /// The answer is larger than was allowed.
    case tooLarge(limit: Int)
}
