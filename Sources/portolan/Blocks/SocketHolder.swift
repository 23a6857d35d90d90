import Glibc

/// A process that listens at a Unix socket, by what the kernel says of it.
struct SocketHolder {
    let process: Int32

    /// Whether it is one of ours: the same program file, or one of that name.
    var isPortolan: Bool {
        guard let program = Self.program(of: "\(process)") else { return false }
        if program == Self.program(of: "self") { return true }
        return program.split(separator: "/").last.map { $0 == "portolan" || $0 == "portolan (deleted)" } ?? false
    }

    private static func program(of process: String) -> String? {
        var room = [CChar](repeating: 0, count: 4096)
        let count = unsafe readlink("/proc/\(process)/exe", &room, room.count - 1)
        guard count > 0 else { return nil }
        return String(decoding: room.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Ends it at once, as it may be stopped or hang, and waits until it is gone, at most a second; whether it is.
    func end() -> Bool {
        guard kill(process, SIGKILL) == 0 || errno == ESRCH else { return false }
        for _ in 0..<200 {
            if kill(process, 0) != 0 || isZombie { return true }
            usleep(5000)
        }
        return false
    }

    /// Whether it has ended and only its parent was not told yet: its sockets are closed.
    private var isZombie: Bool {
        guard let text = TextFile.contents("/proc/\(process)/stat"), let end = text.lastIndex(of: ")") else {
            return true
        }
        return text[end...].dropFirst(2).first == "Z"
    }
}
