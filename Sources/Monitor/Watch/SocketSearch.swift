import Addressing
import Containers

/// Sockets that the kernel has shown, whose processes are looked for.
///
/// First among those that are likely: who had sockets of that control group before, who listens, who is in the group. Only then
/// among all processes of the namespace, for all that are left at once, and seldom enough that it takes no more than a
/// twentieth of the time. Bounded: more than `limit` are given up.
struct SocketSearch {
    /// One socket, or several that share a port and are not told apart.
    struct Wanted {
        var question: SocketQuestion
        var inodes: Set<UInt64>
        var cgroup: UInt64?
        /// When it was asked for.
        var since: Timestamp
        /// Who was found to hold them.
        var holders: [UInt64: SocketProcess] = [:]
        /// Whether those who are likely were looked at, and whether what is known without the process was told.
        var isGuessed = false
        var isTold = false
        /// Whether all were looked at: who has not been found then is gone.
        var isScanned = false

        /// The one process that holds all of them.
        var process: SocketProcess? {
            guard let first = holders.first?.value, holders.count == inodes.count,
                holders.values.allSatisfy({ $0 == first })
            else { return nil }
            return first
        }

        var isFound: Bool { holders.count == inodes.count }
    }

    var wanted: [Wanted] = []
    /// Processes that held sockets of a control group, the last one first.
    private var recent: [UInt64: [Int32]] = [:]
    private var nextScan = Timestamp(nanoseconds: 0)
    private var nextLook = Timestamp(nanoseconds: 0)

    static var limit: Int { 4096 }
    static var groups: Int { 1024 }
    private static var recentOfGroup: Int { 8 }
    /// How long a process is looked for, in nanoseconds.
    static var patience: Int64 { 1_000_000_000 }

    /// When there is something to do although nothing happens.
    var due: Timestamp? {
        if wanted.isEmpty { return nil }
        return wanted.contains(where: \.isFound) ? nextLook : nextScan
    }

    /// Keeps one whose process was found and whose container is not known yet; it will be some milliseconds later.
    mutating func keep(_ found: Wanted, at now: Timestamp) {
        wanted.append(found)
        nextLook = now.adding(5_000_000)
    }

    /// Who had sockets of a group before.
    func recent(of group: UInt64?) -> [Int32] { recent[group ?? 0] ?? [] }

    mutating func remember(_ process: Int32, of group: UInt64?) {
        let group = group ?? 0
        if recent[group] == nil, recent.count >= Self.groups { recent.removeAll(keepingCapacity: true) }
        var list = recent[group] ?? []
        list.removeAll { $0 == process }
        list.insert(process, at: 0)
        recent[group] = Array(list.prefix(Self.recentOfGroup))
    }

    /// Whether all processes may be looked at.
    func mayScan(at now: Timestamp) -> Bool {
        // Not for ever, should the clock be set back.
        now >= nextScan || nextScan.nanoseconds &- now.nanoseconds > Self.patience
    }

    /// All were looked at, and it took so many nanoseconds.
    mutating func noteScan(took: Int64, at now: Timestamp) {
        nextScan = now.adding(min(Self.patience, max(10_000_000, took * 19)))
    }

    /// All processes were looked at for what was wanted.
    mutating func noteScanned() {
        for index in wanted.indices { wanted[index].isScanned = true }
    }

    /// Those that nothing more will be done for.
    mutating func takeDone(at now: Timestamp) -> [Wanted] {
        let isDone = { (wanted: Wanted) in
            wanted.isFound || wanted.isScanned || now.nanoseconds &- wanted.since.nanoseconds >= Self.patience
        }
        let done = wanted.filter(isDone)
        if !done.isEmpty { wanted.removeAll(where: isDone) }
        return done
    }
}
