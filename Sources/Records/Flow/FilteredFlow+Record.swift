import Containers
import Flows

extension FilteredFlow {
    /// What a record says.
    package init(_ record: FlowRecord) {
        self.init()
        source = FilteredEnd(record.source, hasPorts: record.hasPorts, record.scope.segment)
        destination = FilteredEnd(record.destination, hasPorts: record.hasPorts, record.scope.segment)
        protocolNumber = record.protocolNumber
        application = record.application
        guard let identities = record.identities else { return }
        source.identify(identities.source)
        destination.identify(identities.destination)
        direction = identities.direction
    }
}

extension FilteredEnd {
    fileprivate init(_ end: FlowRecord.End, hasPorts: Bool, _ segment: UInt32?) {
        self.init(end.place, end.nat, hasPorts: hasPorts, segment)
    }
}
