import Foundation
import Glibc
import Testing

@testable import portolan

/// What the kernel's texts and sockets are taken for.
@Suite("Host facts")
struct HostFactsTests {
    @Test(
        arguments: [
            ("", []),
            ("30 23 0:27 / /sys/fs/cgroup rw shared:4 - cgroup2 cgroup2 rw,nsdelegate", [2]),
            ("32 31 0:29 / /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu", [1]),
            (
                """
                32 31 0:29 / /sys/fs/cgroup/pids rw,relatime shared:9 master:1 - cgroup cgroup rw,pids
                41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw
                """, [1, 2]
            ),
            // A mount point may be called like a file system, and a line may be torn.
            ("30 23 0:27 / /mnt/-\\040cgroup2 rw - tmpfs cgroup2 rw\n31 2 -", []),
            ("30 23 0:27 / /a - b - cgroup2 x rw", [2]),
        ] as [(String, Set<Int>)]
    )
    func readsHierarchiesFromMounts(text: String, versions: Set<Int>) {
        #expect(HostFacts.cgroupVersions(inMounts: text) == versions)
    }

    @Test(
        arguments: [
            ("Name:\tx\nCapPrm:\t0000000000000001\nCapEff:\t000001fffeffffff\n", 0x1ff_feff_ffff),
            ("CapEff:\t0000000000000000\n", 0), ("CapEff:\t\n", nil), ("CapEff:\tzz\n", nil), ("", nil),
            ("CapEff:\t1ffffffffffffffff\n", nil),
        ] as [(String, UInt64?)]
    )
    func readsCapabilitiesFromStatus(text: String, capabilities: UInt64?) {
        #expect(HostFacts.capabilities(inStatus: text) == capabilities)
    }

    @Test func looksForRuntimesWhereTheEnvironmentSays() {
        let variables = ["DOCKER_HOST": "unix:///nowhere/d.sock", "CONTAINER_HOST": "tcp://127.0.0.1:2375"]
        let runtimes = HostFacts.runtimes { variables[$0] }
        #expect(runtimes.map(\.name) == ["docker", "podman", "containerd", "crio"])
        #expect(runtimes[0].path == "/nowhere/d.sock" && runtimes[0].answer == .noSocket)
        #expect(runtimes[1].path == "/run/podman/podman.sock")
    }

    @Test func connectsToWhoeverListensAndSaysNothing() throws {
        let folder = try ScratchFolder()
        let path = folder.path("listener.sock").path
        #expect(HostFacts.Runtime.Answer(connectingTo: path) == .noSocket)
        let listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(listener) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        try #require(path.utf8.count < 108)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: Array(path.utf8)) }
        let isBound = unsafe withUnsafePointer(to: &address) { address in
            unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                unsafe bind(listener, address, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
            }
        }
        #expect(isBound)
        // Bound, and nobody listens yet.
        #expect(HostFacts.Runtime.Answer(connectingTo: path) == .refused(ECONNREFUSED))
        #expect(listen(listener, 0) == 0)
        #expect(HostFacts.Runtime.Answer(connectingTo: path) == .connected)
        let accepted = accept(listener, nil, nil)
        var byte: UInt8 = 0
        #expect(unsafe read(accepted, &byte, 1) == 0)
        close(accepted)
        // A full queue is no reason to wait.
        var answers: [HostFacts.Runtime.Answer] = []
        var waiting: [Int32] = []
        for _ in 0..<8 {
            let client = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue), 0)
            _ = unsafe withUnsafePointer(to: &address) { address in
                unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                    unsafe connect(client, address, socklen_t(MemoryLayout<sockaddr_un>.size))
                }
            }
            waiting.append(client)
            answers.append(HostFacts.Runtime.Answer(connectingTo: path))
        }
        for client in waiting { close(client) }
        #expect(answers.last == .refused(EAGAIN))
        #expect(
            HostFacts.Runtime.Answer(connectingTo: "/" + String(repeating: "x", count: 200)) == .refused(ENAMETOOLONG)
        )
    }

    @Test func readsNoMoreOfAFileThanFits() {
        #expect(TextFile.contents("/nonexistent") == nil)
        #expect(TextFile.contents("/dev/zero")?.utf8.count == 1 << 20)
    }
}
