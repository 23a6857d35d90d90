import Glibc

/// Files as the kernel hands them over.
package enum TextFile {
    /// The bytes of a file; one of more than `limit` is refused.
    package static func bytes(
        _ path: String,
        limit: Int = TextBounds.fileLength
    ) throws(FileFailure) -> [UInt8] {
        let descriptor = try opened(path)
        defer { close(descriptor) }
        return try read(descriptor, limit)
    }

    /// A descriptor to read a regular file from; whoever gets it closes it.
    package static func opened(_ path: String) throws(FileFailure) -> Int32 {
        // Without O_NONBLOCK a pipe in place of the file would be waited for.
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard descriptor >= 0 else { throw .system(errno) }
        do throws(FileFailure) {
            try requireRegularFile(descriptor)
            return descriptor
        } catch {
            close(descriptor)
            throw error
        }
    }

    private static func requireRegularFile(_ descriptor: Int32) throws(FileFailure) {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw .system(errno) }
        switch status.st_mode & S_IFMT {
        case S_IFREG: return
        case S_IFDIR: throw .system(EISDIR)
        default: throw .noRegularFile
        }
    }

    private static func read(_ descriptor: Int32, _ limit: Int) throws(FileFailure) -> [UInt8] {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 16 << 10)
        while true {
            let count = unsafe Glibc.read(descriptor, &piece, piece.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .system(errno) }
            if count == 0 { return bytes }
            bytes += piece[..<count]
            guard bytes.count <= limit else { throw .tooLong(limit) }
        }
    }

    /// The names in a folder that end in `.yaml` and do not begin with a dot, in the order of their bytes; none where there is no
    /// folder. Fails where the folder has more than `limit` names, whatever they end in.
    package static func names(in folder: String, limit: Int) throws(FileFailure) -> [String] {
        guard let directory = unsafe opendir(folder) else {
            let failure = FileFailure.system(errno)
            if failure == .system(ENOENT) { return [] }
            throw failure
        }
        defer { unsafe closedir(directory) }
        var names: [String] = []
        var seen = 0
        while let entry = unsafe readdir(directory) {
            seen += 1
            guard seen <= limit else { throw .tooManyNames(limit) }
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
            }
            if name.hasSuffix(".yaml"), !name.hasPrefix(".") { names.append(name) }
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
}
