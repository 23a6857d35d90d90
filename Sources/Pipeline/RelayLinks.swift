import Addressing
import Containers
import Flows
import Records

/// Flows that are halves of one conversation, by the flow: also a record that follows one that was cut has it.
///
/// Bounded: beyond `limit` flows no more are linked.
struct RelayLinks {
    /// What names a flow for as long as it goes on.
    private struct Name: Hashable {
        var source: FlowTranslation.End
        var destination: FlowTranslation.End
        /// Protocol and scope.
        var transport: UInt64

        init(_ flow: Flow) {
            source = FlowTranslation.End(address: flow.source, port: flow.sourcePort)
            destination = FlowTranslation.End(address: flow.destination, port: flow.destinationPort)
            transport = UInt64(flow.scope) << 8 | UInt64(flow.protocolNumber)
        }
    }

    private struct Link {
        var direction: FlowRelay.Direction
        var other: FlowIdentifier
        var end: FlowTranslation.End
        var far: IdentityQuestion
    }

    private var links: [Name: Link] = [:]

    static var limit: Int { 16_384 }

    var isEmpty: Bool { links.isEmpty }

    /// Links both; false when there is no room.
    mutating func add(_ took: RelayHalf, _ began: RelayHalf) -> Bool {
        guard links.count + 2 <= Self.limit else { return false }
        links[Name(took.flow)] = Link(
            direction: .to,
            other: began.flow.identifier,
            end: began.end,
            far: began.far
        )
        links[Name(began.flow)] = Link(
            direction: .from,
            other: took.flow.identifier,
            end: took.end,
            far: took.far
        )
        return true
    }

    /// What a flow's record says of it; who is at the far end is asked anew, as more may be known by now.
    func relay(of flow: Flow, _ journal: borrowing IdentityJournal) -> FlowRelay? {
        guard let link = links[Name(flow)] else { return nil }
        return FlowRelay(
            link.direction,
            link.other,
            address: link.end.address,
            port: link.end.port,
            identity: journal.identify(link.far)
        )
    }

    /// The flow is over.
    mutating func remove(_ flow: Flow) {
        links[Name(flow)] = nil
    }
}
