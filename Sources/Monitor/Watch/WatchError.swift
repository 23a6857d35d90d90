import Glibc

/// Why the host cannot be watched.
package struct WatchError: Error, Hashable, Sendable, CustomStringConvertible {
    package var operation: String
    /// As errno(3).
    package var code: Int32

    package init(operation: String, code: Int32) {
        self.operation = operation
        self.code = code
    }

    package var description: String { unsafe "cannot \(operation): \(String(cString: strerror(code)))" }
}
