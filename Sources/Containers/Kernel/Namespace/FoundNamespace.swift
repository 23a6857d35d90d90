/// A network namespace and how to get into it.
package struct FoundNamespace: Hashable, Sendable {
    package var namespace: NetworkNamespace
    /// The process of the lowest number in it. Nil when only a mount holds it, or an open file.
    package var process: Int32?
    /// How many processes are in it.
    package var processes = 0
    /// Where it is mounted, such as `/run/netns/blue`, as the mount namespace has it that it was found in.
    package var mountPoint: String?
    /// A path by which it can be opened from here. It is right at the time of the search: whoever opens it compares the
    /// inode number.
    package var path: String

    /// The name it was given: the last part of where it is mounted. podman's and CNI's are random, Docker's `1-<id>` is
    /// an overlay's.
    package var name: String? { mountPoint?.split(separator: "/").last.map(String.init) }
}
