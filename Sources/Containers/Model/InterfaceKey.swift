/// An interface of this host: its index means something only in its namespace.
///
/// With podman and CNI every pod has an eth0 with index 2. netdevice(7).
package struct InterfaceKey: Hashable, Comparable, Sendable {
    package var namespace: NetworkNamespace
    /// The kernel's number for it, from 1.
    package var index: UInt32

    package init(namespace: NetworkNamespace, index: UInt32) {
        self.namespace = namespace
        self.index = index
    }

    package static func < (left: Self, right: Self) -> Bool {
        left.namespace != right.namespace ? left.namespace < right.namespace : left.index < right.index
    }
}
