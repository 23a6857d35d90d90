import Containers
package import Enforcement
package import Records

extension ObservedFlow {
    /// A flow as a preview needs it.
    package init(_ record: FlowRecord) {
        let (source, destination) = (record.identities?.source.container, record.identities?.destination.container)
        let from = source?.label ?? record.source.domain ?? "\(record.source.address)"
        let to = destination?.label ?? record.destination.domain ?? "\(record.destination.address)"
        self.init(
            from: record.source.address,
            record.source.port,
            to: record.destination.address,
            record.destination.port,
            protocolNumber: record.protocolNumber,
            label: "\(from) → \(to)" + (record.hasPorts ? ":\(record.destination.port)" : ""),
            isEstablished: record.source.packets > 0 && record.destination.packets > 0 && record.state != .closed,
            packets: record.packets
        )
        self.source = source?.key
        self.destination = destination?.key
    }
}
