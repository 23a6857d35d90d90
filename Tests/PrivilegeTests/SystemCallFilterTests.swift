import CLinux
import Foundation
import Glibc
import KernelCalls
import Testing

@testable import Privilege

/// A filter cannot be taken back: each of these installs its own in a process of its own.
@Suite("System call filter")
struct SystemCallFilterTests {
    /// Does `body` on a thread that was there before, or is made now, and waits for it.
    static func onThread(_ body: @escaping @Sendable () -> Void) throws {
        let thread = try PrivilegedThread()
        thread.perform(body)
        thread.end()
    }

    @Test func theseCallsAreNotRefusedOtherwise() {
        // What tells of the filter below: to the same arguments the kernel itself has other objections.
        let refused = Set(Call.refused(with: EPERM))
        let asked = [
            "execve", "execveat", "ptrace", "setns", "unshare", "open_by_handle_at", "setfsuid", "personality",
        ]
        for name in asked {
            #expect(!refused.contains(name) || geteuid() != 0, "\(name)")
        }
        #expect(KernelCalls_clone(0) == EINVAL)
        #expect(KernelCalls_clone3() == EINVAL || KernelCalls_clone3() == ENOSYS)
    }

    @Test func aProcessIsRefusedOnAllItsThreads() async {
        await #expect(processExitsWith: .success) {
            let before = try PrivilegedThread()
            try #require(SystemCallFilter.install(.process) == .installed)
            let wanted = Call.ofProcess.map(\.name)
            #expect(Call.refused(Call.ofProcess, with: EPERM) == wanted)
            #expect(before.perform { Call.refused(Call.ofProcess, with: EPERM) } == wanted)
            let after = try PrivilegedThread()
            #expect(after.perform { Call.refused(Call.ofProcess, with: EPERM) } == wanted)
            #expect(wanted.count > 35)
        }
    }

    @Test func thePrivilegedThreadMayStillDoItsWork() async {
        await #expect(processExitsWith: .success) {
            let privileged = try PrivilegedThread()
            try #require(SystemCallFilter.install(.process) == .installed)
            // None of its own calls is refused by the filter: the kernel's objection is to the arguments.
            #expect(privileged.perform { Call.error(of: "setns") } == EBADF)
            #expect(privileged.perform { Call.error(of: "unshare") } == EINVAL)
            #expect(privileged.perform { KernelCalls_clone3() } != EPERM)
            if geteuid() == 0 {
                #expect(privileged.perform { CLinux_newNetworkNamespace() } == 0)
                let namespace = try NamespaceFile(path: "/proc/self/ns/net")
                let inode = try privileged.perform { () throws in
                    try privileged.within(namespace) { try NamespaceFile(path: "/proc/thread-self/ns/net").inode }
                }
                #expect(inode == namespace.inode)
                let packets = Int32(SOCK_RAW.rawValue)
                #expect(privileged.perform { socket(AF_PACKET, packets, 0) } >= 0)
            }
        }
    }

    @Test func aThreadIsRefusedMoreAndSoAreThoseItMakes() async {
        await #expect(processExitsWith: .success) {
            let privileged = try PrivilegedThread()
            let strict = try PrivilegedThread()
            try #require(SystemCallFilter.install(.process) == .installed)
            try strict.perform { () throws(PrivilegeError) in
                #expect(try SystemCallFilter.install(.thread) == .installed)
            }
            let all = Call.all.map(\.name)
            #expect(strict.perform { Call.refused(with: EPERM) } == all)
            let made = try strict.perform { () throws(PrivilegeError) in try PrivilegedThread() }
            #expect(made.perform { Call.refused(with: EPERM) } == all)
            #expect(privileged.perform { Call.refused(Call.all.filter { !$0.isOfProcess }, with: EPERM) }.count < 3)
        }
    }

    @Test func aReaderIsRefusedAllOfItAndToSpeakToAnybody() async {
        await #expect(processExitsWith: .success) {
            let before = try PrivilegedThread()
            try #require(SystemCallFilter.install(.reader) == .installed)
            #expect(Call.refused(Call.everyOne, with: EPERM) == Call.everyOne.map(\.name))
            #expect(KernelCalls_clone(1 << 28) == EPERM)
            // Whoever was there before is not bound.
            #expect(before.perform { Call.error(of: "setns") } == EBADF)
            try Self.onThread {
                #expect(Call.refused(Call.everyOne, with: EPERM).count == Call.everyOne.count)
                let file = unsafe open("/proc/self/status", O_RDONLY | O_CLOEXEC)
                #expect(file >= 0)
                close(file)
            }
        }
    }

    @Test func nobodyTypesIntoTheTerminal() async {
        await #expect(processExitsWith: .success) {
            let typing: UInt = 0x5412
            let commanding: UInt = 0x541c
            var letter = UInt8(ascii: "x")
            #expect(unsafe ioctl(-1, typing, &letter) == -1 && errno == EBADF)
            try #require(SystemCallFilter.install(.process) == .installed)
            #expect(unsafe ioctl(-1, typing, &letter) == -1 && errno == EPERM)
            #expect(unsafe ioctl(-1, commanding, &letter) == -1 && errno == EPERM)
            // The upper half of a request is not looked at by the kernel either.
            #expect(unsafe ioctl(-1, typing | 1 << 32, &letter) == -1 && errno == EPERM)
            #expect(unsafe ioctl(-1, UInt(TIOCGWINSZ), &letter) == -1 && errno == EBADF)
        }
    }

    @Test func aReaderMayEndItselfAndAskForItsLimits() async {
        await #expect(processExitsWith: .success) {
            try #require(SystemCallFilter.install(.reader) == .installed)
            var limit = rlimit()
            #expect(unsafe getrlimit(__rlimit_resource_t(7), &limit) == 0)
            #expect(pthread_kill(pthread_self(), 0) == 0)
        }
        await #expect(processExitsWith: .signal(SIGABRT)) {
            try #require(SystemCallFilter.install(.reader) == .installed)
            abort()
        }
    }

    @Test func aThreadMakesNoNamespaceHoweverItAsks() async {
        await #expect(processExitsWith: .success) {
            try #require(SystemCallFilter.install(.thread) == .installed)
            for bit in [17, 25, 26, 27, 28, 29, 30] { #expect(KernelCalls_clone(1 << bit) == EPERM, "\(bit)") }
            #expect(KernelCalls_clone(0) == EINVAL)
            #expect(KernelCalls_clone(0xffff_ffff_0000_0000) == EINVAL)
            #expect(KernelCalls_clone3() == ENOSYS)
            #expect(CLinux_newNetworkNamespace() == -1 && errno == EPERM)
            let namespace = try NamespaceFile(path: "/proc/thread-self/ns/net")
            #expect(CLinux_enterNetworkNamespace(namespace.descriptor) == -1 && errno == EPERM)
        }
    }

    @Test func noOtherProgramIsStarted() async {
        await #expect(processExitsWith: .success) {
            try #require(SystemCallFilter.install(.process) == .installed)
            var child: pid_t = 0
            var words: [UnsafeMutablePointer<CChar>?] = unsafe [strdup("true"), nil]
            #expect(unsafe posix_spawn(&child, "/bin/true", nil, nil, &words, environ) == EPERM)
            #expect(unsafe execv("/bin/true", &words) == -1 && errno == EPERM)
        }
    }

    @Test func otherNumbersForTheSameCallsAreRefused() async {
        await #expect(processExitsWith: .success) {
            try #require(SystemCallFilter.install(.thread) == .installed)
            #if arch(x86_64)
            #expect(KernelCalls_x32() == EPERM)
            #endif
        }
    }

    @Test func threadsFilesSocketsAndTasksStillWork() async {
        await #expect(processExitsWith: .success) {
            try #require(SystemCallFilter.install(.process) == .installed)
            try #require(SystemCallFilter.install(.thread) == .installed)
            try Self.onThread {
                let file = unsafe open("/proc/self/status", O_RDONLY | O_CLOEXEC)
                #expect(file >= 0)
                close(file)
                let stream = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
                let internet = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
                let netlink = socket(AF_NETLINK, Int32(SOCK_RAW.rawValue), 0)
                #expect(stream >= 0 && internet >= 0 && netlink >= 0)
                #expect(CLinux_eventDescriptor() >= 0)
                #expect(CLinux_keepCapabilities(0) == 0)
            }
            let sum = await withTaskGroup(of: Int.self) { group in
                for number in 0..<100 { group.addTask { await Task { number }.value } }
                return await group.reduce(0, +)
            }
            #expect(sum == 4950)
            #expect(try !String(contentsOfFile: "/proc/self/stat", encoding: .utf8).isEmpty)
            let child = fork()
            if child == 0 { _exit(7) }
            var status: Int32 = 0
            #expect(unsafe waitpid(child, &status, 0) == child && status == 7 << 8)
        }
    }

    @Test func aProcessIsNotFilteredOverAThreadThatHasItsOwn() async {
        await #expect(processExitsWith: .success) {
            let strict = try PrivilegedThread()
            try strict.perform { () throws(PrivilegeError) in _ = try SystemCallFilter.install(.thread) }
            #expect(throws: PrivilegeError.system(operation: "filter system calls", code: EBUSY)) {
                try SystemCallFilter.install(.process)
            }
            #expect(Call.error(of: "execve") == EFAULT)
        }
    }

    @Test func newPrivilegesAreForbiddenToAllThreadsMadeLater() async {
        await #expect(processExitsWith: .success) {
            try SystemCallFilter.noNewPrivileges()
            try Self.onThread { #expect(Self.status("NoNewPrivs") == "1") }
        }
    }

    @Test func anybodyMayInstallIt() async {
        await #expect(processExitsWith: .success) {
            if geteuid() == 0 { try #require(setgid(65_534) == 0 && setuid(65_534) == 0) }
            #expect(try SystemCallFilter.install(.process) == .installed)
            #expect(Self.status("Seccomp") == "2")
        }
    }

    /// A line of what the kernel says of the calling thread. proc_pid_status(5).
    static func status(_ name: String) -> String? {
        let text = try? String(contentsOfFile: "/proc/thread-self/status", encoding: .utf8)
        return text?.split(separator: "\n").first { $0.hasPrefix(name + ":") }
            .map { $0.dropFirst(name.count + 1).trimmingCharacters(in: .whitespaces) }
    }
}
