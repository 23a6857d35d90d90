import Foundation
import Glibc
import Testing

@testable import Containers

@Suite("Namespace finder", .serialized) struct NamespaceFinderTests {
    private func processes() throws -> [ProcessFacts] {
        var scan = ProcessScan()
        var processes: [ProcessFacts] = []
        _ = try scan.run { processes.append($0) }
        return processes
    }

    private func inode(_ path: String) throws -> UInt64 {
        var file = stat()
        #expect(unsafe stat(path, &file) == 0)
        return UInt64(file.st_ino)
    }

    @Test func findsTheNamespaceOfAProcess() throws {
        let process = try TestProcess("exec unshare --net sh -c 'echo; read _'")
        defer { process.end() }
        let wanted = NetworkNamespace(inode: try inode("/proc/\(process.identifier)/ns/net"))
        let result = NamespaceFinder().find(try processes())
        let found = try #require(result.namespaces.first { $0.namespace == wanted })
        #expect(found.process == process.identifier)
        #expect(found.processes == 1)
        #expect(found.mountPoint == nil)
        #expect(try inode(found.path) == wanted.inode)
        let own = try inode("/proc/self/ns/net")
        #expect(result.namespaces.first { $0.namespace.inode == own }?.process != nil)
    }

    /// As Docker keeps an overlay's: nobody is in it, and where it is mounted only the daemon sees.
    @Test func findsANamespaceThatOnlyAMountInAnotherMountNamespaceKeeps() throws {
        let tree = try FakeTree()
        let file = tree.path + "/1-abc def"
        let process = try TestProcess(
            """
            exec unshare -m --propagation private sh -c "touch '\(file)'; unshare --net='\(file)' true; echo; read _"
            """
        )
        defer { process.end() }
        let there = "/proc/\(process.identifier)/root\(file)"
        let wanted = NetworkNamespace(inode: try inode(there))
        let result = NamespaceFinder(directories: [tree.path]).find(try processes())
        let found = try #require(result.namespaces.first { $0.namespace == wanted })
        #expect(found.process == nil)
        #expect(found.processes == 0)
        #expect(found.mountPoint == file)
        #expect(found.name == "1-abc def")
        #expect(found.path == there)
        // From here it is an empty file, and that is as it should be.
        #expect(result.passedOver == [])
    }

    @Test func findsANamespaceMountedHereAndSaysWhatIsNone() throws {
        let tree = try FakeTree()
        try tree.file("plain", "")
        try tree.directory("directory")
        try tree.link("link", to: "/proc/self/ns/net")
        unsafe mkfifo(tree.path + "/fifo", 0o600)
        let file = tree.path + "/blue"
        try TestProcess.run("touch \(file); unshare --net=\(file) true")
        defer { unsafe umount(file) }
        let wanted = NetworkNamespace(inode: try inode(file))
        let result = NamespaceFinder(directories: [tree.path, "/nowhere"]).find(try processes())
        let found = try #require(result.namespaces.first { $0.namespace == wanted })
        #expect(found.path == file)
        #expect(found.name == "blue")
        #expect(result.passedOver == ["directory", "fifo", "link", "plain"].map { "\(tree.path)/\($0)" })
    }

    @Test func aNamedNamespaceWithAProcessHasBoth() throws {
        let tree = try FakeTree()
        let file = tree.path + "/red"
        try tree.file("red", "")
        let process = try TestProcess("exec unshare --net=\(file) sh -c 'echo; read _'")
        defer {
            process.end()
            unsafe umount(file)
        }
        let wanted = NetworkNamespace(inode: try inode(file))
        let found = try #require(NamespaceFinder().find(try processes()).namespaces.first { $0.namespace == wanted })
        #expect(found.process == process.identifier)
        #expect(found.mountPoint == file)
        #expect(found.path == "/proc/\(process.identifier)/ns/net")
    }

    @Test func aMountUnderAnotherIsPassedOver() throws {
        let tree = try FakeTree()
        let file = tree.path + "/below"
        try TestProcess.run("touch \(file); unshare --net=\(file) true")
        let hidden = try inode(file)
        try TestProcess.run("unshare --net=\(file) true")
        defer {
            unsafe umount(file)
            unsafe umount(file)
        }
        let result = NamespaceFinder(directories: [tree.path]).find(try processes())
        let there = try inode(file)
        #expect(hidden != there)
        #expect(result.namespaces.contains { $0.namespace.inode == there })
        #expect(!result.namespaces.contains { $0.namespace.inode == hidden })
        #expect(result.passedOver == [file])
    }

    @Test func whatMayNotBeReadIsCounted() throws {
        let tree = try FakeTree()
        try tree.process(5, "x", cgroup: "0::/\n", namespace: 77)
        try tree.process(6, "dead", cgroup: "0::/\n", namespace: nil, state: "Z")
        var scan = ProcessScan(root: tree.path)
        var processes: [ProcessFacts] = []
        _ = try scan.run { processes.append($0) }
        var denied = processes[0]
        denied.namespace = nil
        let result = NamespaceFinder(root: tree.path, directories: []).find(processes + [denied])
        #expect(result.denied == 1)
        #expect(result.namespaces.map(\.path) == ["\(tree.path)/5/ns/net"])
    }
}
