package import Addressing
package import Flows
package import Wire

/// What is told of a flow at a moment: a value by itself, which can be kept, sent to another thread, stored and read back.
///
/// The JSON of `Docs/Records.md` is its native form; other forms are written from the same value.
package struct FlowRecord: Hashable, Sendable {
    package var action: FlowAction
    package var identifier: FlowIdentifier
    /// When its first and its last packet passed.
    package var first: Timestamp
    package var last: Timestamp
    /// Digits after the second that the time stamps of its primary point have.
    package var timestampDigits: Int
    package var state: State
    /// Why it ended; nil while it has not.
    package var endReason: Flow.EndReason?
    package var joinedTo: FlowIdentifier?
    package var twin: FlowIdentifier?
    package var relay: FlowRelay?
    package var connectionState: ConnectionState
    /// Zeek's letters.
    package var history: String

    package var isIPv6: Bool
    /// As IANA registers them.
    package var protocolNumber: UInt8
    package var application: ApplicationProtocol
    /// The initiator.
    package var source: End
    /// The responder.
    package var destination: End
    /// The ends of the packets as they were counted, where NAT makes them others than the real ones.
    package var counted: FlowEnds?
    /// Of the first packet, which the initiator sent, or where `beganWithResponder` the responder.
    package var icmp: ICMP?
    package var beganWithResponder: Bool

    package var scope: Scope.Name
    package var tunnel: Tunnel?
    /// The outer source port of its first packet.
    package var tunnelPort: UInt16
    package var details: ApplicationDetails?
    /// Who saw it, in order; at least one.
    package var path: [Place]
    /// Who the ends are; nil where no journal is kept.
    package var identities: FlowIdentities?

    /// How far its conversation came: the value of `flow.state`.
    package enum State: String, Sendable, CaseIterable {
        case new, established, closed
    }

    package struct End: Hashable, Sendable {
        package var address: IPAddress
        /// 0 without ports.
        package var port: UInt16
        /// Zero when there was none.
        package var mac: MACAddress
        /// Sent by this end.
        package var packets: UInt64
        package var bytes: UInt64
        /// What it was called by DNS or by the packets.
        package var domain: String?
        /// The other address the wire showed.
        package var nat: FlowTranslation.End?

        package init(
            _ end: FlowTranslation.End,
            mac: MACAddress = MACAddress(bits: 0),
            packets: UInt64,
            bytes: UInt64
        ) {
            address = end.address
            port = end.port
            self.mac = mac
            self.packets = packets
            self.bytes = bytes
        }
    }

    package struct ICMP: Hashable, Sendable {
        package var type: UInt8
        package var code: UInt8

        package init(type: UInt8, code: UInt8) {
            self.type = type
            self.code = code
        }
    }

    /// What one observation point counted.
    package struct Place: Hashable, Sendable {
        package var point: ObservationPoint
        package var packets: UInt64
        package var bytes: UInt64
        /// Whether it saw the other addresses that NAT gave the flow.
        package var isTranslated: Bool

        package init(point: ObservationPoint, packets: UInt64, bytes: UInt64, isTranslated: Bool) {
            self.point = point
            self.packets = packets
            self.bytes = bytes
            self.isTranslated = isTranslated
        }
    }
}

extension FlowRecord {
    /// With what every flow has; the rest is as if nothing were known of it.
    package init(
        action: FlowAction,
        identifier: FlowIdentifier,
        first: Timestamp,
        last: Timestamp,
        source: End,
        destination: End,
        protocolNumber: UInt8,
        scope: Scope.Name = .bare
    ) {
        self.action = action
        self.identifier = identifier
        self.first = first
        self.last = last
        self.source = source
        self.destination = destination
        self.protocolNumber = protocolNumber
        self.scope = scope
        timestampDigits = 9
        state = .new
        connectionState = .oth
        history = ""
        isIPv6 = source.address.isIPv6
        application = .unknown
        beganWithResponder = false
        tunnelPort = 0
        path = []
    }

    package var packets: UInt64 { source.packets &+ destination.packets }

    package var bytes: UInt64 { source.bytes &+ destination.bytes }

    /// In nanoseconds. Up to 584 years, as far as times reach.
    package var duration: UInt64 {
        last <= first ? 0 : UInt64(bitPattern: last.nanoseconds &- first.nanoseconds)
    }

    /// Whether its protocol has ports.
    package var hasPorts: Bool { Flow.hasPorts(protocolNumber) }

    /// Its name in other tools.
    package var communityID: CommunityID {
        let (source, destination) = counted.map { ($0.source, $0.destination) } ?? (source.place, destination.place)
        // The type is that of the first message, whoever sent it, and some types are not the same both ways.
        let isAnswer = icmp != nil && beganWithResponder
        return CommunityID(
            protocolNumber: protocolNumber,
            source: isAnswer ? destination.address : source.address,
            destination: isAnswer ? source.address : destination.address,
            sourcePort: icmp.map { UInt16($0.type) } ?? source.port,
            destinationPort: icmp.map { UInt16($0.code) } ?? destination.port
        )
    }
}

extension FlowRecord.End {
    var place: FlowTranslation.End { FlowTranslation.End(address: address, port: port) }
}
