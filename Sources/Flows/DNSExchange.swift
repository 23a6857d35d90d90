public import Addressing

/// Between whom, where and when a DNS message passed.
public struct DNSExchange: Hashable, Sendable {
    /// Whom an answer is for.
    public var client: IPAddress
    public var server: IPAddress
    /// Number of the scope of both.
    public var scope: UInt32
    /// Whether the length stands in front of the message.
    public var isTCP: Bool
    public var time: Timestamp
    /// The flow it is part of; nil where that is not known.
    public var flow: FlowIdentifier?

    public init(
        client: IPAddress,
        server: IPAddress,
        scope: UInt32,
        isTCP: Bool,
        time: Timestamp,
        flow: FlowIdentifier? = nil
    ) {
        self.client = client
        self.server = server
        self.scope = scope
        self.isTCP = isTCP
        self.time = time
        self.flow = flow
    }
}
