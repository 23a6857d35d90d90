import Addressing
import CMnl
import Foundation
import Glibc
import Testing

@testable import Netlink

@Suite("Connections of a real kernel") struct ConnectionTests {
    /// A namespace where port 9000 is sent on to 7001, both on the loopback; and who listens there.
    static func published() throws -> (TestNamespace, LiveSocket) {
        let space = try TestNamespace()
        try space.run(
            "/usr/sbin/nft",
            """
            table ip n { chain o { type nat hook output priority -100; tcp dport 9000 dnat to 127.0.0.1:7001; }; }
            table ip6 n { chain o { type nat hook output priority -100; tcp dport 9000 dnat to [::1]:7001; }; }
            """
        )
        let listener = try space.perform { () throws in
            let listener = try LiveSocket(LiveSocket.stream, isIPv6: true, isLoopback: false, port: 7001)
            try listener.listen()
            return listener
        }
        return (space, listener)
    }

    static func connect(_ space: TestNamespace, isIPv6: Bool = false) throws -> LiveSocket {
        try space.perform { () throws in
            let client = try LiveSocket(LiveSocket.stream, isIPv6: isIPv6)
            try client.connect(isIPv6: isIPv6, port: 9000)
            return client
        }
    }

    /// As conntrack(8) writes a direction.
    static func text(_ tuple: ConnectionTuple) -> String {
        "src=\(tuple.source) dst=\(tuple.destination) sport=\(tuple.sourcePort) dport=\(tuple.destinationPort)"
    }

    @Test func areWhatConntrackPrints() throws {
        let (space, listener) = try Self.published()
        let clients = [try Self.connect(space), try Self.connect(space, isIPv6: true)]
        let connections = try space.perform { () throws(NetlinkError) -> [ConnectionMessage] in
            var socket = try NetlinkSocket(.netfilter)
            var all: [ConnectionMessage] = []
            try socket.dumpConnections { all.append($0) }
            return all
        }
        var printed: [String] = []
        for family in ["ipv4", "ipv6"] {
            for line in try space.run("/usr/sbin/conntrack", "-L", "-f", family).split(separator: "\n") {
                let fields = line.split(separator: " ").filter {
                    $0.contains("=") && !$0.hasPrefix("mark=") && !$0.hasPrefix("use=")
                }
                printed.append(fields.map { String($0) }.joined(separator: " "))
            }
        }
        let got = connections.map { "\(Self.text($0.original)) \(Self.text($0.reply))" }
        // conntrack(8) writes every group of an IPv6 address of zeros as we do.
        #expect(got.sorted() == printed.sorted())
        #expect(got.count == 2)
        for client in clients {
            let connection = try #require(connections.first { $0.original.sourcePort == client.port })
            #expect(connection.original.destinationPort == 9000 && connection.reply.sourcePort == 7001)
            #expect(connection.isTranslated && connection.status?.contains(.destinationTranslated) == true)
            #expect(connection.status?.contains(.sourceTranslated) == false)
        }
        #expect(listener.port == 7001)
    }

    @Test func areForgottenOneByOne() throws {
        let (space, listener) = try Self.published()
        let clients = [try Self.connect(space), try Self.connect(space, isIPv6: true), try Self.connect(space)]
        let (forgotten, again, left) = try space.perform {
            () throws(NetlinkError) -> (Bool, Bool, [ConnectionMessage]) in
            var socket = try NetlinkSocket(.netfilter)
            var all: [ConnectionMessage] = []
            try socket.dumpConnections { all.append($0) }
            guard let one = all.first(where: { $0.original.sourcePort == clients[0].port }) else {
                return (false, false, all)
            }
            let forgotten = try socket.forgetConnection(one)
            let again = try socket.forgetConnection(one)
            var left: [ConnectionMessage] = []
            try socket.dumpConnections { left.append($0) }
            return (forgotten, again, left)
        }
        #expect(forgotten && !again)
        #expect(Set(left.map(\.original.sourcePort)) == Set(clients.dropFirst().map(\.port)))
        #expect(listener.port == 7001)
    }

    /// Whoever holds the socket is told, and nobody else is.
    @Test(arguments: [false, true]) func socketsAreEnded(isIPv6: Bool) throws {
        let (space, listener) = try Self.published()
        let clients = [try Self.connect(space, isIPv6: isIPv6), try Self.connect(space, isIPv6: isIPv6)]
        let (ended, again) = try space.perform { () throws(NetlinkError) -> (Bool, Bool) in
            var socket = try NetlinkSocket(.socketDiagnostics)
            var all: [SocketMessage] = []
            for isIPv6 in [false, true] {
                try socket.dumpSockets(.tcp, isIPv6: isIPv6, in: SocketStates(.established)) { all.append($0) }
            }
            guard let one = all.first(where: { $0.local.port == clients[0].port }) else { return (false, false) }
            return (try socket.endSocket(one, .tcp), try socket.endSocket(one, .tcp))
        }
        #expect(ended && !again)
        #expect(clients[0].pendingError == ECONNABORTED)
        #expect(clients[1].pendingError == 0)
        #expect(listener.port == 7001)
    }

