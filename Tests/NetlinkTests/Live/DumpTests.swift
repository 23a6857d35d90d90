import CMnl
import Glibc
import Testing

@testable import Netlink

@Suite("Dumps of a real kernel") struct DumpTests {
    /// A namespace with more links than fit into one datagram, and a socket into it.
    static func crowd() throws -> TestNamespace {
        let space = try TestNamespace()
        try space.run(
            "/bin/sh",
            "-c",
            "for n in $(seq 60); do echo link add v$n type veth peer w$n; done | ip -batch -"
        )
        return space
    }

    /// Lists links, and does something once the first of them has been seen on each try.
    static func names(
        _ socket: inout NetlinkSocket,
        meanwhile: (_ turn: Int) throws -> Void
    ) throws -> [String] {
        var turn = 0
        var first: UInt32?
        var complaint: (any Error)?
        let links = try socket.dump(NetlinkRequest(RTM_GETLINK, flags: NLM_F_DUMP, ifinfomsg()), for: "list links") {
            (message) throws(NetlinkError) -> LinkMessage? in
            let link = try LinkMessage(body: message.body)
            if first == nil || first == link.index {
                first = link.index
                turn += 1
                do { try meanwhile(turn) } catch { complaint = error }
            }
            return link
        }
        if let complaint { throw complaint }
        return links.map(\.name)
    }

    @Test func areReadAgainWhenTheyChangedMeanwhile() throws {
        let space = try Self.crowd()
        var socket = try space.perform { () throws(NetlinkError) in try NetlinkSocket(.route) }
        let names = try Self.names(&socket) { turn in
            if turn == 1 { try space.ip("link", "add", "late", "type", "bridge") }
        }
        #expect(names.count == 122 && names.contains("late"))
        #expect(socket.interruptions == 1)
    }

    @Test func areGivenUpWhenTheyChangeEveryTime() throws {
        let space = try Self.crowd()
        var socket = try space.perform { () throws(NetlinkError) in try NetlinkSocket(.route) }
        #expect(throws: NetlinkError.interrupted(operation: "list links", tries: NetlinkSocket.tries)) {
            _ = try Self.names(&socket) { turn in
                try space.ip("link", "add", "late\(turn)", "type", "bridge")
            }
        }
        #expect(socket.interruptions == UInt64(NetlinkSocket.tries))
        // The socket is as good as before.
        #expect(try socket.dumpLinks().count == 121 + NetlinkSocket.tries)
    }

    @Test func whatTheReaderThrowsComesAfterTheWholeAnswer() throws {
        let space = try Self.crowd()
        var socket = try space.perform { () throws(NetlinkError) in try NetlinkSocket(.route) }
        #expect(throws: NetlinkError.malformed(operation: "mine")) {
            _ = try socket.dump(NetlinkRequest(RTM_GETLINK, flags: NLM_F_DUMP, ifinfomsg()), for: "list links") {
                (_) throws(NetlinkError) -> Int? in throw .malformed(operation: "mine")
            }
        }
        #expect(try socket.dumpLinks().count == 121)
    }

    @Test func aRequestThatIsTooLongIsNotSent() throws {
        let space = try TestNamespace()
        var socket = try space.perform { () throws(NetlinkError) in try NetlinkSocket(.route) }
        var request = NetlinkRequest(RTM_GETLINK, flags: NLM_F_DUMP, ifinfomsg())
        request.put(IFLA_IFNAME, String(repeating: "x", count: 9000))
        #expect(throws: NetlinkError.system(operation: "x", code: EMSGSIZE)) {
            try socket.exchange(request, for: "x") { _ in }
        }
        #expect(try socket.dumpLinks().count == 1)
    }

    @Test func aSocketIsClosedWithItsValueAndOnExec() throws {
        let space = try TestNamespace()
        let descriptor = try space.perform { () throws(NetlinkError) -> Int32 in
            let socket = try NetlinkSocket(.route)
            #expect(fcntl(socket.descriptor, F_GETFD) & FD_CLOEXEC != 0)
            return socket.descriptor
        }
        // Another test may have opened one of the same number since: a netlink socket is then of another port.
        var file = stat()
        let isOpen = unsafe fstat(descriptor, &file) == 0
        let names = try space.run("/bin/cat", "/proc/self/net/netlink")
        #expect(!isOpen || !names.split(separator: "\n").contains { $0.hasSuffix(" \(file.st_ino)") })
    }

    @Test func theReceiveBufferIsSet() throws {
        let space = try TestNamespace()
        var size: Int32 = 0
        try space.perform { () throws(NetlinkError) in
            let socket = try NetlinkSocket(.route)
            // More than net.core.rmem_max: forced.
            try socket.setReceiveBuffer(bytes: 8 << 20)
            var length = socklen_t(MemoryLayout<Int32>.size)
            unsafe getsockopt(socket.descriptor, SOL_SOCKET, SO_RCVBUF, &size, &length)
        }
        #expect(size == 16 << 20)
    }
}
