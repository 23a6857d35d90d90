import Addressing
package import Baseline
import Containers
import Detection
import Flows
package import Records

extension BaselineObservation {
    /// Of a conversation as it is remembered: of one that is over, or whose record was cut.
    package init(_ record: FlowRecord) {
        func end(_ end: FlowRecord.End, _ identity: Identity?, name: String?) -> BaselineEnd {
            var result = BaselineEnd(
                end.address,
                kind: identity?.kind ?? .unknown,
                container: identity?.container,
                segment: identity?.bridgeName,
                name: name
            )
            if case .segment(let number, _) = record.scope, result.segment == nil { result.segment = "\(number)" }
            return result
        }
        self.init(
            from: end(record.source, record.identities?.source, name: nil),
            to: end(record.destination, record.identities?.destination, name: record.destination.domain),
            protocolNumber: record.protocolNumber,
            port: record.hasPorts ? record.destination.port : 0,
            isAnswered: record.destination.packets > 0 && record.connectionState != .rej
                && record.connectionState != .rstrh,
            began: record.first,
            at: record.last
        )
        isWhole = !record.beganWithResponder && (record.protocolNumber != 6 || record.history.hasPrefix("S"))
        bytes = record.bytes
        evidence = record.identifier.bits
    }
}
