/// What a watch over a tree of control groups saw of containers.
package enum CgroupEvent: Hashable, Sendable {
    /// The directory of a container is there. Its processes mostly are not yet.
    case appeared(CgroupPath)
    /// There are processes in it, or below it, that were not before. Version 2 only.
    case populated(CgroupPath)
    /// The last process in it has ended, and the directory still stands. Version 2 only.
    case emptied(CgroupPath)
    /// Its directory is no more.
    case vanished(CgroupPath)
    /// The kernel could not keep all events. What was missed is told of next, from a look at the whole tree.
    case overflow
    /// No more directories can be watched: in the whole tree, or below this container, which has made too many. Told
    /// once until `rescan`.
    case full(CgroupPath?)
}
