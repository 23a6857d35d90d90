/// Why a terminal cannot be used.
package enum TerminalError: Error, Equatable, Sendable {
    /// There is none: not opened from a terminal, or it is gone.
    case notATerminal
    /// The process draws on one already.
    case inUse
    /// The system refused; the call, and errno(3).
    case refused(call: String, errno: Int32)
}
