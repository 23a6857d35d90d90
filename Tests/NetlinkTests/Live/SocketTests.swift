import Addressing
import Foundation
import Glibc
import Testing

@testable import Netlink

@Suite("Sockets of a real kernel") struct SocketTests {
    static let loopback = IPAddress.v4(IPv4Address(bits: 0x7f00_0001))
    static let loopback6 = IPAddress.v6(IPv6Address(high: 0, low: 1))

    @Test func areWhatSSPrints() throws {
        let space = try TestNamespace()
        let open = try space.perform { () throws -> [LiveSocket] in
            let listener = try LiveSocket(LiveSocket.stream, port: 7001)
            try listener.listen()
            let other = try LiveSocket(LiveSocket.stream, isIPv6: true, isLoopback: false, port: 7002)
            try other.listen()
            let client = try LiveSocket(LiveSocket.stream)
            try client.connect(port: 7001)
            // An IPv4 connection to an IPv6 socket.
            let mixed = try LiveSocket(LiveSocket.stream)
            try mixed.connect(port: 7002)
            let datagrams = try LiveSocket(LiveSocket.datagram, isLoopback: false, port: 7003)
            return [listener, other, client, mixed, datagrams]
        }
        let sockets = try space.perform { () throws(NetlinkError) -> [SocketMessage] in
            var socket = try NetlinkSocket(.socketDiagnostics)
            return try socket.sockets(.tcp, in: [.waiting(.tcp), .connected])
                + socket.sockets(.udp, in: .waiting(.udp))
        }
        let text = { (end: SocketEnd) in
            let address = end.isAnyAddress ? (end.address.isIPv6 ? "*" : "0.0.0.0") : end.address.description
            return "\(address):\(end.port == 0 ? "*" : String(end.port))"
        }
        let got = sockets.map { "\(text($0.local)) \(text($0.remote)) \($0.inode)" }
        var printed: [String] = []
        for line in try space.run("/usr/bin/ss", "-H", "-n", "-a", "-t", "-u", "-e").split(separator: "\n") {
            let fields = line.split(separator: " ")
            let inode = fields.first { $0.hasPrefix("ino:") }?.dropFirst(4) ?? "0"
            // ss(8) shows an IPv6 socket's IPv4 as [::ffff:127.0.0.1].
            let ends = fields[4...5].map { $0.replacing("[::ffff:", with: "").replacing("]", with: "") }
            printed.append("\(ends[0]) \(ends[1]) \(inode)")
        }
        #expect(got.sorted() == printed.sorted())
        #expect(got.count == 7)
        #expect(Set(sockets.map { UInt64($0.inode) }).isSuperset(of: open.map(\.inode)))
    }

    @Test func oneIsFoundByItsEnds() throws {
        let space = try TestNamespace()
        let (listener, client, queries, resolver) = try space.perform { () throws in
            let listener = try LiveSocket(LiveSocket.stream, port: 7001)
            try listener.listen()
            let client = try LiveSocket(LiveSocket.stream)
            try client.connect(port: 7001)
            let resolver = try LiveSocket(LiveSocket.datagram, isIPv6: true, isLoopback: false, port: 7053)
            let queries = try LiveSocket(LiveSocket.datagram)
            try queries.connect(port: 7053)
            return (listener, client, queries, resolver)
        }
        try space.perform { () throws in
            var socket = try NetlinkSocket(.socketDiagnostics)
            let end = { (port: UInt16) in SocketEnd(address: Self.loopback, port: port) }
            let near = try socket.socket(.tcp, local: end(client.port), remote: end(7001))
            #expect(near.map { UInt64($0.inode) } == client.inode && near?.state == .established)
            let far = try socket.socket(.tcp, local: end(7001), remote: end(client.port))
            #expect(far?.state == .established && far?.inode != near?.inode)
            // Who else would come is met by the listener.
            let waiting = try socket.socket(.tcp, local: end(7001), remote: end(1))
            #expect(waiting.map { UInt64($0.inode) } == listener.inode && waiting?.state == .listening)
            #expect(try socket.socket(.tcp, local: end(7999), remote: end(1)) == nil)

            let asks = try socket.socket(.udp, local: end(queries.port), remote: end(7053))
            #expect(asks.map { UInt64($0.inode) } == queries.inode && asks?.state == .established)
            let answers = try socket.socket(.udp, local: end(7053), remote: end(queries.port))
            #expect(answers.map { UInt64($0.inode) } == resolver.inode && answers?.family == UInt8(AF_INET6))
            let end6 = { (port: UInt16) in SocketEnd(address: Self.loopback6, port: port) }
            let same = try socket.socket(.udp, local: end6(7053), remote: end6(9))
            #expect(same?.inode == answers?.inode)
            #expect(try socket.socket(.udp, local: end(7054), remote: end(queries.port)) == nil)
            #expect(try socket.socket(.udp, local: end(7053), remote: end6(9)) == nil)
        }
    }

