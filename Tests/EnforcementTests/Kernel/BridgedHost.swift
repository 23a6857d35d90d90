import Addressing
import Containers
import Enforcement
import Foundation
import Glibc
import Netlink
import Testing

/// A host with a bridge at 10.1.0.1 and containers on it, in the real kernel, and the inventory that tells of it.
final class BridgedHost {
    let host: KernelSpace
    private(set) var containers: [String: KernelSpace] = [:]
    var lab = Lab()
    /// Connections that were refused: namespace, address, and port.
    private var refused: Set<String> = []

    init() throws {
        host = try KernelSpace()
        // Else it is that of one port or another, and who asked before has a wrong one.
        try host.run("/sbin/ip", "link", "add", "br0", "address", "02:00:00:00:00:01", "type", "bridge")
        try host.run("/sbin/ip", "addr", "add", "10.1.0.1/24", "dev", "br0")
        try host.run("/sbin/ip", "addr", "add", "fd00:1::1/64", "dev", "br0", "nodad")
        try host.run("/sbin/ip", "link", "set", "br0", "up")
    }

    /// A container at 10.1.0.N and fd00:1::N.
    func add(_ name: String, _ number: Int, change: (inout Container) -> Void = { _ in }) throws {
        let space = try KernelSpace()
        containers[name] = space
        try host.run(
            "/sbin/ip",
            "link",
            "add",
            "veth-\(name)",
            "type",
            "veth",
            "peer",
            "name",
            "eth0",
            "netns",
            space.path
        )
        try host.run("/sbin/ip", "link", "set", "veth-\(name)", "master", "br0", "up")
        try space.run("/sbin/ip", "addr", "add", "10.1.0.\(number)/24", "dev", "eth0")
        try space.run("/sbin/ip", "addr", "add", "fd00:1::\(number)/64", "dev", "eth0", "nodad")
        try space.run("/sbin/ip", "link", "set", "eth0", "up")
        try space.run("/sbin/ip", "route", "add", "default", "via", "10.1.0.1")
        try lab.add(name, "10.1.0.\(number)", "fd00:1::\(number)", change: change)
        // The bridge forwards when its port is up, and the kernel takes its time to say so.
        for address in ["10.1.0.1", "fd00:1::1"] {
            try #require(try arrives(from: space, at: host, address, 9), "\(name) does not reach \(address)")
        }
    }

    func space(_ name: String) throws -> KernelSpace { try #require(containers[name]) }

    private static let start = (date: Date(), instant: ContinuousClock.now)

    /// Now, as the elements' ends are told to the kernel, whose own clock for them nobody sets either.
    static var now: Timestamp {
        let passed = Int64(start.instant.duration(to: .now) / .nanoseconds(1))
        return Timestamp(nanoseconds: Int64(start.date.timeIntervalSince1970 * 1e9) + passed)
    }

    /// What of some blocks shall stand in the host's namespace.
    func desired(
        _ blocks: [Block],
        neverBlock: [IPPrefix] = [],
        levels: LevelPlan? = nil
    ) -> [Nftables.Family: DesiredTable] {
        Desired(blocks: blocks, inventory: lab.inventory, neverBlock: neverBlock, levels: levels).namespaces[Lab.host]
            ?? [:]
    }

    /// A block that holds for ten minutes from now.
    static func block(_ number: UInt64, _ order: BlockOrder, seconds: Int64? = 600) -> Block {
        let start = now
        let until = seconds.map { Timestamp(nanoseconds: start.nanoseconds + $0 * 1_000_000_000) }
        return Block(identifier: BlockIdentifier(number), order: order, from: start, until: until)
    }

    /// Whether a datagram arrives, told by the receiver's count of those that nobody waits for. Sent again until one does, as the first
    /// wait for a neighbour to be found, and a busy machine takes its time.
    func arrives(from: KernelSpace, at to: KernelSpace, _ address: String, _ port: Int) throws -> Bool {
        try send(1000, from: from, at: to, address, port)
    }

    /// Whether none of some datagrams arrives.
    func isLost(from: KernelSpace, at to: KernelSpace, _ address: String, _ port: Int) throws -> Bool {
        try !send(12, from: from, at: to, address, port)
    }

    private func send(
        _ count: Int,
        from: KernelSpace,
        at to: KernelSpace,
        _ address: String,
        _ port: Int
    ) throws -> Bool {
        let group = address.contains(":") ? "Udp6" : "Udp"
        let before = try self.count(to, group)
        for sent in 1...count {
            _ = try from.attempt(["/bin/bash", "-c", "echo x > /dev/udp/\(address)/\(port)"])
            let arrived = try self.count(to, group) - before
            guard arrived > 0 else { continue }
            if arrived < sent { try settle(to, group) }
            return true
        }
        return false
    }

    /// Waits until nothing has come for 100 ms. What waited for a neighbour to be found comes after the first one.
    private func settle(_ space: KernelSpace, _ group: String) throws {
        var (last, now) = (-1, try count(space, group))
        while now != last {
            usleep(100_000)
            (last, now) = (now, try count(space, group))
        }
    }

    private func count(_ space: KernelSpace, _ group: String) throws -> Int {
        guard group == "Udp6" else { return try space.count("Udp", "NoPorts") }
        let text = try space.run("/bin/cat", "/proc/thread-self/net/snmp6")
        let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("Udp6NoPorts") })
        return try #require(line.split(whereSeparator: \.isWhitespace).last.flatMap { Int($0) })
    }

    /// Whether a connection is refused within 2 s, which is to say that its SYN arrived and the answer came back. Tried for half a minute.
    func isRefused(from: KernelSpace, _ address: String, _ port: Int) throws -> Bool {
        let deadline = ContinuousClock.now + .seconds(30)
        while true {
            if try endsWith(1, from: from, address, port) {
                refused.insert("\(from.path) \(address) \(port)")
                return true
            }
            guard ContinuousClock.now < deadline else { return false }
            usleep(50_000)
        }
    }

    /// Whether a connection gets no answer within 2 s: its program is killed. The same one must have been refused before, lest a machine that
    /// is too slow passes for a block.
    func hangs(from: KernelSpace, _ address: String, _ port: Int) throws -> Bool {
        try #require(refused.contains("\(from.path) \(address) \(port)"), "not tried while it was not blocked")
        return try endsWith(137, from: from, address, port)
    }

    private func endsWith(_ code: Int, from: KernelSpace, _ address: String, _ port: Int) throws -> Bool {
        let connect = "/usr/bin/timeout -s KILL 2 /bin/bash -c 'exec 3<>/dev/tcp/\(address)/\(port)'"
        return try from.attempt(["/bin/bash", "-c", "\(connect); [ $? -eq \(code) ]"]) != nil
    }
}
