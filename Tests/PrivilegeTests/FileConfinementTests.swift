import CLinux
import Foundation
import Glibc
import Testing

@testable import Privilege

/// What the kernel refuses to whoever is confined. It cannot be taken back: each of these is a process of its own.
@Suite("File confinement", .enabled(if: FileConfinement.version.number ?? 0 >= 3, "this kernel has no Landlock"))
struct FileConfinementTests {
    /// A folder with a file `inside` and a folder `below` in which there is another.
    struct Place {
        let folder: String
        /// Older than what binds the others: it may still take all away.
        private let janitor: PrivilegedThread

        init() throws {
            janitor = try PrivilegedThread()
            var name = Array("\(FileManager.default.temporaryDirectory.path)/confined-XXXXXX".utf8CString)
            folder = try #require(unsafe mkdtemp(&name).map { unsafe String(cString: $0) })
            try Data("inside".utf8).write(to: URL(fileURLWithPath: folder + "/inside"))
            try Data("beside".utf8).write(to: URL(fileURLWithPath: folder + "/beside"))
            try FileManager.default.createDirectory(atPath: folder + "/below", withIntermediateDirectories: false)
        }

        /// errno(3) of opening one of its files, or 0; a path that begins with a slash is taken as it is.
        func error(_ name: String, _ flags: Int32) -> Int32 {
            let path = name.hasPrefix("/") ? name : "\(folder)/\(name)"
            let descriptor = unsafe open(path, flags | O_CLOEXEC, 0o600)
            if descriptor < 0 { return errno }
            close(descriptor)
            return 0
        }

        func remove() {
            janitor.perform { try? FileManager.default.removeItem(atPath: folder) }
            janitor.end()
        }
    }

    /// errno(3) of a connection to a port at which nobody is; the kernel itself says ECONNREFUSED.
    static func errorOfConnecting() -> Int32 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { return errno }
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(1).bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        let status = unsafe withUnsafePointer(to: &address) { address in
            unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                unsafe connect(descriptor, address, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        return status == 0 ? 0 : errno
    }

    @Test func nothingOfThisIsRefusedOtherwise() throws {
        let place = try Place()
        defer { place.remove() }
        #expect(place.error("beside", O_RDONLY) == 0)
        #expect(place.error("new", O_WRONLY | O_CREAT) == 0)
        #expect(place.error("/etc/shadow", O_RDONLY) == 0 || geteuid() != 0)
        #expect(Self.errorOfConnecting() == ECONNREFUSED)
    }

    @Test func aReaderOpensWhatItIsToReadAndNothingElse() async {
        await #expect(processExitsWith: .success) {
            let place = try Place()
            defer { place.remove() }
            let early = unsafe open(place.folder + "/beside", O_RDWR | O_CLOEXEC)
            let rules = try FileConfinementTests.reader(place)
            try #require(rules.begin() == .begun)
            #expect(place.error("inside", O_RDONLY) == 0)
            #expect(place.error("inside", O_WRONLY) == EACCES)
            #expect(place.error("inside", O_RDONLY | O_TRUNC) == EACCES)
            #expect(place.error("beside", O_RDONLY) == EACCES)
            #expect(place.error("/etc/shadow", O_RDONLY) == EACCES)
            #expect(place.error("/proc/self/maps", O_RDONLY) == EACCES)
            #expect(place.error("/", O_RDONLY | O_DIRECTORY) == EACCES)
            #expect(place.error("new", O_WRONLY | O_CREAT) == EACCES)
            #expect(place.error("missing", O_RDONLY) == ENOENT)
            #expect(unsafe unlink(place.folder + "/inside") == -1 && errno == EACCES)
            #expect(unsafe rename(place.folder + "/inside", place.folder + "/other") == -1 && errno == EACCES)
            #expect(unsafe mkdir(place.folder + "/folder", 0o700) == -1 && errno == EACCES)
            #expect(unsafe truncate(place.folder + "/inside", 0) == -1 && errno == EACCES)
            // What was open stays so.
            #expect(unsafe write(early, "x", 1) == 1)
        }
    }

