import Glibc

/// Where the bytes of a capture come from: a file, a pipe, standard input, or memory.
struct ByteSource: ~Copyable {
    /// As the user named it.
    let path: String

    /// Bytes there are altogether; `nil` for a pipe.
    let size: UInt64?

    /// Bytes handed out so far.
    private(set) var bytesRead: UInt64 = 0

    /// Negative when the bytes are in `memory`.
    private let descriptor: Int32

    private let memory: [UInt8]

    /// Opens a file for reading; "-" is standard input, which stays open when this value goes.
    ///
    /// Opening a named pipe waits for its writer.
    init(path: String) throws(CaptureError) {
        let opened = try Self.open(path)
        let status = Self.status(of: opened)
        if status.isDirectory {
            close(opened)
            throw CaptureError(path: path, reason: .isDirectory)
        }
        self.path = path
        size = status.size
        descriptor = opened
        memory = []
    }

    /// Reads from memory, as tests and fuzzers do.
    init(bytes: [UInt8], path: String) {
        self.path = path
        memory = bytes
        size = UInt64(bytes.count)
        descriptor = -1
    }

    deinit {
        if descriptor > STDIN_FILENO { close(descriptor) }
    }

    /// Puts bytes into `target`, as many as are at hand; 0 at the end. Waits for a pipe's writer.
    mutating func read(into target: UnsafeMutableRawBufferPointer) throws(CaptureError) -> Int {
        guard descriptor >= 0 else { return unsafe copyMemory(into: target) }
        while true {
            let count = unsafe Glibc.read(descriptor, target.baseAddress, target.count)
            if count >= 0 {
                bytesRead &+= UInt64(count)
                return count
            }
            switch errno {
            case EINTR: continue
            case EAGAIN: waitForInput()
            case EISDIR: throw CaptureError(path: path, reason: .isDirectory)
            default: throw CaptureError(path: path, reason: .system(errno))
            }
        }
    }

    private mutating func copyMemory(into target: UnsafeMutableRawBufferPointer) -> Int {
        let offset = Int(bytesRead)
        let count = min(target.count, memory.count - offset)
        unsafe memory.withUnsafeBytes { bytes in
            unsafe target.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[offset..<(offset + count)]))
        }
        bytesRead &+= UInt64(count)
        return count
    }

    /// Whoever gave us standard input may have made it non-blocking.
    private func waitForInput() {
        var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        _ = unsafe poll(&request, 1, -1)
    }

    private static func open(_ path: String) throws(CaptureError) -> Int32 {
        guard path != "-" else { return STDIN_FILENO }
        let descriptor = unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor < 0 else { return descriptor }
        switch errno {
        case ENOENT, ENOTDIR: throw CaptureError(path: path, reason: .noSuchFile)
        case EACCES, EPERM: throw CaptureError(path: path, reason: .permissionDenied)
        default: throw CaptureError(path: path, reason: .system(errno))
        }
    }

    private static func status(of descriptor: Int32) -> (size: UInt64?, isDirectory: Bool) {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { return (nil, false) }
        let kind = status.st_mode & S_IFMT
        return (kind == S_IFREG ? UInt64(max(0, status.st_size)) : nil, kind == S_IFDIR)
    }
}
