import CLinux
import Foundation
import Glibc
import Testing

@testable import Privilege

@Suite("Privileged thread")
struct PrivilegedThreadTests {
    private static func inode() throws -> UInt64 { try NamespaceFile(path: "/proc/thread-self/ns/net").inode }

    @Test func handsBackWhatWasMadeThere() throws {
        let thread = try PrivilegedThread()
        defer { thread.end() }
        let here = CLinux_threadIdentifier()
        let there = thread.perform { CLinux_threadIdentifier() }
        #expect(there != here)
        #expect(thread.perform { CLinux_threadIdentifier() } == there)
    }

    @Test func throwsWhatTheBodyThrew() throws {
        let thread = try PrivilegedThread()
        defer { thread.end() }
        #expect(throws: PrivilegeError.self) { try thread.perform { () throws -> Int in try Self.fail() } }
    }

    private static func fail() throws -> Int { throw PrivilegeError.notANamespace(path: "x") }

    @Test func whoRenouncesHasNoCapabilitiesAndTheOthersKeepTheirs() throws {
        let (one, other) = try (PrivilegedThread(), PrivilegedThread())
        defer {
            one.end()
            other.end()
        }
        let before = other.perform { Self.capabilities }
        try one.perform { () throws(PrivilegeError) in try PrivilegedThread.renounce() }
        #expect(one.perform { Self.capabilities } == "0000000000000000")
        #expect(other.perform { Self.capabilities } == before)
    }

    /// Permitted ones of the calling thread, in hexadecimal. proc_pid_status(5).
    private static var capabilities: String? {
        let text = try? String(contentsOfFile: "/proc/thread-self/status", encoding: .utf8)
        return text?.split(separator: "\n").first { $0.hasPrefix("CapPrm:") }.map { String($0.dropFirst(8)) }
    }

    @Test func anOrdinaryFileIsNoNamespace() {
        #expect(throws: PrivilegeError.notANamespace(path: "/etc/hostname")) {
            _ = try NamespaceFile(path: "/etc/hostname")
        }
    }

    @Test func aFileThatIsGoneIsNamed() {
        #expect(throws: PrivilegeError.system(operation: "open /proc/0/ns/net", code: ENOENT)) {
            _ = try NamespaceFile(path: "/proc/0/ns/net")
        }
    }
}
