import Glibc

/// Watches a tree of control groups for containers' directories. inotify(7), cgroups(7).
///
/// inotify does not look below the directory it is given, so every directory has a watch of its own, and is listed
/// after it got it: what was made in between is found by the one or the other. First `rescan` tells what is there, then
/// `receive` what changes.
///
/// Bounded: 16,384 watches, sixteen directories deep, eight below a container and 2,048 below an outermost one, because
/// a container that may write to its own groups could else use up the watches of all.
package struct CgroupWatch: ~Copyable {
    /// How much is watched at most.
    package struct Limits: Hashable, Sendable {
        package var watches = 16_384
        package var depth = 16
        package var depthInContainer = 8
        package var directoriesInContainer = 2_048

        package init() {}
    }

    /// One directory with a watch.
    struct Directory {
        /// Below the mount point; empty for that itself.
        var path: String
        var parent: Int32
        var name: String
        var depth: Int
        /// Watches of the directories in it, by name.
        var children: [String: Int32] = [:]
        /// Set when it is a container's own directory.
        var container: CgroupPath?
        /// The directory of the outermost container it is in or is, and of the innermost.
        var outermost: Int32?
        var innermost: Int32?
        /// For an outermost container: directories below it.
        var count = 0
        /// The watch over its `cgroup.events`, and what that said last.
        var population: Int32?
        var isPopulated = false
    }

    /// Readable when something has changed; non-blocking. For poll(2).
    package let descriptor: Int32
    package let hierarchy: CgroupHierarchy
    let limits: Limits
    let namespaces: Set<String>
    var directories: [Int32: Directory] = [:]
    /// From the watch over a `cgroup.events` to its directory's.
    var populations: [Int32: Int32] = [:]
    var root: Int32?
    var isFull = false
    var crowded: Set<Int32> = []
    private var buffer = [UInt8](repeating: 0, count: 1 << 16)

    /// Watches nothing until the first `rescan`. `namespaces` are containerd's, as in `CgroupPath`.
    package init(
        _ hierarchy: CgroupHierarchy,
        limits: Limits = Limits(),
        namespaces: Set<String> = CgroupPath.containerdNamespaces
    ) throws(KernelFileError) {
        self.hierarchy = hierarchy
        self.limits = limits
        self.namespaces = namespaces
        descriptor = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
        guard descriptor >= 0 else { throw KernelFileError(path: "inotify", code: errno) }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// Watches in use.
    package var watches: Int { directories.count + populations.count }

    /// Tells all that has happened since the last time, in order; true when it stopped before the end to let others
    /// work.
    package mutating func receive(_ body: (CgroupEvent) -> Void) throws(KernelFileError) -> Bool {
        var isLost = false
        var isMore = true
        for _ in 0..<16 {
            let count = unsafe buffer.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                if count < 0, errno != EAGAIN { throw KernelFileError(path: "inotify", code: errno) }
                isMore = false
                break
            }
            for event in InotifyEvents(buffer[..<count]) {
                if event.has(IN_Q_OVERFLOW) { isLost = true } else { take(event, body) }
            }
        }
        if isLost {
            body(.overflow)
            rescan(body)
        }
        return isMore
    }

    private mutating func take(_ event: InotifyEvents.Event, _ body: (CgroupEvent) -> Void) {
        if let directory = populations[event.watch] {
            if event.has(IN_MODIFY) { lookAtPopulation(of: directory, body) }
        } else if event.has(IN_IGNORED) {
            // Its directory was removed, or its file system unmounted.
            remove(event.watch, body)
        } else if event.has(IN_ISDIR), !event.name.isEmpty {
            // A group of version 1 may be renamed.
            if event.has(IN_CREATE, IN_MOVED_TO) { add(event.name, to: event.watch, isNews: true, body) }
            if event.has(IN_DELETE, IN_MOVED_FROM) {
                if let child = directories[event.watch]?.children[event.name] { remove(child, body) }
            }
        }
    }
}
