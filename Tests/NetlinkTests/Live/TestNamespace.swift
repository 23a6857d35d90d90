import CLinux
import Foundation
import Glibc
import Netlink
import Privilege
import Testing

/// A network namespace with no way out, made for one test and gone with it: a thread of its own stands in it.
final class TestNamespace {
    private let thread: PrivilegedThread
    /// For ip(8), nsenter(1) and others: as long as this lives.
    let path: String

    init() throws {
        let thread = try PrivilegedThread()
        self.thread = thread
        let identifier = thread.perform { () -> Int32 in
            CLinux_newNetworkNamespace() == 0 ? CLinux_threadIdentifier() : 0
        }
        path = "/proc/\(getpid())/task/\(identifier)/ns/net"
        try #require(identifier != 0, "needs CAP_SYS_ADMIN")
        // Else whatever is done here would be done to the machine. Not even root may look at pid 1 everywhere; the threads
        // that are not asked to leave stand where the program was started.
        let machine = try NamespaceFile(path: "/proc/self/ns/net").inode
        let mine = try NamespaceFile(path: path).inode
        try #require(mine != machine)
        try ip("link", "set", "lo", "up")
    }

    deinit {
        thread.end()
    }

    /// Does `body` inside.
    func perform<Result: ~Copyable, Failure: Error>(_ body: () throws(Failure) -> Result) throws(Failure) -> Result {
        try thread.perform(body)
    }

    /// The number by which this one knows another; given now, unless it has one.
    func number(of other: TestNamespace) throws -> Int32 {
        let file = try NamespaceFile(path: other.path)
        return try perform { () throws(NetlinkError) -> Int32 in
            var socket = try NetlinkSocket(.route)
            return try socket.assignNamespaceIdentifier(to: file.descriptor)
        }
    }

    /// Runs a program inside, and returns what it prints. It must end well.
    @discardableResult
    func run(_ program: String, _ arguments: String...) throws -> String {
        try perform { () throws -> String in try ChildProcess([program] + arguments).printed() }
    }

    /// ip(8).
    func ip(_ arguments: String...) throws {
        _ = try perform { () throws -> String in try ChildProcess(["/sbin/ip"] + arguments).printed() }
    }

    /// What ip(8), bridge(8) or tc(8) print as JSON.
    func objects(_ program: String, _ arguments: String...) throws -> [[String: Any]] {
        let text = try perform { () throws -> String in
            try ChildProcess(["/sbin/\(program)", "-j"] + arguments).printed()
        }
        guard !text.isEmpty else { return [] }
        return try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]])
    }
}