    @Test func eventsTellOfATranslation() throws {
        let (space, listener) = try Self.published()
        var events = try space.perform { () throws(NetlinkError) in
            try ConnectionEvents([.new, .updated, .ended])
        }
        let client = try Self.connect(space)
        var all: [ConnectionEvent] = []
        while try events.receive({ all.append($0) }) {}
        let new = all.compactMap { if case .new(let connection) = $0 { connection } else { nil } }
        #expect(new.count == 1 && new.first?.original.sourcePort == client.port)
        #expect(new.first?.original.destinationPort == 9000 && new.first?.reply.sourcePort == 7001)
        #expect(new.first?.isTranslated == true)
        #expect(
            all.contains {
                if case .updated(let connection) = $0 { connection.status?.contains(.assured) == true } else { false }
            }
        )

        try space.run("/usr/sbin/conntrack", "-D", "-p", "tcp", "--dport", "9000")
        all = []
        while try events.receive({ all.append($0) }) {}
        let ended = all.compactMap { if case .ended(let connection) = $0 { connection } else { nil } }
        #expect(ended.map(\.identifier) == new.map(\.identifier) && ended.first?.isTranslated == true)
        #expect(events.losses == 0 && listener.port == 7001)
    }

    @Test func onlyWhatWasAskedForIsHeard() throws {
        let (space, listener) = try Self.published()
        var events = try space.perform { () throws(NetlinkError) in try ConnectionEvents() }
        let client = try Self.connect(space)
        var all: [ConnectionEvent] = []
        while try events.receive({ all.append($0) }) {}
        #expect(all.count == 1 && client.port != 0 && listener.port == 7001)
    }

    @Test func lostOnesAreTold() throws {
        let (space, listener) = try Self.published()
        var events = try space.perform { () throws(NetlinkError) in try ConnectionEvents(bufferSize: 4096) }
        for _ in 0..<30 { _ = try Self.connect(space) }
        var all: [ConnectionEvent] = []
        while try events.receive({ all.append($0) }) {}
        #expect(all.last == .lost && events.losses == 1 && all.count < 31 && listener.port == 7001)
    }

    @Test func oneIsFoundByEitherDirection() throws {
        let (space, listener) = try Self.published()
        let (client, client6) = (try Self.connect(space), try Self.connect(space, isIPv6: true))
        try space.perform { () throws in
            var socket = try NetlinkSocket(.netfilter)
            for (address, port) in [(SocketTests.loopback, client.port), (SocketTests.loopback6, client6.port)] {
                var tuple = ConnectionTuple(
                    source: address,
                    destination: address,
                    protocolNumber: 6,
                    sourcePort: port,
                    destinationPort: 9000
                )
                let found = try #require(try socket.connection(of: tuple))
                #expect(found.original == tuple && found.reply.sourcePort == 7001)
                #expect(try socket.connection(of: found.reply)?.identifier == found.identifier)
                tuple.sourcePort = 1
                #expect(try socket.connection(of: tuple) == nil)
            }
        }
        #expect(listener.port == 7001)
    }

    @Test func anEchoHasNoPorts() throws {
        let (space, _) = try Self.published()
        let connections = try space.perform { () throws -> [ConnectionMessage] in
            // Echo request of identifier 0x1234, number 1, with its checksum.
            let packet: [UInt8] = [8, 0, 0xe5, 0xca, 0x12, 0x34, 0, 1]
            let raw = Glibc.socket(AF_INET, Int32(SOCK_RAW.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 1)
            defer { close(raw) }
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
            let sent = unsafe withUnsafeBytes(of: &address) { bytes in
                unsafe sendto(
                    raw,
                    packet,
                    packet.count,
                    0,
                    bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self),
                    16
                )
            }
            #expect(sent == 8)
            var socket = try NetlinkSocket(.netfilter)
            var all: [ConnectionMessage] = []
            try socket.dumpConnections { all.append($0) }
            return all
        }
        let echo = try #require(connections.first { $0.original.protocolNumber == 1 })
        #expect(echo.original.query == .init(identifier: 0x1234, type: 8, code: 0) && !echo.isTranslated)
        #expect(echo.reply.query?.type == 0)
    }

    @Test func aPartTheKernelLacksIsAbsent() throws {
        let space = try TestNamespace()
        try space.perform { () throws in
            var socket = try NetlinkSocket(.netfilter)
            try socket.requireConnectionTracking()
            // No part of netfilter has this number, in this kernel or any.
            #expect(throws: NetlinkError.absent(operation: "x")) {
                try socket.requireSubsystem(200, message: 0, for: "x")
            }
        }
    }
}
