package import Addressing

/// One end of a connection, as its own socket has it: what tells a socket from the others of its namespace.
package struct SocketKey: Hashable, Sendable {
    package var namespace: NetworkNamespace
    /// As IANA registers them: 6 or 17.
    package var protocolNumber: UInt8
    /// The end that the socket is. Of an unconnected UDP socket too, what its packets have.
    package var local: Translation.End
    /// Whom it talks to as it knows them: before NAT on the way there, after NAT on the way here.
    package var remote: Translation.End

    package init(
        namespace: NetworkNamespace,
        protocolNumber: UInt8,
        local: Translation.End,
        remote: Translation.End
    ) {
        self.namespace = namespace
        self.protocolNumber = protocolNumber
        self.local = local
        self.remote = remote
    }
}

/// Asks the kernel whose socket it is.
package struct SocketQuestion: Hashable, Sendable {
    package var key: SocketKey
    /// When the connection began, by its first packet.
    package var since: Timestamp
    /// Whether the other end began: then whoever listens there is an answer, too.
    package var isServer: Bool

    package init(key: SocketKey, since: Timestamp, isServer: Bool) {
        self.key = key
        self.since = since
        self.isServer = isServer
    }
}

/// Whose socket the end of a connection is: the kernel's answer. It speaks of the connection that began at `since`, and of no
/// other between the same ends.
package struct ConnectionSocket: Hashable, Sendable {
    package var key: SocketKey
    package var since: Timestamp
    /// The inode number of its control group in the v2 hierarchy, when the kernel tells.
    package var cgroupIdentifier: UInt64?
    /// The container it is of, in whose control group or in one below it the socket was opened. Nil is a process of the host.
    package var container: ContainerKey?
    /// Who holds it; nil when that could not be found any more.
    package var process: SocketProcess?

    package init(key: SocketKey, since: Timestamp) {
        self.key = key
        self.since = since
    }
}
