import Addressing
import CLinux
import Enforcement
import Foundation
import Glibc
import Netlink
import Privilege
import Testing

/// A network namespace of the test's own, with no way out; a thread stands in it, and all is gone with it.
final class KernelSpace {
    private let thread: PrivilegedThread
    let path: String
    private var socket: NetlinkSocket

    init() throws {
        let thread = try PrivilegedThread()
        let identifier = thread.perform { () -> Int32 in
            CLinux_newNetworkNamespace() == 0 ? CLinux_threadIdentifier() : 0
        }
        try #require(identifier != 0, "needs CAP_SYS_ADMIN")
        let path = "/proc/\(getpid())/task/\(identifier)/ns/net"
        // Else whatever is done here would be done to the machine.
        let places = try ["/proc/self/ns/net", path].map {
            try FileManager.default.destinationOfSymbolicLink(atPath: $0)
        }
        try #require(places[0] != places[1])
        self.thread = thread
        self.path = path
        socket = try thread.perform { () throws(NetlinkError) in try NetlinkSocket(.netfilter) }
        try run("/sbin/ip", "link", "set", "lo", "up")
    }

    deinit {
        thread.end()
    }

    /// Goes on as another process would, after this one has ended: when its tables have lost their owner, which is at once, or when a
    /// program that another test has just begun has closed its copy of the socket.
    func reopen() throws {
        socket = try thread.perform { () throws(NetlinkError) in try NetlinkSocket(.netfilter) }
        let deadline = ContinuousClock.now + .seconds(30)
        while try standing().values.contains(where: { $0.table.owner != nil }) {
            try #require(ContinuousClock.now < deadline)
            usleep(10_000)
        }
    }

    /// What stands in our tables.
    func standing() throws -> [Nftables.Family: Nftables.Contents] {
        var tables: [Nftables.Family: Nftables.Contents] = [:]
        for family in [Nftables.Family.netdev, .inet, .bridge] { tables[family] = try socket.dumpContents(family) }
        return tables
    }

    /// Packets that elements and rules of ours have counted, of whatever block.
    func stopped() throws -> UInt64 {
        try standing().values.reduce(0) { sum, contents in
            let elements = contents.elements.values.joined().compactMap(\.counter)
            let rules = contents.rules.values.joined().compactMap(\.counter)
            return (elements + rules).reduce(sum) { $0 + $1.packets }
        }
    }

    /// Makes of what stands what shall stand, and gives the changes that took.
    @discardableResult
    func bring(
        to desired: [Nftables.Family: DesiredTable],
        flags: Nftables.Table.Flags = [],
        at time: @autoclosure () -> Timestamp
    ) throws -> [TableChange] {
        let difference = Difference(to: desired, from: try standing(), flags: flags, at: time())
        try socket.commit(difference.batch)
        return difference.changes
    }

    /// Makes changes, all at once.
    func commit(_ changes: [TableChange]) throws {
        var batch = Nftables.Batch()
        for change in changes { change.write(into: &batch) }
        try socket.commit(batch)
    }

    func verification(
        of desired: [Nftables.Family: DesiredTable],
        flags: Nftables.Table.Flags = [],
        at time: @autoclosure () -> Timestamp
    ) throws -> Verification {
        let standing = try standing()
        return Verification(of: desired, by: standing, flags: flags, at: time())
    }

    /// Does something inside, such as opening a socket.
    func perform<Result: Sendable>(_ body: @Sendable () -> Result) throws -> Result { thread.perform { body() } }

    /// Sends an IPv4 packet as it is, from a raw socket that asks conntrack to leave fragments alone. raw(7), ip(7)
    func sendRaw(_ packet: [UInt8]) throws {
        let flags = Int32(SOCK_RAW.rawValue | SOCK_CLOEXEC.rawValue)
        let descriptor = try perform { Glibc.socket(AF_INET, flags, Int32(IPPROTO_RAW)) }
        try #require(descriptor >= 0, "needs CAP_NET_RAW")
        defer { close(descriptor) }
        // IP_NODEFRAG of linux/in.h.
        var isOn: Int32 = 1
        let isSet = unsafe setsockopt(descriptor, Int32(IPPROTO_IP), 22, &isOn, socklen_t(MemoryLayout<Int32>.size))
        try #require(isSet == 0, "errno \(errno)")
        var place = sockaddr_in()
        place.sin_family = sa_family_t(AF_INET)
        place.sin_addr.s_addr = packet[16..<20].reversed().reduce(0) { $0 << 8 | UInt32($1) }
        _ = unsafe withUnsafePointer(to: &place) {
            unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe sendto(descriptor, packet, packet.count, 0, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }

    /// Runs a program inside, and returns what it prints; nil when it does not end well.
    func attempt(_ arguments: [String]) throws -> String? {
        try thread.perform { () throws -> String? in try Self.spawn(arguments) }
    }

    /// The same of a program that must end well.
    @discardableResult
    func run(_ arguments: String...) throws -> String {
        try #require(try attempt(arguments), "\(arguments.joined(separator: " "))")
    }

    /// Devices called `veth-c0` and so on; bridges, as any kind will do.
    func addDevices(_ count: Int) throws {
        let lines = "for i in $(seq 0 \(count - 1)); do echo link add veth-c$i type bridge; done"
        try run("/bin/bash", "-c", "\(lines) | /sbin/ip -batch -")
    }

    /// A counter of /proc/net/snmp, such as `Udp NoPorts`.
    func count(_ group: String, _ name: String) throws -> Int {
        let lines = try run("/bin/cat", "/proc/thread-self/net/snmp").split(separator: "\n")
            .filter { $0.hasPrefix("\(group): ") }.map { $0.split(separator: " ") }
        let place = try #require(lines.first?.firstIndex(of: name[...]))
        return try #require(Int(lines[1][place]))
    }

    private static func spawn(_ arguments: [String]) throws -> String? {
        let output = NSTemporaryDirectory() + "portolan-enforcement-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: output) }
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        unsafe posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        var words = unsafe arguments.map { unsafe strdup($0) } + [nil]
        defer { unsafe words.forEach { unsafe free($0) } }
        var child: pid_t = 0
        try #require(unsafe posix_spawn(&child, arguments[0], &actions, nil, &words, environ) == 0, "\(arguments)")
        var status: Int32 = 0
        while unsafe waitpid(child, &status, 0) < 0, errno == EINTR {}
        return status == 0 ? try String(contentsOfFile: output, encoding: .utf8) : nil
    }
}
