import Addressing
import Containers
import Testing

@testable import Detection

@Suite("Remote shells in containers")
struct RemoteShellTests {
    private func host(_ port: UInt16, _ process: String?, in inode: UInt64 = 5, protocolNumber: UInt8 = 6) -> [Alert] {
        var host = Host()
        host.run(Host.container("web", namespace: 5, image: "nginx"), at: 0)
        host.listen(in: inode, port, protocolNumber: protocolNumber, process: process, at: 1)
        host.listen(in: inode, port, protocolNumber: protocolNumber, process: process, at: 2)
        return host.found(.sshListener)
    }

    @Test(arguments: [(UInt16(22), "sshd"), (2222, "dropbear"), (4444, "nc"), (1337, "socat"), (23, "telnetd")])
    func programsAreKnownByTheirNames(port: UInt16, process: String) {
        let alerts = host(port, process)
        #expect(alerts.map(\.severity) == [60])
        #expect(alerts.first?.message == "\(process) waits for remote shells in web, on TCP \(port)")
        #expect(alerts.first?.source.container?.key.identifier == "web")
    }

    @Test func aPortIsEnoughWhereTheProcessIsNot() {
        #expect(host(22, nil).map(\.message) == ["something waits for remote shells in web, on TCP 22"])
        #expect(host(22, "nginx").map(\.message) == ["nginx waits for remote shells in web, on TCP 22"])
        #expect(host(22, nil, protocolNumber: 17).isEmpty)
    }

    @Test func othersAndTheHostsOwnAreNone() {
        #expect(host(80, "nginx").isEmpty)
        #expect(host(22, "sshd", in: 1).isEmpty)
        #expect(host(22, "sshd", in: 6).isEmpty)
    }

    @Test func aProgramThatCallsItselfOtherwiseIsKnownByItsPath() {
        var host = Host()
        host.run(Host.container("web", namespace: 5), at: 0)
        var listener = Listener(
            namespace: NetworkNamespace(inode: 5),
            protocolNumber: 6,
            address: Stream.host("::"),
            port: 9
        )
        listener.process = SocketProcess(identifier: 7, name: "kworker", executable: "/tmp/ncat")
        host.stream.journal(.listener(listener), at: 1)
        #expect(host.found(.sshListener).map(\.message) == ["ncat waits for remote shells in web, on TCP 9"])
    }
}
