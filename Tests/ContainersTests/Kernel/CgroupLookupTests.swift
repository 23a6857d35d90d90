import CLinux
import Foundation
import Glibc
import Testing

@testable import Containers

@Suite("Cgroup lookup") struct CgroupLookupTests {
    @Test(arguments: [true, false]) func findsAGroupByItsNumber(usesHandles: Bool) throws {
        let groups = try RealControlGroups()
        var lookup = try CgroupLookup(groups.hierarchy, usesHandles: usesHandles)
        let path = "/docker/\(RealControlGroups.identifier(7))"
        try groups.make(path + "/init.scope")
        let hierarchies = try CgroupHierarchies()
        let identifier = try #require(hierarchies.identifier(of: groups.top + path + "/init.scope"))
        let found = lookup.path(of: identifier)
        #expect(found?.path == groups.top + path + "/init.scope")
        #expect(found?.container?.identifier == RealControlGroups.identifier(7))
        let root = lookup.path(of: try #require(hierarchies.identifier(of: "/")))
        #expect(root?.path == "/")
    }

    @Test(arguments: [true, false]) func aGroupThatIsGoneHasNoPath(usesHandles: Bool) throws {
        let groups = try RealControlGroups()
        var lookup = try CgroupLookup(groups.hierarchy, usesHandles: usesHandles)
        try groups.make("/x")
        let identifier = try #require(try CgroupHierarchies().identifier(of: groups.top + "/x"))
        #expect(groups.remove("/x"))
        let found = lookup.path(of: identifier)
        #expect(found == nil)
        let never = lookup.path(of: .max)
        #expect(never == nil)
    }

    @Test func whereNothingWalksAndHandlesAreRefusedNoPathIsFound() throws {
        let groups = try RealControlGroups()
        var lookup = try CgroupLookup(groups.hierarchy, usesHandles: false, walks: false)
        let found = lookup.path(of: try #require(try CgroupHierarchies().identifier(of: "/")))
        #expect(found == nil)
    }

    @Test func theKernelsTreeIsKnownFromAnyOther() throws {
        let groups = try RealControlGroups()
        let (tree, other) = unsafe (
            CLinux_openPath(AT_FDCWD, groups.hierarchy.mountPoint), CLinux_openPath(AT_FDCWD, "/")
        )
        defer {
            close(tree)
            close(other)
        }
        #expect(CLinux_isOnCgroup2(tree))
        #expect(!CLinux_isOnCgroup2(other))
    }

    @Test func groupsBelowAreFoundFromAnywhere() throws {
        let groups = try RealControlGroups()
        try groups.make("/a/b/c")
        try groups.make("/d")
        let hierarchies = try CgroupHierarchies()
        let numbers = try ["/a", "/a/b", "/a/b/c"].map { try #require(hierarchies.identifier(of: groups.top + $0)) }
        #expect(groups.hierarchy.identifiers(from: groups.top + "/a", limit: 4096) == Set(numbers))
        #expect(groups.hierarchy.identifiers(from: groups.top + "/a", limit: 2) == Set(numbers.prefix(2)))
        #expect(groups.hierarchy.identifiers(from: groups.top + "/gone", limit: 4096) == [])
    }

    @Test func readsTheProcessesOfAGroupAndOfThoseBelow() throws {
        let groups = try RealControlGroups()
        let (first, second) = (try TestProcess.idle(), try TestProcess.idle())
        defer {
            first.end()
            second.end()
        }
        try groups.make("/a/b")
        try groups.move(first.identifier, to: "/a")
        try groups.move(second.identifier, to: "/a/b")
        #expect(CgroupProcesses.identifiers(in: groups.directory("/a")) == [first.identifier, second.identifier])
        #expect(CgroupProcesses.identifiers(in: groups.directory("/a"), limit: 1) == [first.identifier])
        #expect(CgroupProcesses.identifiers(in: groups.directory("/a"), depth: 1) == [first.identifier])
        #expect(CgroupProcesses.identifiers(in: groups.directory("/nowhere")) == [])
    }

    @Test func processesThatCannotBeSeenAreLeftOut() throws {
        let tree = try FakeTree()
        try tree.file("x/cgroup.procs", "0\n17\n0\nx\n99999999999\n18\n")
        #expect(CgroupProcesses.identifiers(in: tree.path + "/x") == [17, 18])
    }

    @Test func groupsWithoutEndAreNotFollowed() throws {
        let tree = try FakeTree()
        try tree.file(String(repeating: "d/", count: 30) + "cgroup.procs", "5\n")
        for number in 0..<400 { try tree.file("w/\(number)/cgroup.procs", "\(number + 10)\n") }
        #expect(CgroupProcesses.identifiers(in: tree.path + "/d") == [])
        #expect(CgroupProcesses.identifiers(in: tree.path + "/w").count == 255)
    }
}
