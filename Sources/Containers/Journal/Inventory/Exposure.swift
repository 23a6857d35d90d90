/// A port of the host by which a container is reached.
package struct Exposure: Hashable, Sendable {
    /// How that is known.
    package enum Origin: String, Hashable, Sendable, CaseIterable {
        /// Its runtime says so.
        case published
        /// A translated connection goes that way.
        case translation
        /// It listens in the host's own namespace.
        case hostNetwork = "host_network"
    }

    /// Where others reach it, and where that leads to.
    package var port: PublishedPort
    package var origin: Origin

    package init(_ port: PublishedPort, origin: Origin) {
        self.port = port
        self.origin = origin
    }
}
