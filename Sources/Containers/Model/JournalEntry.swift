package import Addressing

/// One thing that became so, and when. The journal is nothing but these, in the order of time.
package struct JournalEntry: Hashable, Sendable {
    package var time: Timestamp
    package var change: Change

    package init(time: Timestamp, change: Change) {
        self.time = time
        self.change = change
    }

    /// What became so. What is opened twice with other details is changed; what is closed and was not open changes nothing.
    package enum Change: Hashable, Sendable {
        /// The namespace the monitor itself stands in, with the host's name: first of all.
        case host(NetworkNamespace, name: String)
        /// A container began to run, or more is known of it.
        case container(Container)
        case containerEnded(ContainerKey)
        case interface(Interface)
        case interfaceGone(InterfaceKey)
        case address(InterfaceKey, IPAddress, prefixLength: UInt8)
        case addressGone(InterfaceKey, IPAddress)
        case listener(Listener)
        case listenerClosed(Listener)
        /// Whose the socket at an end of a connection is; told again, more is known of it.
        case socket(ConnectionSocket)
        case translation(Translation)
        case translationGone(Translation)
        /// A host beyond this one behind a hardware address or an inner address: a remote VTEP's FDB entry.
        case remote(InterfaceKey, MACAddress, endpoint: IPAddress)
        case remoteGone(InterfaceKey, MACAddress)
        /// A network namespace is no more, with all that was in it: interfaces, addresses, listeners, translations.
        case namespaceGone(NetworkNamespace)
        /// What a place sees belongs to another scope from now on. Follows from what came before it; written down so that
        /// whoever reads the journal need not derive it again.
        case scope(ScopeAssignment)
    }
}
