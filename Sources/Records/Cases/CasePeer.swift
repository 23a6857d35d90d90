package import Addressing
import Containers

/// Somebody that the container of a case talked with: one service at a time.
package struct CasePeer: Hashable, Sendable {
    package enum Direction: String, Hashable, Sendable {
        /// The container began it, or the peer.
        case to, from
    }

    package var direction: Direction
    package var address: IPAddress
    /// What people call it: a container, or the name that it was asked for by. Nil is not known.
    package var name: String?
    package var protocolNumber: UInt8
    /// Of whoever answered.
    package var port: UInt16
    package var flows: UInt64
    /// Both ways together.
    package var packets: UInt64
    package var bytes: UInt64
    package var first: Timestamp
    package var last: Timestamp

    /// A flow of a container; nil when it is at neither end.
    package init?(_ flow: FlowRecord, of container: String) {
        func isIt(_ end: KeyPath<FlowIdentities, SharedIdentity>) -> Bool {
            flow.identities?[keyPath: end].identity.container?.key.identifier == container
        }
        let isSource = isIt(\.sharedSource)
        guard isSource || isIt(\.sharedDestination) else { return nil }
        let other = isSource ? flow.destination : flow.source
        let identity = (isSource ? flow.identities?.sharedDestination : flow.identities?.sharedSource)?.identity
        direction = isSource ? .to : .from
        address = other.address
        name = identity?.container?.label ?? other.domain
        protocolNumber = flow.protocolNumber
        port = flow.destination.port
        flows = 1
        packets = flow.source.packets &+ flow.destination.packets
        bytes = flow.source.bytes &+ flow.destination.bytes
        first = flow.first
        last = flow.last
    }

    /// What tells one from another.
    package struct Key: Hashable, Sendable {
        var direction: Direction
        var address: IPAddress
        var protocolNumber: UInt8
        var port: UInt16
    }

    package var key: Key { Key(direction: direction, address: address, protocolNumber: protocolNumber, port: port) }

    /// Counts more of the same.
    package mutating func add(_ other: Self) {
        name = other.name ?? name
        flows &+= other.flows
        packets &+= other.packets
        bytes &+= other.bytes
        first = min(first, other.first)
        last = max(last, other.last)
    }

    /// As one JSON object on a line, with the line's end: what `init(reading:)` reads.
    package func line(of number: UInt64) -> [UInt8] {
        var json = JSONBuffer(capacity: 256)
        json.beginLine()
        json.pair("@timestamp", last, digits: 9)
        let event = json.beginObject("event")
        json.pair("kind", "state")
        json.pair("action", Self.action)
        json.pair("start", first, digits: 9)
        json.pair("end", last, digits: 9)
        json.end(event)
        let portolan = json.beginObject("portolan")
        let told = json.beginObject("case")
        json.pair("id", number)
        json.end(told)
        let peer = json.beginObject("peer")
        json.pair("direction", direction.rawValue)
        json.pair("ip", address)
        json.pair("name", name)
        json.pair("iana_number", protocolNumber)
        json.pair("port", port)
        json.pair("flows", flows)
        json.pair("packets", packets)
        json.pair("bytes", bytes)
        json.end(peer)
        json.end(portolan)
        json.endLine()
        return json.bytes
    }

    private static var action: String { "case_peer" }

    /// Reads one; nil for a record of another kind.
    package init?(reading line: Span<UInt8>) throws(JournalError.Reason) {
        let fields = try JournalFields(reading: line)
        let event = try fields.object("event")
        guard try event.optional("action", String.init(json:)) == Self.action else { return nil }
        let peer = try fields.object("portolan").object("peer")
        direction = try peer.required("direction") { String(json: $0).flatMap(Direction.init) }
        address = try peer.required("ip", IPAddress.init(json:))
        name = try peer.optional("name", String.init(json:))
        protocolNumber = try peer.required("iana_number", UInt8.init(json:))
        port = try peer.required("port", UInt16.init(json:))
        flows = try peer.required("flows", UInt64.init(json:))
        packets = try peer.required("packets", UInt64.init(json:))
        bytes = try peer.required("bytes", UInt64.init(json:))
        first = try event.required("start", Timestamp.init(json:))
        last = try event.required("end", Timestamp.init(json:))
    }
}
