import Addressing

/// How much an identity journal keeps. What is full forgets what closed longest ago, early and counted; where all is open,
/// what is new is refused and counted.
package struct JournalLimits: Sendable {
    /// Runs of containers, and their stays in namespaces.
    package var containers = 65_536
    /// Interfaces, and hardware addresses.
    package var interfaces = 131_072
    /// Addresses on interfaces.
    package var addresses = 131_072
    /// Listening sockets.
    package var listeners = 65_536
    /// Sockets of connections that were asked for, and those of one namespace that is not the host's.
    package var sockets = 65_536
    package var socketsOfNamespace = 4096
    /// Translated connections; each is found by two tuples.
    package var translations = 32_768
    /// Hardware addresses behind tunnel ends of other hosts, and those ends.
    package var remotes = 65_536
    /// Addresses on one interface, interfaces of one namespace, and its listening sockets, where the namespace is not the
    /// host's: whoever may make them in a container must not take the room of others.
    package var addressesOfInterface = 256
    package var interfacesOfNamespace = 4096
    package var listenersOfNamespace = 8192
    /// How long what has closed is kept: the longest a flow's record stays open (1,800 s), and ten minutes.
    package var retention: Duration = .seconds(2400)

    package init() {}
}
