import CLinux
import Containers
import Glibc
import Privilege
import Synchronization

/// The files of a recording, written on a thread of its own: whoever captures never waits for the disk.
///
/// Files are made with mode 0640, and never over one that is there. What does not fit into the queue is for whoever fills it to leave out.
@safe final class RecordingFiles: @unchecked Sendable {
    /// What is handed over.
    enum Piece: Sendable {
        case bytes([UInt8])
        /// Another file begins.
        case file(UInt32)
    }

    private struct State {
        var isEnding = false
        var isOver = false
        var failure: RecordingFailure?
    }

    private let settings: RecordingSettings
    private let pieces: Inbox<Piece>
    private let state = Mutex(State())
    private let spare = Mutex<[[UInt8]]>([])
    private var thread: WorkerThread?
    // Of the thread alone, once it runs.
    private var descriptor: Int32 = -1
    private var kept: [String] = []
    /// How many numbers an earlier run has used: names go on behind it.
    private let used: UInt32

    /// Pieces that wait: of 64 KiB or so each, 16 MiB in all. Changes are put beyond that, up to the second.
    private static var softLimit: Int { 256 }
    private static var hardLimit: Int { 4096 }
    private static var spareLimit: Int { 16 }

    /// Makes the first file. Throws `RecordingFailure`, `WatchError` or `PrivilegeError`.
    init(_ settings: RecordingSettings) throws {
        self.settings = settings
        used = Self.highestNumber(settings)
        pieces = try Inbox(limit: Self.hardLimit)
        try open(1)
        thread = try WorkerThread { self.work() }
    }

    deinit {
        if descriptor > STDERR_FILENO { close(descriptor) }
    }

    /// Whether there is room for more frames.
    var hasRoom: Bool { pieces.count < Self.softLimit }

    /// Why nothing more is written.
    var failure: RecordingFailure? { state.withLock(\.failure) }

    /// Room that was written out already, or some that is new.
    func room() -> [UInt8] { spare.withLock { $0.popLast() } ?? [] }

    /// Keeps the memory of what was written: freed on one thread and asked for on another it would go back to the kernel each time.
    private func reuse(_ piece: inout Piece) {
        guard case .bytes(var bytes) = exchange(&piece, with: .bytes([])), bytes.capacity > 0 else { return }
        bytes.removeAll(keepingCapacity: true)
        spare.withLock { spare in
            if spare.count < Self.spareLimit { spare.append(bytes) }
        }
    }

    func put(_ piece: Piece) {
        guard pieces.put(CollectionOfOne(piece)) != 0 else { return }
        // Without what was told between the frames the rest is worth little.
        state.withLock { $0.failure = $0.failure ?? RecordingFailure(path: settings.path, code: ENOBUFS) }
    }

    /// Waits until all is written, five seconds at most.
    func finish() throws(RecordingFailure) {
        state.withLock { $0.isEnding = true }
        pieces.put(CollectionOfOne(.bytes([])))
        for _ in 0..<500 where !state.withLock(\.isOver) { usleep(10_000) }
        guard state.withLock(\.isOver) else { throw RecordingFailure(path: settings.path, code: ENOBUFS) }
        thread?.join()
        if let failure { throw failure }
    }

    /// Ends, and removes the first file.
    func discard() {
        try? finish()
        if settings.path != "-" { unsafe unlink(settings.path(of: used &+ 1)) }
    }

    private func work() {
        // Made before anybody knows what the session may do; writing takes no capability.
        try? PrivilegedThread.renounce()
        while true {
            var request = pollfd(fd: pieces.descriptor, events: Int16(POLLIN), revents: 0)
            _ = unsafe poll(&request, 1, -1)
            // Asked before they are taken: what was put before the end was asked for is among them.
            let isEnding = state.withLock(\.isEnding)
            var taken = pieces.take()
            for index in taken.indices where failure == nil {
                do throws(RecordingFailure) {
                    switch taken[index] {
                    case .bytes(let bytes): try write(bytes)
                    case .file(let number): try open(number)
                    }
                    reuse(&taken[index])
                } catch {
                    state.withLock { $0.failure = $0.failure ?? error }
                }
            }
            if isEnding {
                state.withLock { $0.isOver = true }
                return
            }
        }
    }

    /// The highest number that a file of such a name has already, as an earlier run left it; 0 when there is none.
    private static func highestNumber(_ settings: RecordingSettings) -> UInt32 {
        guard settings.isRing, settings.path != "-" else { return 0 }
        let (head, tail) = settings.ends
        let cut = head.lastIndex(of: "/").map(head.index(after:)) ?? head.startIndex
        // The folder may be a symbolic link, which is followed for the dot behind it.
        guard var names = try? DirectoryNames("\(head[..<cut]).", in: CLinux_currentDirectory()) else { return 0 }
        var highest: UInt32 = 0
        while let (name, _) = names.next() {
            guard name.hasPrefix(head[cut...]), name.hasSuffix(tail) else { continue }
            let digits = name.dropFirst(head[cut...].count).dropLast(tail.count)
            if digits.count >= 5, let number = UInt32(digits) { highest = max(highest, number) }
        }
        return highest
    }

    private func open(_ number: UInt32) throws(RecordingFailure) {
        if descriptor > STDERR_FILENO { close(descriptor) }
        let path = settings.path(of: used &+ number)
        if path == "-" {
            descriptor = STDOUT_FILENO
            return
        }
        descriptor = unsafe Glibc.open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOCTTY, 0o640)
        guard descriptor >= 0 else { throw RecordingFailure(path: path, code: errno) }
        // Whatever the mask of this process is: packets are its owner's and its group's business.
        fchmod(descriptor, 0o640)
        guard let limit = settings.files, settings.isRing else { return }
        kept.append(path)
        while kept.count > max(1, limit) { unsafe unlink(kept.removeFirst()) }
    }

    private func write(_ bytes: [UInt8]) throws(RecordingFailure) {
        var offset = 0
        while offset < bytes.count {
            let written = unsafe bytes.withUnsafeBytes { buffer in
                unsafe Glibc.write(descriptor, buffer.baseAddress.map { unsafe $0 + offset }, buffer.count - offset)
            }
            if written > 0 {
                offset += written
            } else if errno != EINTR {
                throw RecordingFailure(path: settings.path, code: errno)
            }
        }
    }
}
