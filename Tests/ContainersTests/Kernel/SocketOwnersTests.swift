import Foundation
import Glibc
import Testing

@testable import Containers

@Suite("Socket owners") struct SocketOwnersTests {
    private func inode(_ descriptor: Int32) -> UInt64 {
        var file = stat()
        #expect(unsafe fstat(descriptor, &file) == 0)
        return UInt64(file.st_ino)
    }

    @Test func findsTheProcessThatHoldsASocket() throws {
        let socket = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
        let other = Glibc.socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        defer {
            close(socket)
            close(other)
        }
        let sockets: Set = [inode(socket), inode(other), UInt64.max]
        let result = SocketOwners.find(sockets, in: [getpid(), Int32.max])
        #expect(Set(result.owners.keys) == [inode(socket), inode(other)])
        let owner = try #require(result.owners[inode(socket)])
        #expect(owner.identifier == getpid())
        #expect(owner.executable == (try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")))
        #expect(!owner.name.isEmpty)
        #expect(!result.isTruncated)
    }

    @Test func ofAProcessAndItsChildrenTheFirstIsGiven() throws {
        let tree = try FakeTree()
        for process in [31, 30, 32] as [Int32] {
            try tree.process(process, "p\(process)", cgroup: "0::/\n", namespace: 1)
            try tree.link("\(process)/fd/3", to: "socket:[700]")
            try tree.link("\(process)/fd/0", to: "/dev/null")
            try tree.link("\(process)/fd/4", to: "socket:[\(800 + process)]")
            try tree.link("\(process)/fd/5", to: "socket:[x]")
        }
        let result = SocketOwners.find([700, 831, 9], in: [32, 31, 30, 30], root: tree.path)
        #expect(result.owners[700]?.name == "p30")
        #expect(result.owners[831]?.identifier == 31)
        #expect(result.owners.count == 2)
    }

    @Test func nothingIsLookedForInNothing() {
        #expect(SocketOwners.find([], in: [getpid()]) == SocketOwners.Result())
        #expect(SocketOwners.find([1], in: []) == SocketOwners.Result())
    }
}
