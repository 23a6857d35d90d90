import Glibc

/// Why one of the kernel's files could not be read. What has merely gone meanwhile is no error and never shows as one.
package struct KernelFileError: Error, Hashable, Sendable {
    package let path: String
    /// As errno(3).
    package let code: Int32

    package init(path: String, code: Int32) {
        self.path = path
        self.code = code
    }

    /// Whether the file, or the process it told of, was gone: ordinary in /proc and among control groups.
    package var isGone: Bool { code == ENOENT || code == ESRCH || code == ENODEV || code == ENOTDIR }

    /// Whether a capability lacks.
    package var isDenied: Bool { code == EACCES || code == EPERM }
}

extension KernelFileError: CustomStringConvertible {
    package var description: String { "cannot read \(path): \(unsafe String(cString: strerror(code)))" }
}
