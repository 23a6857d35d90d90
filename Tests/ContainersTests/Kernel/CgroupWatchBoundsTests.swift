import Foundation
import Glibc
import Testing

@testable import Containers

/// Over ordinary directories: what is watched does not know the difference.
@Suite("Cgroup watch, bounds") struct CgroupWatchBoundsTests {
    static let a = RealControlGroups.identifier(10)
    static let b = RealControlGroups.identifier(11)

    private func watch(_ tree: FakeTree, _ change: (inout CgroupWatch.Limits) -> Void = { _ in }) throws -> CgroupWatch
    {
        var limits = CgroupWatch.Limits()
        change(&limits)
        return try CgroupWatch(CgroupHierarchy(kind: .legacy(["pids"]), mountPoint: tree.path), limits: limits)
    }

    @Test func saysOnceThatItIsFull() throws {
        let tree = try FakeTree()
        for number in 0..<20 { try tree.directory("docker/\(RealControlGroups.identifier(number))") }
        var watch = try watch(tree) { $0.watches = 12 }
        var seen = WatchedEvents()
        watch.rescan { seen.take($0) }
        #expect(seen.present?.count == 10)
        #expect(seen.all.filter { $0 == .full(nil) }.count == 1)
        let used = watch.watches
        #expect(used == 12)
        // Room again, and a look around finds who waited.
        for number in 0..<20 where seen.present?.contains("/docker/\(RealControlGroups.identifier(number))") == true {
            unsafe rmdir("\(tree.path)/docker/\(RealControlGroups.identifier(number))")
        }
        try seen.wait(&watch) { $0.present == [] }
        watch.rescan { seen.take($0) }
        #expect(seen.present?.count == 10)
        #expect(seen.all.filter { $0 == .full(nil) }.count == 1)
    }

    @Test func aContainerCannotUseUpTheWatchesOfAll() throws {
        let tree = try FakeTree()
        var watch = try watch(tree) { $0.directoriesInContainer = 5 }
        var seen = WatchedEvents()
        watch.rescan { seen.take($0) }
        for number in 0..<100 { try tree.directory("docker/\(Self.a)/\(number)") }
        try tree.directory("docker/\(Self.b)")
        try seen.wait(&watch) { $0.present?.count == 2 }
        #expect(seen.present == ["/docker/\(Self.a)", "/docker/\(Self.b)"])
        #expect(seen.all.filter { $0 == .full(CgroupPath("/docker/\(Self.a)")) }.count == 1)
        let used = watch.watches
        #expect(used == 1 + 1 + 2 + 5)
    }

    @Test func deepTreesAreNotFollowed() throws {
        let tree = try FakeTree()
        try tree.directory("docker/\(Self.a)/" + String(repeating: "x/", count: 40))
        try tree.directory(String(repeating: "y/", count: 100) + Self.b)
        var watch = try watch(tree)
        var seen = WatchedEvents()
        watch.rescan { seen.take($0) }
        #expect(seen.present == ["/docker/\(Self.a)"])
        let used = watch.watches
        #expect(used == 1 + 2 + 8 + 16)
    }

    @Test func findsAContainerInAContainer() throws {
        let tree = try FakeTree()
        try tree.directory("docker/\(Self.a)/docker/\(Self.b)")
        var watch = try watch(tree)
        var seen = WatchedEvents()
        watch.rescan { seen.take($0) }
        #expect(seen.present == ["/docker/\(Self.a)", "/docker/\(Self.a)/docker/\(Self.b)"])
        try FileManager.default.removeItem(atPath: "\(tree.path)/docker/\(Self.a)")
        try seen.wait(&watch) { $0.present == [] }
        #expect(seen.present == [])
    }

    /// Version 1 allows it.
    @Test func aRenamedGroupIsAnother() throws {
        let tree = try FakeTree()
        try tree.directory("docker/\(Self.a)/x")
        try tree.directory("old")
        var watch = try watch(tree)
        var seen = WatchedEvents()
        watch.rescan { seen.take($0) }
        unsafe rename("\(tree.path)/docker/\(Self.a)", "\(tree.path)/docker/\(Self.b)")
        unsafe rename("\(tree.path)/old", "\(tree.path)/new")
        try tree.directory("new/\(Self.a)")
        let wanted: Set = ["/docker/\(Self.b)", "/new/\(Self.a)"]
        try seen.wait(&watch) { $0.present == wanted }
        #expect(seen.present == wanted)
        let used = watch.watches
        #expect(used == 6)
    }

    @Test func aTreeThatGoesAwayTakesItsContainersAlongAndMayComeBack() throws {
        let tree = try FakeTree()
        try tree.directory("m/docker/\(Self.a)")
        let hierarchy = CgroupHierarchy(kind: .legacy(["pids"]), mountPoint: tree.path + "/m")
        var watch = try CgroupWatch(hierarchy)
        var seen = WatchedEvents()
        watch.rescan { seen.take($0) }
        try FileManager.default.removeItem(atPath: tree.path + "/m")
        try seen.wait(&watch) { $0.present == [] }
        watch.rescan { seen.take($0) }
        #expect(seen.present == [])
        try tree.directory("m/docker/\(Self.b)")
        watch.rescan { seen.take($0) }
        #expect(seen.present == ["/docker/\(Self.b)"])
    }

    @Test func tornEventsEndTheReading() {
        let event: [UInt8] = [1, 0, 0, 0, 0, 1, 0, 0x40, 0, 0, 0, 0, 4, 0, 0, 0, 0x61, 0x62, 0, 0]
        let whole = Array(InotifyEvents((event + event)[...]))
        #expect(
            whole == [.init(watch: 1, mask: 0x4000_0100, name: "ab"), .init(watch: 1, mask: 0x4000_0100, name: "ab")]
        )
        for length in 0..<20 { #expect(Array(InotifyEvents(event.prefix(length))) == []) }
        var lying = event
        lying[12] = 0xff
        lying[15] = 0xff
        #expect(Array(InotifyEvents(lying[...])) == [])
    }
}
