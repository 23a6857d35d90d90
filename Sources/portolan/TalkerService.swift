import Flows
import Records
import Wire

/// What a flow's responder offers, as far as the flow shows: protocol, port, and what is spoken.
struct TalkerService: Equatable {
    var protocolNumber: UInt8
    /// Nil when the protocol has none.
    var port: UInt16?
    var application: ApplicationProtocol
}

extension TalkerService {
    @inline(__always)
    init(_ flow: Flow) {
        protocolNumber = flow.protocolNumber
        port = flow.hasPorts ? flow.destinationPort : nil
        application = flow.applicationProtocol
    }

    /// One of 64, the same for flows of the same protocol and port; nothing else is worked out for it.
    @inline(__always)
    static func bit(of flow: Flow) -> UInt64 { bit(flow.protocolNumber, flow.destinationPort) }

    @inline(__always)
    private static func bit(_ protocolNumber: UInt8, _ port: UInt16) -> UInt64 {
        let number = UInt32(protocolNumber) << 16 | UInt32(port)
        return 1 << UInt64((number &* 0x9e37_79b1) >> 26)
    }

    /// Such as `8080/tcp http`, `icmp`.
    var text: String {
        let transport = TransportKeyword.of(protocolNumber) ?? "protocol \(protocolNumber)"
        let service = port.map { "\($0)/\(transport)" } ?? transport
        return application == .unknown ? service : "\(service) \(application)"
    }
}
