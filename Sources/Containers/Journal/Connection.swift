/// What names a connection on the wire: its protocol, and its ends in the direction of the packet.
struct Connection: Hashable {
    var protocolNumber: UInt8
    var source: Translation.End
    var destination: Translation.End

    var reversed: Self { Self(protocolNumber: protocolNumber, source: destination, destination: source) }
}

extension Translation {
    /// Who really began: the container before masquerade.
    package var realSource: End { originalSource }
    /// Whom the packets really reach: the container behind a published port.
    package var realDestination: End { replySource }
    /// What the far side sees the source as.
    package var shownSource: End { replyDestination }
    /// What the near side sees the destination as.
    package var shownDestination: End { originalDestination }

    /// The connection as its first packet came in, and as it went out: packets of both are its own.
    var connections: [Connection] {
        let before = Connection(
            protocolNumber: protocolNumber,
            source: originalSource,
            destination: originalDestination
        )
        let after = Connection(
            protocolNumber: protocolNumber,
            source: replyDestination,
            destination: replySource
        )
        return before == after ? [before] : [before, after]
    }
}
