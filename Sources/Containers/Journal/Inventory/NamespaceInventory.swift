/// One network namespace, who is in it and what it has.
package struct NamespaceInventory: Hashable, Sendable {
    /// Nil of a container whose namespace is not known; then nobody else is told of here.
    package var namespace: NetworkNamespace?
    package var isHost = false
    /// Whose it is: a pod's sandbox, the container whose namespace others joined. The host's is no container's.
    package var owner: ContainerKey?
    /// The owner first.
    package var containers: [ContainerInventory] = []
    /// In the order of their numbers, without the loopback.
    package var interfaces: [InterfaceInventory] = []
    /// Sockets that wait here and are not known to be one certain container's, by protocol and port.
    package var listeners: [Listener] = []
    /// Ports of the host that lead to one of the addresses here, as connections show, and that no runtime has told of.
    package var exposures: [Exposure] = []

    package init(namespace: NetworkNamespace?) {
        self.namespace = namespace
    }
}
