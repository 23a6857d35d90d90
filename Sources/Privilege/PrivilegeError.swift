import Glibc

/// Why something that needs privilege could not be done.
package enum PrivilegeError: Error, Hashable, Sendable {
    /// A system call failed; `code` as errno(3).
    case system(operation: String, code: Int32)
    /// The file is there, and is no namespace.
    case notANamespace(path: String)
}

extension PrivilegeError: CustomStringConvertible {
    /// One line: what could not be done, and why.
    package var description: String {
        switch self {
        case .system(let operation, let code): "cannot \(operation): \(unsafe String(cString: strerror(code)))"
        case .notANamespace(let path): "\(path) is no network namespace"
        }
    }
}
