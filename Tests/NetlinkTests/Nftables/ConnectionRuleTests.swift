import Addressing
import Foundation
import Glibc
import Testing

@testable import Netlink

/// Rules that know of connections and of who has the socket, on the loopback of a namespace.
@Suite("Connections and nftables") struct ConnectionRuleTests {
    static let loopback = IPAddress.v4(IPv4Address(bits: 0x7f00_0001))

    /// A namespace with a chain where the loopback's packets come in, and one of rules.
    static func space(_ hook: Nftables.Hook, _ rules: Nftables.Rule...) throws -> NftablesSpace {
        let space = try NftablesSpace()
        try space.commit { (batch) in
            batch.add(Nftables.Table(.inet))
            batch.add(Nftables.Chain(.inet, "c", base: .init(hook)))
            for rule in rules { batch.append(rule, to: "c", of: .inet) }
        }
        return space
    }

    static func counters(_ space: NftablesSpace) throws -> [UInt64] {
        try space.socket.dumpRules(.inet, chain: "c").map { $0.rule.counter?.packets ?? 0 }
    }

    /// Both ends of a new connection to a port that is listened on.
    static func connect(_ space: NftablesSpace, to listener: LiveSocket) throws -> (LiveSocket, LiveSocket) {
        try space.namespace.perform { () throws in
            let client = try LiveSocket(LiveSocket.stream)
            try client.connect(port: listener.port)
            return (client, try listener.accept())
        }
    }

    static func listener(_ space: NftablesSpace) throws -> LiveSocket {
        try space.namespace.perform { () throws in
            let listener = try LiveSocket(LiveSocket.stream)
            try listener.listen()
            return listener
        }
    }

    /// Whether an octet sent on one end arrives at the other.
    static func carries(_ connection: (LiveSocket, LiveSocket)) -> Bool {
        guard unsafe send(connection.0.descriptor, "x", 1, 0) == 1 else { return false }
        var wanted = pollfd(fd: connection.1.descriptor, events: Int16(POLLIN), revents: 0)
        var octet: UInt8 = 0
        guard unsafe poll(&wanted, 1, 5000) == 1 else { return false }
        return unsafe recv(connection.1.descriptor, &octet, 1, 0) == 1
    }

    @Test func newOnesAreRefusedAndOldOnesGoOn() throws {
        let space = try NftablesSpace()
        let listener = try Self.listener(space)
        let old = try Self.connect(space, to: listener)
        let chain = Nftables.Chain(.inet, "c", base: .init(.input))
        try space.commit { (batch) in
            batch.add(Nftables.Table(.inet))
            batch.add(chain)
            batch.append(.init(.tcpFlags(0x02, of: 0x12), .counter, .rejectWithReset), to: "c", of: .inet)
        }
        #expect(Self.carries(old))
        #expect { _ = try Self.connect(space, to: listener) } throws: { error in
            (error as? LiveSocket.Failure)?.code == ECONNREFUSED
        }
        #expect(try Self.counters(space) == [1])
        #expect(Self.carries(old))
    }

    @Test func theStateOfAConnectionIsKnown() throws {
        let space = try Self.space(
            .input,
            .init(.connectionState([.established, .related]), .counter, .accept),
            .init(.connectionState(.new), .counter, .accept),
            .init(.connectionState(.invalid), .counter, .drop)
        )
        let listener = try Self.listener(space)
        let connection = try Self.connect(space, to: listener)
        #expect(Self.carries(connection))
        let counters = try Self.counters(space)
        // The first packet is new, and all others of it belong to what it began.
        #expect(counters[1] == 1 && counters[0] >= 3 && counters[2] == 0)
    }

    @Test func aRejectedSenderIsTold() throws {
        let space = try Self.space(.input, .init(.inetProtocol(17), .counter, .reject))
        let code = try space.namespace.perform { () throws -> Int32 in
            let receiver = try LiveSocket(LiveSocket.datagram)
            let sender = try LiveSocket(LiveSocket.datagram)
            try sender.connect(port: receiver.port)
            unsafe send(sender.descriptor, "x", 1, 0)
            // The error that ICMP brought waits at the socket.
            var wanted = pollfd(fd: sender.descriptor, events: Int16(POLLIN), revents: 0)
            unsafe poll(&wanted, 1, 5000)
            var octet: UInt8 = 0
            return unsafe recv(sender.descriptor, &octet, 1, Int32(MSG_DONTWAIT)) < 0 ? errno : 0
        }
        #expect(code == EHOSTUNREACH)
        #expect(try Self.counters(space) == [1])
    }

    @Test func noMoreThanTheLimitIsCounted() throws {
        let space = try Self.space(.input, .init(.inetProtocol(17), .limit(perSecond: 1, burst: 5), .counter))
        try space.namespace.perform { () throws in
            let sender = try DatagramSocket()
            for _ in 0..<100 { sender.send(to: Self.loopback, port: 9) }
        }
        let counted = try Self.counters(space)[0]
        #expect(counted >= 5 && counted < 50)
    }

    /// Where the unified hierarchy of cgroups is; nil when there is none.
    static var unified: String? {
        ["/sys/fs/cgroup", "/sys/fs/cgroup/unified"].first {
            FileManager.default.fileExists(atPath: $0 + "/cgroup.controllers")
        }
    }

    @Test(.enabled(if: unified != nil, "no unified hierarchy of cgroups"))
    func aCgroupIsFoundByItsNumber() throws {
        let group = try #require(Self.unified) + "/portolan-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: group, withIntermediateDirectories: false)
        defer { _ = unsafe rmdir(group) }
        let attributes = try FileManager.default.attributesOfItem(atPath: group)
        let identifier = try #require(attributes[.systemFileNumber] as? UInt64)
        let set = Nftables.Set(.inet, "groups", key: [.cgroupsv2])
        let rule = Nftables.Rule(.lookup([.cgroup(level: 1)], in: "groups"), .counter, .drop)
        let space = try NftablesSpace()
        try space.commit { (batch) in
            batch.add(Nftables.Table(.inet))
            batch.add(Nftables.Chain(.inet, "c", base: .init(.output)))
            batch.add(set)
            batch.add([.init(.init(.cgroup(identifier)))], to: set)
            batch.append(rule, to: "c", of: .inet)
        }
        #expect(try space.socket.dumpRules(.inet).map(\.rule.declared) == [rule])
        let shell = { (words: String) throws -> Bool in
            try space.namespace.perform { () throws in try ChildProcess(["/bin/bash", "-c", words]).isWell }
        }
        #expect(try shell("echo x > /dev/udp/127.0.0.1/9"))
        #expect(try !shell("echo $$ > \(group)/cgroup.procs && echo x > /dev/udp/127.0.0.1/9"))
        #expect(try Self.counters(space) == [1])
        // nft(8) finds the path of a cgroup, or writes its number.
        #expect(try space.listed().contains("socket cgroupv2 level 1 @groups counter packets 1 "))
        #expect(try space.socket.dumpElements(of: set).first?.key.fields([.cgroupsv2]) == [.cgroup(identifier)])
    }
}
