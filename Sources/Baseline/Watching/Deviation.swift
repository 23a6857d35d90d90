package import Addressing

/// Something a workload does that its profile has not.
package struct Deviation: Hashable, Sendable {
    /// What is new.
    package enum Kind: Hashable, Sendable {
        /// It calls somebody it did not call.
        case destination(Place, Service)
        /// It calls somebody it called, at another service.
        case service(Place, Service)
        /// It looks up a name it did not look up.
        case name(String)
        /// One of its containers has so many peers in a minute; the profile has at most so many.
        case fanOut(Int, known: Int)
        /// It has a service it had not.
        case listener(Service)
    }

    package var kind: Kind
    package var workload: Workload
    package var time: Timestamp
    /// What names the conversation that shows it.
    package var evidence: UInt64?

    package init(_ kind: Kind, _ workload: Workload, at time: Timestamp, evidence: UInt64? = nil) {
        self.kind = kind
        self.workload = workload
        self.time = time
        self.evidence = evidence
    }
}
