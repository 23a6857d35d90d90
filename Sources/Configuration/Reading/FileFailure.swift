import Glibc

/// Why a file or a folder cannot be read.
enum FileFailure: Error, Equatable {
    /// As errno(3).
    case system(Int32)
    case noRegularFile
    case tooLong
    case tooManyNames

    /// Whether it is just not there.
    var isAbsence: Bool { self == .system(ENOENT) || self == .system(ENOTDIR) }
}

extension FileFailure: CustomStringConvertible {
    var description: String {
        switch self {
        case .system(ENOENT): "no such file"
        case .system(EACCES): "permission denied"
        case .system(EISDIR): "a directory"
        case .system(let code): unsafe String(cString: strerror(code))
        case .noRegularFile: "no regular file"
        case .tooLong: "longer than \(ConfigurationBounds.fileLength >> 20) MiB"
        case .tooManyNames: "more than \(ConfigurationBounds.names) names in it"
        }
    }
}
