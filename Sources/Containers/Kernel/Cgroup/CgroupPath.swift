/// A control group's path, below the root of its hierarchy, and the container its naming tells of. cgroups(7).
///
/// Of containers inside a container the innermost counts: it is the one that has the network namespace, and so the
/// addresses, that are asked about; the outer ones are in `CgroupContainer.enclosing`. A process that only looks after
/// a container (conmon) is in none.
///
/// What counts as an identifier: 64 hexadecimal digits as a whole component, or after the last `-`, `_` or `:` of one
/// that ends there or in `.scope`; anything else in well-known shapes only (`/default/t1`, Fargate, BuildKit). Bytes
/// that are no UTF-8 are repaired in `path`.
package struct CgroupPath: Hashable, Sendable {
    /// Begins with `/`. In a private cgroup namespace the kernel writes `/../x` for what lies outside: the leading `..`
    /// are taken off, and so is the ` (deleted)` of a group that is gone.
    package let path: String
    /// Nil when the path is none of a container.
    package let container: CgroupContainer?

    /// Reads one path. `namespaces` are those of containerd in which `/namespace/name` is a container.
    package init(_ path: String, namespaces: Set<String> = Self.containerdNamespaces) {
        self.init(bytes: Array(path.utf8)[...], namespaces: namespaces)
    }

    /// Reads one path as the kernel wrote it.
    package init(bytes: ArraySlice<UInt8>, namespaces: Set<String> = Self.containerdNamespaces) {
        let bytes = Self.withoutDecoration(bytes)
        guard !bytes.isEmpty else {
            path = "/"
            container = nil
            return
        }
        path = String(decoding: bytes, as: UTF8.self)
        var reading = CgroupReading(path: bytes, namespaces: namespaces)
        container = reading.container()
    }

    /// containerd's namespaces that are in common use: ctr's and nerdctl's own, Docker's, Kubernetes'.
    package static let containerdNamespaces: Set<String> = ["default", "moby", "k8s.io"]

    /// The longest path read: PATH_MAX. The kernel prints none that is longer.
    static let longest = 4096

    private static func withoutDecoration(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var bytes = bytes.prefix(longest)
        let deleted = " (deleted)".utf8
        if bytes.suffix(deleted.count).elementsEqual(deleted) { bytes = bytes.dropLast(deleted.count) }
        while bytes.starts(with: "/..".utf8), bytes.count == 3 || bytes[bytes.startIndex + 3] == UInt8(ascii: "/") {
            bytes = bytes.dropFirst(3)
        }
        while bytes.last == UInt8(ascii: "/") { bytes = bytes.dropLast() }
        return bytes
    }
}
