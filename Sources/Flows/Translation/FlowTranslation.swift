public import Addressing

/// A connection whose ends are not the same on both sides of this host: NAT changes addresses or ports on the way.
public struct FlowTranslation: Hashable, Sendable {
    /// An address and a port.
    public struct End: Hashable, Sendable {
        public var address: IPAddress
        public var port: UInt16

        public init(address: IPAddress, port: UInt16) {
            self.address = address
            self.port = port
        }
    }

    /// As IANA registers them.
    public var protocolNumber: UInt8
    /// The initiator, and whom it asked for, as its packets come in.
    public var source: End
    public var destination: End
    /// The same as its packets go on.
    public var translatedSource: End
    public var translatedDestination: End

    public init(
        protocolNumber: UInt8,
        source: End,
        destination: End,
        translatedSource: End,
        translatedDestination: End
    ) {
        self.protocolNumber = protocolNumber
        self.source = source
        self.destination = destination
        self.translatedSource = translatedSource
        self.translatedDestination = translatedDestination
    }

    /// Whether it changes anything.
    var isEffective: Bool { source != translatedSource || destination != translatedDestination }

    /// Whether the flow is kept as it goes on, not as it comes in: where the destination was changed, that is who answers.
    var keepsTranslated: Bool { destination != translatedDestination }
}
