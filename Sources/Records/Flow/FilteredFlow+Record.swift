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
        identify(record.identities)
    }
}

extension FilteredEnd {
    fileprivate init(_ end: FlowRecord.End, hasPorts: Bool, _ segment: UInt32?) {
        self.init(end.place, end.nat, hasPorts: hasPorts, segment)
    }
}
