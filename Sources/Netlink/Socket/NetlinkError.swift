import Glibc

/// Why the kernel could not be asked, or what it refused.
package enum NetlinkError: Error, Hashable, Sendable {
    /// A system call failed: `operation` is what was done, `code` as errno(3).
    case system(operation: String, code: Int32)
    /// The kernel answered with an error, and with its own words where it has some (NLMSGERR_ATTR_MSG).
    case refused(operation: String, code: Int32, message: String?)
    /// This kernel was built without it, or has not loaded its module.
    case absent(operation: String)
    /// What was listed changed each of the times it was read (NLM_F_DUMP_INTR).
    case interrupted(operation: String, tries: Int)
    /// An answer does not hold together.
    case malformed(operation: String)

    /// Whether a capability is lacking, and neither the kernel nor what was asked for is at fault. capabilities(7).
    package var isDenied: Bool {
        switch self {
        case .system(_, EPERM), .system(_, EACCES), .refused(_, EPERM, _), .refused(_, EACCES, _): true
        default: false
        }
    }
}

extension NetlinkError: CustomStringConvertible {
    /// One line: what was done, and what stood in the way.
    package var description: String {
        switch self {
        case .system(let operation, let code): "cannot \(operation): \(Self.text(code))"
        case .refused(let operation, let code, let message?): "cannot \(operation): \(Self.text(code)): \(message)"
        case .refused(let operation, let code, nil): "cannot \(operation): \(Self.text(code))"
        case .absent(let operation): "cannot \(operation): this kernel lacks it"
        case .interrupted(let operation, let tries): "cannot \(operation): it changed each of \(tries) times"
        case .malformed(let operation): "cannot \(operation): the kernel's answer does not hold together"
        }
    }

    private static func text(_ code: Int32) -> String { unsafe String(cString: strerror(code)) }
}
