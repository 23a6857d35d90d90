package import Addressing

/// A connection whose addresses or ports are changed on the way, as conntrack has it.
package struct Translation: Hashable, Sendable {
    /// One end of a packet.
    package struct End: Hashable, Sendable {
        package var address: IPAddress
        package var port: UInt16

        package init(address: IPAddress, port: UInt16) {
            self.address = address
            self.port = port
        }
    }

    /// The namespace whose conntrack it is.
    package var namespace: NetworkNamespace
    package var protocolNumber: UInt8
    /// As the first packet came in.
    package var originalSource: End
    package var originalDestination: End
    /// As the answers come in: its destination is what the source became, its source what the destination became.
    package var replySource: End
    package var replyDestination: End

    package init(
        namespace: NetworkNamespace,
        protocolNumber: UInt8,
        originalSource: End,
        originalDestination: End,
        replySource: End,
        replyDestination: End
    ) {
        self.namespace = namespace
        self.protocolNumber = protocolNumber
        self.originalSource = originalSource
        self.originalDestination = originalDestination
        self.replySource = replySource
        self.replyDestination = replyDestination
    }
}
