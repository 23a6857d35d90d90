import Glibc

/// A terminal without a screen: a program on its one end, this on the other.
final class PseudoTerminal {
    let descriptor: Int32
    let path: String
    /// All that was read so far; text is looked for after `seen`.
    private var bytes: [UInt8] = []
    private var seen = 0
    private(set) var child: pid_t = 0

    struct Refused: Error { let call: String }

    init() throws {
        // What posix_openpt(3), unlockpt and ptsname do, which need _GNU_SOURCE: TIOCSPTLCK and TIOCGPTN, ioctl_tty(2).
        descriptor = unsafe open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        var locked: Int32 = 0
        var number: UInt32 = 0
        guard descriptor >= 0, unsafe ioctl(descriptor, 0x4004_5431, &locked) == 0,
            unsafe ioctl(descriptor, 0x8004_5430, &number) == 0
        else { throw Refused(call: "open") }
        path = "/dev/pts/\(number)"
        resize(width: 80, height: 24)
    }

    deinit {
        if child > 0 {
            kill(child, SIGKILL)
            var status: Int32 = 0
            unsafe waitpid(child, &status, 0)
        }
        close(descriptor)
    }

    /// Starts bash on it, as a login would: leader of a session whose terminal this is.
    ///
    /// `blocked` are the signals that whoever starts it has blocked. Test runners do, but not always the same.
    func start(_ script: String, environment: [String] = [], blocked: [Int32] = []) throws {
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_addopen(&actions, 0, path, O_RDWR, 0)
        unsafe posix_spawn_file_actions_adddup2(&actions, 0, 1)
        unsafe posix_spawn_file_actions_adddup2(&actions, 0, 2)
        var attributes = posix_spawnattr_t()
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        var mask = sigset_t()
        unsafe sigemptyset(&mask)
        for signal in blocked { unsafe sigaddset(&mask, signal) }
        unsafe posix_spawnattr_setsigmask(&attributes, &mask)
        // POSIX_SPAWN_SETSID, which needs _GNU_SOURCE.
        unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK) | 0x80)
        let given = ["PATH=/usr/bin:/bin", "TERM=xterm-256color", "LANG=C.UTF-8"] + environment
        var words = unsafe (["/bin/bash", "-c", script] as [String]).map { unsafe strdup($0) } + [nil]
        var variables = unsafe given.map { unsafe strdup($0) } + [nil]
        defer { unsafe (words + variables).forEach { unsafe free($0) } }
        guard unsafe posix_spawn(&child, "/bin/bash", &actions, &attributes, &words, &variables) == 0 else {
            throw Refused(call: "posix_spawn")
        }
    }

    func type(_ text: String) {
        let bytes = Array(text.utf8)
        _ = unsafe write(descriptor, bytes, bytes.count)
    }

    func resize(width: UInt16, height: UInt16) {
        var size = winsize(ws_row: height, ws_col: width, ws_xpixel: 0, ws_ypixel: 0)
        _ = unsafe ioctl(descriptor, UInt(TIOCSWINSZ), &size)
    }

    var output: String { String(decoding: bytes, as: UTF8.self) }

    /// Reads until the text came after what was found before, 20 s at most; whether it did.
    func expect(_ text: String) -> Bool {
        for _ in 0..<200 {
            if find(text) { return true }
            if !read(65_536, milliseconds: 100) { return find(text) }
        }
        return false
    }

    /// The same on a slow link: nothing for a second, then 1 KB at a time with a rest between.
    func expectSlowly(_ text: String) -> Bool {
        sleep(1)
        for round in 0..<20_000 {
            if round % 64 == 0, find(text) { return true }
            if !read(1024, milliseconds: 100) { break }
            usleep(500)
        }
        return find(text)
    }

    private func find(_ text: String) -> Bool {
        let wanted = Array(text.utf8)
        var start = seen
        while start + wanted.count <= bytes.count {
            if bytes[start] == wanted[0], bytes[start..<start + wanted.count].elementsEqual(wanted) {
                seen = start + wanted.count
                return true
            }
            start += 1
        }
        return false
    }

    /// Whether the other end is still there.
    private func read(_ limit: Int, milliseconds: Int32) -> Bool {
        var ready = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard unsafe poll(&ready, 1, milliseconds) > 0 else { return true }
        var buffer = [UInt8](repeating: 0, count: limit)
        let count = unsafe Glibc.read(descriptor, &buffer, limit)
        bytes += buffer.prefix(max(count, 0))
        return count > 0
    }
}