    @Test func whoSendsIsTheConnectionItselfOrAllThatShareAPort() throws {
        let space = try TestNamespace()
        try space.perform { () throws in
            let listener = try LiveSocket(LiveSocket.stream, port: 7001)
            try listener.listen()
            let client = try LiveSocket(LiveSocket.stream)
            try client.connect(port: 7001)
            let alone = try LiveSocket(LiveSocket.datagram, isLoopback: false, port: 7002)
            let dual = try LiveSocket(LiveSocket.datagram, isIPv6: true, isLoopback: false, port: 7003)
            let asks = try LiveSocket(LiveSocket.datagram)
            try asks.connect(port: 7002)

            var socket = try NetlinkSocket(.socketDiagnostics)
            let end = { (port: UInt16) in SocketEnd(address: Self.loopback, port: port) }
            let own = try socket.senders(.tcp, local: end(client.port), remote: end(7001))
            #expect(own.map { UInt64($0.inode) } == [client.inode])
            // Whoever listens sends nothing from there to others.
            #expect(try socket.senders(.tcp, local: end(7001), remote: end(9)).isEmpty)
            let connected = try socket.senders(.udp, local: end(asks.port), remote: end(7002))
            #expect(connected.map { UInt64($0.inode) } == [asks.inode])
            let free = try socket.senders(.udp, local: end(7002), remote: end(9))
            #expect(free.map { UInt64($0.inode) } == [alone.inode])
            let mapped = try socket.senders(.udp, local: end(7003), remote: end(9))
            #expect(mapped.map { UInt64($0.inode) } == [dual.inode])
            let end6 = { (port: UInt16) in SocketEnd(address: Self.loopback6, port: port) }
            #expect(try socket.senders(.udp, local: end6(7003), remote: end6(9)).count == 1)
            #expect(try socket.senders(.udp, local: end6(7002), remote: end6(9)).isEmpty)
        }
    }

    @Test func allThatShareAPortMayHaveSent() throws {
        let space = try TestNamespace()
        let script = """
            import socket, time
            held = []
            for address in ["0.0.0.0", "127.0.0.1", "0.0.0.0", "127.0.0.2"]:
                s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
                s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
                s.bind((address, 7053)); held.append(s)
            time.sleep(600)
            """
        let child = try space.perform { () throws in try ChildProcess(["/usr/bin/python3", "-c", script]) }
        var found: [SocketMessage] = []
        for _ in 0..<300 where found.count < 3 {
            usleep(20_000)
            found = try space.perform { () throws(NetlinkError) -> [SocketMessage] in
                var socket = try NetlinkSocket(.socketDiagnostics)
                let end = SocketEnd(address: Self.loopback, port: 7053)
                return try socket.senders(.udp, local: end, remote: SocketEnd(address: Self.loopback, port: 9))
            }
        }
        #expect(Set(found.map(\.inode)).count == 3)
        _ = child
    }

    @Test func whoReceivesIsWhoeverAcceptedOrElseListens() throws {
        let space = try TestNamespace()
        try space.perform { () throws in
            let listener = try LiveSocket(LiveSocket.stream, port: 7001)
            try listener.listen()
            let client = try LiveSocket(LiveSocket.stream)
            try client.connect(port: 7001)
            var socket = try NetlinkSocket(.socketDiagnostics)
            let end = { (port: UInt16) in SocketEnd(address: Self.loopback, port: port) }
            // Nobody has accepted it.
            let waits = try socket.receiver(.tcp, local: end(7001), remote: end(client.port))
            #expect(waits.map { UInt64($0.inode) } == listener.inode && waits?.state == .listening)
            let accepted = try listener.accept()
            let takes = try socket.receiver(.tcp, local: end(7001), remote: end(client.port))
            #expect(takes.map { UInt64($0.inode) } == accepted.inode && takes?.state == .established)
            #expect(try socket.receiver(.tcp, local: end(7002), remote: end(client.port)) == nil)
        }
    }

    @Test func anIPv6SocketSaysWhetherItHearsIPv4() throws {
        let space = try TestNamespace()
        let open = try space.perform { () throws -> [LiveSocket] in
            let both = try LiveSocket(LiveSocket.stream, isIPv6: true, isLoopback: false, port: 7001)
            let one = try LiveSocket(
                LiveSocket.stream,
                isIPv6: true,
                isIPv6Only: true,
                isLoopback: false,
                port: 7002
            )
            for socket in [both, one] { try socket.listen() }
            return [both, one]
        }
        let sockets = try space.perform { () throws(NetlinkError) -> [SocketMessage] in
            var socket = try NetlinkSocket(.socketDiagnostics)
            return try socket.sockets(.tcp, in: .waiting(.tcp))
        }
        #expect(sockets.first { $0.local.port == 7001 }?.isIPv6Only == false)
        #expect(sockets.first { $0.local.port == 7002 }?.isIPv6Only == true)
        #expect(open.map(\.port) == [7001, 7002])
    }

    @Test func oneTellsTheControlGroupOfWhoOpenedIt() throws {
        let mounts = try String(contentsOfFile: "/proc/self/mounts", encoding: .utf8)
        let mount = try #require(
            mounts.split(separator: "\n").map { $0.split(separator: " ") }.first { $0[2] == "cgroup2" }.map { $0[1] },
            "needs a cgroup2 mount"
        )
        let folder = "\(mount)/portolan-netlink-\(getpid())"
        try #require(unsafe mkdir(folder, 0o755) == 0)
        defer { unsafe rmdir(folder) }
        let space = try TestNamespace()
        let script = """
            import socket, time
            s = socket.socket(); s.bind(("127.0.0.1", 7001)); s.listen(); time.sleep(600)
            """
        let command = "echo $$ > \(folder)/cgroup.procs && exec python3 -c '\(script)'"
        var child: ChildProcess? = try space.perform { () throws in try ChildProcess(["/bin/sh", "-c", command]) }
        var sockets: [SocketMessage] = []
        for _ in 0..<300 where sockets.isEmpty {
            usleep(20_000)
            sockets = try space.perform { () throws(NetlinkError) -> [SocketMessage] in
                var socket = try NetlinkSocket(.socketDiagnostics)
                return try socket.sockets(.tcp, in: .waiting(.tcp))
            }
        }
        var file = stat()
        try #require(unsafe stat(folder, &file) == 0)
        #expect(sockets.map(\.cgroup) == [UInt64(file.st_ino)])
        #expect(file.st_ino != 1 && child != nil)
        // The group can be removed once nobody is in it.
        child = nil
    }
}
