/// Why something that needs privilege could not be done.
package enum PrivilegeError: Error, Hashable, Sendable {
    /// A system call failed; `code` as errno(3).
    case system(operation: String, code: Int32)
    /// The file is there, and is no namespace.
    case notANamespace(path: String)
}
