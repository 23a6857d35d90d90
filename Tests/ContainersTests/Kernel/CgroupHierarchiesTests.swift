import Foundation
import Testing

@testable import Containers

@Suite("Cgroup hierarchies") struct CgroupHierarchiesTests {
    static let a = CgroupPathTests.a
    static let unified =
        "35 24 0:30 / /sys/fs/cgroup rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate,memory_recursiveprot"
    static let hybrid = """
        31 23 0:28 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755
        36 31 0:33 / /sys/fs/cgroup/cpu,cpuacct rw,relatime - cgroup cgroup rw,cpu,cpuacct
        39 31 0:36 / /sys/fs/cgroup/pids rw,relatime - cgroup cgroup rw,pids
        40 31 0:37 / /sys/fs/cgroup/systemd rw shared:4 master:5 - cgroup cgroup rw,xattr,release_agent=/x,name=systemd
        41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw
        """

    private func read(_ text: String) -> CgroupHierarchies { CgroupHierarchies(mounts: Array(text.utf8)[...]) }

    private func membership(_ text: String) -> CgroupMembership { CgroupMembership(text: Array(text.utf8)[...]) }

    @Test func findsVersion2Alone() {
        let found = read(Self.unified)
        #expect(found.unified == CgroupHierarchy(kind: .unified, mountPoint: "/sys/fs/cgroup"))
        #expect(found.legacy == [])
        #expect(found.watched(seen: []).map(\.mountPoint) == ["/sys/fs/cgroup"])
    }

    @Test func findsAHybridHostsTreesTheMostTellingFirst() {
        let found = read(Self.hybrid)
        #expect(found.unified?.mountPoint == "/sys/fs/cgroup/unified")
        #expect(
            found.legacy.map(\.mountPoint) == [
                "/sys/fs/cgroup/systemd", "/sys/fs/cgroup/pids", "/sys/fs/cgroup/cpu,cpuacct",
            ]
        )
        #expect(
            found.legacy.map(\.kind) == [.legacy(["name=systemd"]), .legacy(["pids"]), .legacy(["cpu", "cpuacct"])]
        )
    }

    @Test func findsVersion1Alone() {
        let found = read(
            "39 31 0:36 / /cg/memory rw - cgroup none rw,memory\n38 31 0:35 / /cg/pids rw - cgroup none rw,pids\n"
        )
        #expect(found.unified == nil)
        #expect(found.watched(seen: []).map(\.mountPoint) == ["/cg/pids"])
        #expect(found.identifier(of: "/") == nil)
    }

    @Test func watchesWhereContainersAre() {
        let found = read(Self.hybrid)
        let both = membership("1:name=systemd:/docker/\(Self.a)\n0::/docker/\(Self.a)\n")
        let old = membership("1:name=systemd:/docker/\(Self.a)\n0::/\n")
        let host = membership("1:name=systemd:/init.scope\n0::/init.scope\n")
        let (v2, v1) = ("/sys/fs/cgroup/unified", "/sys/fs/cgroup/systemd")
        #expect(found.watched(seen: [host]).map(\.mountPoint) == [v2, v1])
        #expect(found.watched(seen: [host, both]).map(\.mountPoint) == [v2])
        #expect(found.watched(seen: [old]).map(\.mountPoint) == [v2, v1])
        #expect(found.watched(seen: [both, old]).map(\.mountPoint) == [v2, v1])
    }

    @Test func ofSeveralMountsTheOneThatShowsMostCounts() {
        let found = read(
            "1 2 0:3 /docker/x /a rw - cgroup2 x rw\n1 2 0:3 / /b rw - cgroup2 x rw\n1 2 0:3 / /c rw - cgroup2 x rw\n"
        )
        #expect(found.unified?.mountPoint == "/b")
    }

    @Test func knowsWhereAGroupLies() {
        let whole = CgroupHierarchy(kind: .unified, mountPoint: "/m")
        #expect(whole.directory(of: "/") == "/m")
        #expect(whole.directory(of: "/docker/x") == "/m/docker/x")
        let part = CgroupHierarchy(kind: .unified, mountPoint: "/m", root: "/docker")
        #expect(part.directory(of: "/docker") == "/m")
        #expect(part.directory(of: "/docker/x") == "/m/x")
        #expect(part.directory(of: "/dockerx") == nil)
        #expect(part.directory(of: "/") == nil)
    }

    @Test(arguments: [
        "", "\n", "1 2 3", "1 2 0:3 / /a rw - cgroup2", "1 2 0:3 / a rw - cgroup2 x rw", "- - - - - - - - - -",
    ])
    func linesThatAreNoneArePassedOver(line: String) {
        #expect(read(line + "\n" + Self.unified).unified?.mountPoint == "/sys/fs/cgroup")
    }

    @Test func escapesAreUndone() throws {
        let line = Array(#"1 2 0:3 /a\040b /c\011\012\134\1\999d rw shared:1 - nsfs nsfs rw"#.utf8)
        let entry = try #require(MountEntry(line[...]))
        #expect(entry.root == "/a b")
        #expect(entry.mountPoint == "/c\t\n\\\\1\\999d")
        #expect(entry.fileSystem == "nsfs")
    }

    @Test(arguments: 0..<16) func anythingCanBeReadAsMounts(seed: UInt64) {
        var numbers = SeededNumbers(seed: seed)
        var text = Array(Self.hybrid.utf8)
        for _ in 0..<2000 {
            let place = Int(numbers.next() % UInt64(text.count))
            text[place] = [UInt8(ascii: " "), UInt8(ascii: "\\"), UInt8(ascii: "-"), 0xff][Int(numbers.next() % 4)]
            #expect(CgroupHierarchies(mounts: text[...]).legacy.count <= 3)
        }
    }

    @Test func readsThisMachine() throws {
        let found = try CgroupHierarchies()
        let tree = try #require(found.watched(seen: []).first)
        #expect(FileManager.default.fileExists(atPath: tree.mountPoint + "/cgroup.procs"))
    }
}
