import Addressing
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
        case bytes([UInt8], Contents)
        /// Another file begins.
        case file(UInt32)
        /// Something is to be done with files that are there.
        case look
    }

    /// What is in some bytes.
    struct Contents: Sendable {
        var frames: UInt64 = 0
        /// When the first of them passed.
        var first: Timestamp?
        /// When the earliest and the latest of them passed.
        var span: ClosedRange<Timestamp>?
    }

    private struct State {
        var isEnding = false
        var isOver = false
        var failure: RecordingFailure?
        /// The number of the file that failed, and of the last that was asked for.
        var failed: UInt32 = 0
        var asked: UInt32 = 1
        /// Frames that were handed over and not written.
        var lost: UInt64 = 0
    }

    private let settings: RecordingSettings
    private let pieces: Inbox<Piece>
    private let state = Mutex(State())
    private let spare = Mutex<[[UInt8]]>([])
    private var thread: WorkerThread?
    // Of the thread alone, once it runs.
    private var descriptor: Int32 = -1
    private var kept: [String] = []
    /// Of the file that is open, and whether it has frames.
    private var path = ""
    private var hasFrames = false
    /// How many numbers others have used: names go on behind it.
    private var used: UInt32
    /// The number of the file that is open, or could not be made.
    private var current: UInt32 = 1

    /// Pieces that wait: of 64 KiB or so each, 16 MiB in all. Changes are put beyond that, up to the second.
    private static var softLimit: Int { 256 }
    private static var hardLimit: Int { 4096 }
    private static var spareLimit: Int { 16 }
    /// Names that are taken by others, after which a file of a ring is not made.
    private static var takenLimit: Int { 16 }

    /// Makes the first file. Throws `RecordingFailure`, `WatchError` or `PrivilegeError`.
    init(_ settings: RecordingSettings) throws {
        self.settings = settings
        used = Self.highestNumber(settings)
        pieces = try Inbox(limit: Self.hardLimit)
        try open(1)
        let pieces = pieces
        settings.ring?.serve { pieces.put(CollectionOfOne(.look)) }
        // A ring's begins when whoever owns it has given up what it does not need.
        if settings.ring == nil { try begin() }
    }

    /// Begins to write; another time it does nothing.
    func begin() throws {
        if thread == nil { thread = try WorkerThread { self.work() } }
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
        guard case .bytes(var bytes, _) = exchange(&piece, with: .look), bytes.capacity > 0 else { return }
        bytes.removeAll(keepingCapacity: true)
        spare.withLock { spare in
            if spare.count < Self.spareLimit { spare.append(bytes) }
        }
    }

    /// How many of the frames that were handed over could not be written.
    var lost: UInt64 { state.withLock(\.lost) }

    func put(_ piece: Piece) {
        if case .file(let number) = piece { state.withLock { $0.asked = number } }
        guard pieces.put(CollectionOfOne(piece)) != 0 else { return }
        // Without what was told between the frames the rest is worth little.
        let number = state.withLock(\.asked)
        fail(RecordingFailure(path: settings.path, code: ENOBUFS, isRing: settings.ring != nil), in: number)
        lose(piece)
    }

    private func fail(_ failure: RecordingFailure, in number: UInt32) {
        state.withLock { state in
            state.failure = state.failure ?? failure
            state.failed = max(state.failed, number)
        }
    }

    /// Whether a file may be begun: none where it was tried already, or as the queue was full before its turn came.
    private func mayBegin(_ number: UInt32) -> Bool {
        state.withLock { $0.failure == nil || settings.ring != nil && number > $0.failed }
    }

    private func lose(_ piece: Piece) {
        if case .bytes(_, let contents) = piece { state.withLock { $0.lost += contents.frames } }
    }

    /// Waits until all is written, five seconds at most.
    func finish() throws(RecordingFailure) {
        state.withLock { $0.isEnding = true }
        try? begin()
        pieces.put(CollectionOfOne(.look))
        for _ in 0..<500 where !state.withLock(\.isOver) { usleep(10_000) }
        guard state.withLock(\.isOver) else { throw RecordingFailure(path: settings.path, code: ENOBUFS) }
        thread?.join()
        if let failure { throw failure }
    }

    /// Ends, and removes the first file; of a ring, the end does.
    func discard() {
        try? finish()
        if settings.path != "-", settings.ring == nil { unsafe unlink(settings.path(of: used &+ 1)) }
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
            for index in taken.indices {
                take(taken[index])
                reuse(&taken[index])
            }
            if isEnding {
                endRing()
                state.withLock { $0.isOver = true }
                return
            }
        }
    }

    private func take(_ piece: Piece) {
        do throws(RecordingFailure) {
            switch piece {
            case .look: settings.ring?.work()
            case .file(let number):
                guard mayBegin(number) else { return }
                current = number
                try open(number)
                // Unless it failed again meanwhile.
                state.withLock { if number > $0.failed { $0.failure = nil } }
            case .bytes(let bytes, let contents):
                guard failure == nil else {
                    settings.ring?.work()
                    return lose(piece)
                }
                try write(bytes)
                hasFrames = hasFrames || contents.frames > 0
                settings.ring?.wrote(bytes.count, contents.span)
            }
        } catch {
            lose(piece)
            fail(error, in: current)
            endRingFile()
        }
    }

    /// No more comes for the ring's newest file. One without a packet is worth nothing, and there would be another with every attempt and with
    /// every start. One that could not be made is none of the ring's, whose newest is another then.
    private func endRingFile() {
        guard let ring = settings.ring else { return }
        let isGone = !hasFrames && descriptor >= 0
        if isGone {
            unsafe unlink(path)
            close(descriptor)
            descriptor = -1
        }
        ring.ended(isGone: isGone)
    }

    private func endRing() {
        guard let ring = settings.ring else { return }
        endRingFile()
        ring.serve(nil)
        // What was asked for meanwhile.
        ring.work()
    }

    /// The highest number that a file of such a name has already, as an earlier run left it; 0 when there is none.
    private static func highestNumber(_ settings: RecordingSettings) -> UInt32 {
        guard settings.isRing, settings.path != "-" else { return 0 }
        if let ring = settings.ring { return ring.highestNumber }
        let head = settings.ends.head
        // The folder may be a symbolic link, which is followed for the dot behind it.
        let folder = head[..<(head.lastIndex(of: "/").map(head.index(after:)) ?? head.startIndex)]
        guard var names = try? DirectoryNames("\(folder).", in: CLinux_currentDirectory()) else { return 0 }
        var highest: UInt32 = 0
        while let (name, _) = names.next() { highest = max(highest, settings.number(of: name) ?? 0) }
        return highest
    }

    private func open(_ number: UInt32) throws(RecordingFailure) {
        if descriptor > STDERR_FILENO { close(descriptor) }
        descriptor = -1
        hasFrames = false
        path = settings.path(of: used &+ number)
        if path == "-" {
            descriptor = STDOUT_FILENO
            return
        }
        descriptor = make(path)
        // Somebody else has the name: the next one will do.
        var taken = 0
        while descriptor < 0, errno == EEXIST, settings.ring != nil, taken < Self.takenLimit {
            taken += 1
            used &+= 1
            path = settings.path(of: used &+ number)
            descriptor = make(path)
        }
        guard descriptor >= 0 else {
            throw RecordingFailure(path: path, code: errno, isRing: settings.ring != nil)
        }
        // Whatever the mask of this process is: packets are its owner's and its group's business.
        fchmod(descriptor, 0o640)
        if let ring = settings.ring { return ring.began(used &+ number, path) }
        guard let limit = settings.files, settings.isRing else { return }
        kept.append(path)
        while kept.count > max(1, limit) { unsafe unlink(kept.removeFirst()) }
    }

    private func make(_ path: String) -> Int32 {
        unsafe Glibc.open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOCTTY, 0o640)
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
                throw RecordingFailure(path: settings.path, code: errno, isRing: settings.ring != nil)
            }
        }
    }
}

extension RecordingFiles.Contents {
    mutating func add(_ time: Timestamp) {
        frames += 1
        guard let span else {
            (first, span) = (time, time...time)
            return
        }
        if !span.contains(time) { self.span = min(span.lowerBound, time)...max(span.upperBound, time) }
    }

    mutating func add(_ more: Self) {
        guard let span = more.span else { return }
        frames += more.frames
        first = first ?? more.first
        self.span = self.span.map { min($0.lowerBound, span.lowerBound)...max($0.upperBound, span.upperBound) } ?? span
    }
}
