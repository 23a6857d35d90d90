import Glibc

@testable import Containers

/// What a watch told, and what must be there by that.
struct WatchedEvents {
    var all: [CgroupEvent] = []

    mutating func take(_ event: CgroupEvent) { all.append(event) }

    /// Those that appeared and have not vanished, by path; each must have appeared before it vanished, and no more than
    /// once.
    var present: Set<String>? {
        var present: Set<String> = []
        for event in all {
            switch event {
            case .appeared(let place): if !present.insert(place.path).inserted { return nil }
            case .vanished(let place): if present.remove(place.path) == nil { return nil }
            default: break
            }
        }
        return present
    }

    /// Waits until `isEnough`, at most five seconds.
    mutating func wait(_ watch: inout CgroupWatch, until isEnough: (Self) -> Bool) throws {
        for _ in 0..<500 where !isEnough(self) {
            var poll = pollfd(fd: watch.descriptor, events: Int16(POLLIN), revents: 0)
            _ = unsafe Glibc.poll(&poll, 1, 10)
            var taken: [CgroupEvent] = []
            while try watch.receive({ taken.append($0) }) {}
            all += taken
        }
    }
}
