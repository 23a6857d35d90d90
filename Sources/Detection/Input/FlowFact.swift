package import Addressing
package import Flows
package import Wire

/// What detectors are told of a flow: when it begins, now and then while it goes on, and when it ends or its record is cut.
package struct FlowFact: Sendable {
    /// Whether more comes of it.
    package enum Phase: Sendable {
        case began, goesOn, ended
    }

    package var phase: Phase
    /// Packet time at which it is told.
    package var time: Timestamp
    /// Counts the flows of a table from 1: what `answered` names it by.
    package var serial: UInt32
    /// What alerts name it by.
    package var identifier: FlowIdentifier
    package var source: Party
    package var destination: Party
    package var protocolNumber: UInt8
    /// The initiator's; 0 without ports.
    package var sourcePort: UInt16 = 0
    /// The responder's; 0 without ports.
    package var port: UInt16
    package var opening: Opening
    package var first: Timestamp
    package var last: Timestamp
    package var sourcePackets: UInt64
    package var destinationPackets: UInt64
    package var sourceBytes: UInt64
    package var destinationBytes: UInt64
    package var state: ConnectionState
    /// Whether it is not known yet what becomes of it.
    package var isAwaited = false
    /// What the destination was asked for by: a DNS answer before the flow, or its own first bytes. From outside.
    package var name: String?
    package var application = ApplicationProtocol.unknown
    /// What the first payloads said; nil where that is nothing, or nothing yet.
    package var words: ApplicationDetails? {
        get { said?.words }
        set { said = newValue.map(Said.init) }
    }
    private var said: Said?
    /// Echoes in a row that were not what was to be echoed; from three on it stays.
    package var echoMismatches = 0
    /// The innermost tunnel around it.
    package var tunnel: Tunnel?

    package init(
        _ phase: Phase,
        at time: Timestamp,
        serial: UInt32,
        identifier: FlowIdentifier,
        from source: Party,
        to destination: Party,
        protocolNumber: UInt8 = 6,
        port: UInt16 = 0,
        opening: Opening = .syn
    ) {
        self.phase = phase
        self.time = time
        self.serial = serial
        self.identifier = identifier
        self.source = source
        self.destination = destination
        self.protocolNumber = protocolNumber
        self.port = port
        self.opening = opening
        first = time
        last = time
        sourcePackets = 1
        destinationPackets = 0
        sourceBytes = 0
        destinationBytes = 0
        state = protocolNumber == 6 ? .s0 : .oth
    }
}

/// What few flows have, and is large: behind a reference, as facts are handed on.
private final class Said: Sendable {
    let words: ApplicationDetails

    init(_ words: ApplicationDetails) { self.words = words }
}
