import Foundation
import Glibc
import Testing

@testable import Containers

/// Over the machine's own control groups.
@Suite("Cgroup watch", .serialized) struct CgroupWatchTests {
    private func path(_ number: Int) -> String { "/docker/\(RealControlGroups.identifier(number))" }

    private func watch(_ groups: RealControlGroups) throws -> CgroupWatch {
        // Not the machine's other groups: what happens there is no business of these tests.
        let tree = CgroupHierarchy(kind: .unified, mountPoint: groups.directory(""), root: groups.top)
        return try CgroupWatch(tree)
    }

    @Test func tellsTheLifeOfAContainer() throws {
        let groups = try RealControlGroups()
        var watch = try watch(groups)
        var seen = WatchedEvents()
        watch.rescan { seen.take($0) }
        try groups.make(path(1))
        let process = try TestProcess.idle()
        try groups.move(process.identifier, to: path(1))
        try seen.wait(&watch) { $0.all.count >= 2 }
        process.end()
        try seen.wait(&watch) { $0.all.count >= 3 }
        #expect(groups.remove(path(1)))
        try seen.wait(&watch) { $0.all.count >= 4 }
        let place = CgroupPath(groups.top + path(1))
        #expect(seen.all == [.appeared(place), .populated(place), .emptied(place), .vanished(place)])
        let left = watch.watches
        #expect(left == 2)
    }

    @Test func tellsWhatWasThereBefore() throws {
        let groups = try RealControlGroups()
        try groups.make(path(1))
        try groups.make(path(2) + "/init.scope")
        let process = try TestProcess.idle()
        defer { process.end() }
        try groups.move(process.identifier, to: path(2) + "/init.scope")
        var watch = try watch(groups)
        var seen = WatchedEvents()
        watch.rescan { seen.take($0) }
        #expect(seen.present == [groups.top + path(1), groups.top + path(2)])
        #expect(seen.all.contains(.populated(CgroupPath(groups.top + path(2)))))
        let count = seen.all.count
        watch.rescan { seen.take($0) }
        #expect(seen.all.count == count)
    }

    /// mkdir -p: the kernel tells of the first directory only.
    @Test func findsContainersInDirectoriesMadeAtOnce() throws {
        let groups = try RealControlGroups()
        var watch = try watch(groups)
        var seen = WatchedEvents()
        watch.rescan { seen.take($0) }
        var wanted: Set<String> = []
        for number in 0..<50 {
            let identifier = RealControlGroups.identifier(number)
            let path = "/kubepods/burstable/pod\(identifier.suffix(32))/\(identifier)"
            try groups.make(path)
            wanted.insert(groups.top + path)
        }
        try seen.wait(&watch) { $0.present == wanted }
        #expect(seen.present == wanted)
    }

    /// 500 made, every second one removed again at once, while the watch is read; then all removed.
    @Test func missesNoneOfAFlood() throws {
        let groups = try RealControlGroups()
        // Below a directory that is itself new, what was gone before it was listed was never seen.
        try groups.make("/docker")
        var watch = try watch(groups)
        var seen = WatchedEvents()
        watch.rescan { seen.take($0) }
        let maker = Thread {
            for number in 0..<500 {
                try? groups.make("/docker/\(RealControlGroups.identifier(number))")
                if number % 2 == 1 { _ = groups.remove("/docker/\(RealControlGroups.identifier(number - 1))") }
            }
        }
        maker.start()
        let stay = Set((0..<500).filter { $0 % 2 == 1 }.map { groups.top + path($0) })
        try seen.wait(&watch) { $0.present == stay }
        #expect(seen.present == stay)
        #expect(seen.all.filter { if case .appeared = $0 { true } else { false } }.count == 500)
        while !maker.isFinished { usleep(1000) }
        for number in 0..<500 where number % 2 == 1 { #expect(groups.remove(path(number))) }
        try seen.wait(&watch) { $0.present == [] }
        #expect(seen.present == [])
        let left = watch.watches
        #expect(left == 2)
    }

    /// More than fs.inotify.max_queued_events holds.
    @Test func looksAgainWhenEventsWereLost() throws {
        let groups = try RealControlGroups()
        var watch = try watch(groups)
        var seen = WatchedEvents()
        try groups.make(path(1))
        try groups.make(path(2))
        watch.rescan { seen.take($0) }
        let queue = try String(contentsOfFile: "/proc/sys/fs/inotify/max_queued_events", encoding: .utf8)
        let length = try #require(Int(queue.trimmingCharacters(in: .newlines)))
        // Made and removed: two events, unlike the one before and so not merged with it.
        for _ in 0..<(length / 2 + 10) {
            try groups.make("/x")
            #expect(groups.remove("/x"))
        }
        #expect(groups.remove(path(1)))
        try groups.make(path(3) + "/init.scope")
        // The same name again, which is another directory now.
        #expect(groups.remove(path(2)))
        try groups.make(path(2))
        let wanted: Set = [groups.top + path(2), groups.top + path(3)]
        try seen.wait(&watch) { $0.present == wanted && $0.all.contains(.overflow) }
        #expect(seen.all.contains(.overflow))
        #expect(seen.present == wanted)
        #expect(groups.remove(path(2)))
        try groups.make(path(4))
        try seen.wait(&watch) { $0.present == [groups.top + path(3), groups.top + path(4)] }
        #expect(seen.present == [groups.top + path(3), groups.top + path(4)])
    }
}