    @Test func aReaderListsNoFolderAndReadsNoFileOfOneThatItWasGiven() async {
        await #expect(processExitsWith: .success) {
            let place = try Place()
            defer { place.remove() }
            var rules = FileConfinement(.reader)
            rules.allowReading(place.folder)
            try #require(rules.begin() == .begun)
            // So that a folder in place of a capture is told as one.
            #expect(place.error("", O_RDONLY | O_DIRECTORY) == 0)
            #expect(place.error("inside", O_RDONLY) == EACCES)
        }
    }

    @Test func aReaderWritesWhatItIsToWrite() async {
        await #expect(processExitsWith: .success) {
            let place = try Place()
            defer { place.remove() }
            var rules = FileConfinement(.reader)
            rules.allowWriting(place.folder + "/inside")
            rules.allowWriting(place.folder + "/below/new")
            try #require(rules.begin() == .begun)
            #expect(place.error("inside", O_WRONLY | O_TRUNC) == 0)
            #expect(place.error("inside", O_RDONLY) == EACCES)
            #expect(place.error("below/new", O_WRONLY | O_CREAT | O_TRUNC) == 0)
            #expect(place.error("beside", O_WRONLY) == EACCES)
            #expect(place.error("another", O_WRONLY | O_CREAT) == EACCES)
        }
    }

    @Test func aReaderReachesNobody() async {
        await #expect(processExitsWith: .success) {
            let place = try Place()
            defer { place.remove() }
            try #require(FileConfinementTests.reader(place).begin() == .begun)
            if FileConfinement.version.number ?? 0 >= 4 { #expect(FileConfinementTests.errorOfConnecting() == EACCES) }
            if FileConfinement.version.number ?? 0 >= 6 { #expect(kill(getppid(), 0) == -1 && errno == EPERM) }
            try #require(SystemCallFilter.install(.reader) == .installed)
            #expect(FileConfinementTests.errorOfConnecting() == EPERM)
            #expect(socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0) == -1 && errno == EPERM)
        }
    }

    @Test func nothingIsRun() async {
        await #expect(processExitsWith: .success) {
            var words: [UnsafeMutablePointer<CChar>?] = unsafe [strdup("true"), nil]
            try #require(FileConfinement(.watcher).begin() == .begun)
            #expect(unsafe execv("/bin/true", &words) == -1 && errno == EACCES)
        }
    }

    @Test func aWatcherReadsEverywhereAndWritesInItsOwnFoldersOnly() async {
        await #expect(processExitsWith: .success) {
            let place = try Place()
            defer { place.remove() }
            var rules = FileConfinement(.watcher)
            rules.allowOwning(folder: place.folder + "/below")
            try #require(rules.begin() == .begun)
            #expect(place.error("/proc/self/maps", O_RDONLY) == 0)
            #expect(place.error("beside", O_RDONLY) == 0)
            #expect(place.error("beside", O_WRONLY) == EACCES)
            #expect(place.error("new", O_WRONLY | O_CREAT) == EACCES)
            let below = place.folder + "/below"
            #expect(place.error("below/new", O_RDWR | O_CREAT | O_TRUNC) == 0)
            #expect(unsafe mkdir(below + "/kept", 0o700) == 0)
            #expect(unsafe link(below + "/new", below + "/kept/new") == 0)
            #expect(unsafe rename(below + "/new", below + "/other") == 0)
            #expect(unsafe unlink(below + "/other") == 0)
            // Out of its folder nothing goes, by no name.
            #expect(unsafe link(below + "/kept/new", place.folder + "/out") == -1)
            #expect(unsafe rename(below + "/kept/new", place.folder + "/out") == -1)
            #expect(socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0) >= 0)
        }
    }

    @Test func threadsMadeLaterAreBoundAndOthersAreNot() async {
        await #expect(processExitsWith: .success) {
            let place = try Place()
            defer { place.remove() }
            let before = try PrivilegedThread()
            try #require(FileConfinementTests.reader(place).begin() == .begun)
            #expect(before.perform { place.error("beside", O_RDONLY) } == 0)
            let after = try PrivilegedThread()
            #expect(after.perform { place.error("beside", O_RDONLY) } == EACCES)
            after.end()
            before.end()
        }
    }

    @Test func pipesByTheirNumberNeedNoRule() async {
        await #expect(processExitsWith: .success) {
            var ends: [Int32] = [0, 0]
            try #require(unsafe pipe(&ends) == 0)
            var rules = FileConfinement(.reader)
            rules.allowReading("/dev/fd/\(ends[0])")
            rules.allowReading("/nowhere/at/all")
            try #require(rules.begin() == .begun)
            let again = unsafe open("/proc/self/fd/\(ends[0])", O_RDONLY | O_CLOEXEC | O_NONBLOCK)
            #expect(again >= 0)
        }
    }

    @Test func anybodyMayBegin() async {
        await #expect(processExitsWith: .success) {
            if geteuid() == 0 { try #require(setgid(65_534) == 0 && setuid(65_534) == 0) }
            var rules = FileConfinement(.reader)
            rules.allowReading("/etc/group")
            #expect(try rules.begin() == .begun)
            #expect(unsafe open("/etc/group", O_RDONLY | O_CLOEXEC) >= 0)
            #expect(unsafe open("/etc/passwd", O_RDONLY | O_CLOEXEC) == -1 && errno == EACCES)
        }
    }

    @Test func whereTheKernelRefusesAllGoesOn() async {
        await #expect(processExitsWith: .success) {
            // Sixteen are the most that stand on each other.
            for _ in 0..<16 { try #require(FileConfinement(.watcher).begin() == .begun) }
            #expect(try FileConfinement(.watcher).begin() == .unavailable)
        }
    }

    static func reader(_ place: Place) throws -> FileConfinement {
        var rules = FileConfinement(.reader)
        rules.allowReading(place.folder + "/inside")
        return rules
    }
}
