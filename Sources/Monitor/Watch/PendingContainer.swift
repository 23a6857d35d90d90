import Addressing
import Containers

/// A container whose control group is there and whose processes are not yet what they will be.
struct PendingContainer {
    var container: CgroupContainer
    /// Of its control group.
    var directory: String
    /// The inode number of that in the v2 hierarchy.
    var cgroupIdentifier: UInt64?
    var since: Timestamp
    var due: Timestamp
    private var pause: Int64 = 1_000_000

    init(_ container: CgroupContainer, directory: String, cgroupIdentifier: UInt64?, at time: Timestamp) {
        self.container = container
        self.directory = directory
        self.cgroupIdentifier = cgroupIdentifier
        since = time
        due = time
    }

    /// When to look again: after one millisecond, then two, up to a quarter of a second.
    mutating func wait(from now: Timestamp) {
        due = now.adding(pause)
        pause = min(pause * 2, 250_000_000)
    }

    /// Something has happened that may concern it.
    mutating func hurry(at now: Timestamp) {
        due = now
        pause = 1_000_000
    }

    /// How long a process in the host's namespace is taken for one that is still being set up, in nanoseconds.
    static var setUpTime: Int64 { 10_000_000_000 }
    static var limit: Int { 16_384 }
}
