/// Where a socket stands, as the kernel numbers TCP's states; UDP uses two of them.
///
/// RFC 9293, section 3.3.2; net/tcp_states.h in the kernel.
package enum SocketState: UInt8, Hashable, Sendable, CaseIterable {
    /// TCP's; for UDP a socket with a peer.
    case established = 1
    case synSent, synReceived, finWait1, finWait2, timeWait
    /// TCP's; for UDP a socket without a peer, which hears from all.
    case closed
    case closeWait, lastAck
    /// TCP's, waiting for others to begin.
    case listening
    case closing
    /// A connection of a listener that has not been taken for its own yet.
    case newSynReceived
    case boundInactive
}

/// A set of states, to ask for the sockets in them.
package struct SocketStates: OptionSet, Sendable {
    package let rawValue: UInt32

    package init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    package init(_ state: SocketState) {
        rawValue = 1 << UInt32(state.rawValue)
    }

    /// What waits for others to begin: TCP in LISTEN, UDP without a peer.
    ///
    /// For TCP no other state than this: for any other the kernel walks its table of all connections, of all namespaces, which
    /// takes longer than all else together.
    package static func waiting(_ transport: SocketProtocol) -> Self {
        switch transport {
        case .tcp: Self(.listening)
        case .udp: Self(.closed)
        }
    }

    /// What has a peer and may still carry something.
    package static var connected: Self {
        [
            Self(.established), Self(.synSent), Self(.synReceived), Self(.finWait1), Self(.finWait2), Self(.closeWait),
            Self(.lastAck), Self(.closing),
        ]
    }
}
