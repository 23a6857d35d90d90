import Glibc

/// Why a file or a folder cannot be read.
package enum FileFailure: Error, Equatable {
    /// As errno(3).
    case system(Int32)
    case noRegularFile
    /// It has more bytes than that.
    case tooLong(Int)
    /// More names than that are in it.
    case tooManyNames(Int)

    /// Whether it is just not there.
    package var isAbsence: Bool { self == .system(ENOENT) || self == .system(ENOTDIR) }
}

extension FileFailure: CustomStringConvertible {
    package var description: String {
        switch self {
        case .system(ENOENT): "no such file"
        case .system(EACCES): "permission denied"
        case .system(EISDIR): "a directory"
        case .system(let code): unsafe String(cString: strerror(code))
        case .noRegularFile: "no regular file"
        case .tooLong(let length): "longer than \(length >> 20) MiB"
        case .tooManyNames(let count): "more than \(count) names in it"
        }
    }
}
