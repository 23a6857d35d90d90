import Addressing
import Flows
import Records
import Wire

/// Numbers that flows are sorted by.
enum FlowSorting {
    /// What makes two ends the same to a reader: who it is, its address and its name. Identities are shared, so an address of one
    /// in memory stands for all of it.
    private struct NamePart: Hashable {
        let identity: ObjectIdentifier?
        let address: IPAddress
        let domain: String?
        let port: UInt16
        /// A flow that has it.
        let example: Int

        static func == (left: Self, right: Self) -> Bool {
            left.identity == right.identity && left.address == right.address && left.domain == right.domain
                && left.port == right.port
        }

        func hash(into hasher: inout Hasher) {
            hasher.combine(identity)
            hasher.combine(address)
            hasher.combine(domain)
            hasher.combine(port)
        }
    }

    private struct ProtocolPart: Hashable {
        let number: UInt8
        let application: ApplicationProtocol
        let example: Int

        static func == (left: Self, right: Self) -> Bool {
            left.number == right.number && left.application == right.application
        }

        func hash(into hasher: inout Hasher) {
            hasher.combine(number)
            hasher.combine(application)
        }
    }

    static func keys(of flows: [FlowRecord], at places: [Int], by column: FlowsTable.Column) -> [UInt64] {
        switch column {
        case .from:
            return names(flows, places, \.source, hasPort: false, { $0.sharedSource }) { FlowText.source($0) }
        case .to:
            return names(flows, places, \.destination, hasPort: true, { $0.sharedDestination }) {
                FlowText.destination($0) + FlowText.port($0)
            }
        case .protocols:
            let parts = places.map {
                ProtocolPart(number: flows[$0].protocolNumber, application: flows[$0].application, example: $0)
            }
            return SortKeys.ranks(of: parts) { FlowText.protocols(flows[$0.example]) }
        case .bytes: return places.map { flows[$0].bytes }
        case .rate: return places.map { SortKeys.key(FlowText.rate(flows[$0])) }
        case .packets: return places.map { flows[$0].packets }
        case .overlay: return SortKeys.ranks(of: places.map { FlowText.overlay(flows[$0]) }) { $0 }
        case .state: return SortKeys.ranks(of: places.map { FlowText.state(flows[$0]) }) { $0 }
        case .started: return places.map { SortKeys.key(flows[$0].first.nanoseconds) }
        }
    }

    private static func names(
        _ flows: [FlowRecord],
        _ places: [Int],
        _ end: (FlowRecord) -> FlowRecord.End,
        hasPort: Bool,
        _ identity: (FlowIdentities) -> SharedIdentity,
        _ text: (FlowRecord) -> String
    ) -> [UInt64] {
        let parts = places.map { place in
            let flow = flows[place]
            let own = end(flow)
            return NamePart(
                identity: flow.identities.map { ObjectIdentifier(identity($0)) },
                address: own.address,
                domain: own.domain,
                port: hasPort ? own.port : 0,
                example: place
            )
        }
        return SortKeys.ranks(of: parts) { text(flows[$0.example]) }
    }
}
