package import Addressing

/// A container that runs, and what of its namespace is its own.
package struct ContainerInventory: Hashable, Sendable {
    package var container: Container
    /// Since when the journal has it.
    package var since: Timestamp
    /// Sockets that wait and are of its control group; where it is alone in its namespace, all there.
    package var listeners: [Listener] = []
    /// Ports of the host that lead to it, in order.
    package var exposures: [Exposure] = []

    package init(_ container: Container, since: Timestamp) {
        self.container = container
        self.since = since
    }
}
