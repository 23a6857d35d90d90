package import Addressing
package import Containers
package import Flows

/// Who is handed what a pipeline concludes, as it concludes it: writers, tables, screens.
///
/// Called in packet order, never concurrently. What is borrowed is valid only during the call.
package protocol RecordSink: AnyObject {
    /// A flow began, goes on or ended; `names` are what its ends were called at the time.
    func flow(
        _ action: FlowAction,
        _ flow: Flow,
        _ book: borrowing FlowBook,
        _ names: FlowNames
    )

    /// Whether it does anything with starts: mostly those are told for somebody else. Asked once.
    var wantsStarts: Bool { get }

    /// Who judges flows, if that is one of those it hands everything to. Asked once; told of flows before everybody, and not through
    /// those before it, as it is told of each start and each answer.
    var judge: (any FlowJudge)? { get }

    /// Whether it wants what is judged beside flows: wants to hear of DNS answers, and who sent what is no flow. Asked once.
    var judges: Bool { get }

    /// A DNS answer passed, as captured; `client` is who asked, where a journal is kept. Only for one that judges.
    func resolved(_ message: RawSpan, _ exchange: DNSExchange, client: Identity?)

    /// Something was seen that is no flow.
    func sighting(_ sighting: Sighting, _ book: borrowing FlowBook)

    /// The same, for one that judges: `sender` is who sent it by the interface it came through or by its hardware address, whatever
    /// address it claims; nil where that tells nothing.
    func sighting(_ sighting: Sighting, _ book: borrowing FlowBook, sender: Identity?)

    /// Something of the host became so: a container, an address, a socket.
    func changed(_ entry: JournalEntry)

    /// The same, of a file that says who was who: for one that judges. The entries stand before the packets of their time.
    func told(_ entry: JournalEntry)

    /// Packets were lost.
    func gap(_ gap: CaptureGap)

    /// Under load something is not told or found out from now on, or is again.
    func shed(_ change: DetailChange)

    /// The clock was set: it would be `from` now, and it is `to`. Set back, all flows ended before this, `forced`, and what is open
    /// in the journal comes after it, with times of the new clock.
    func clockChanged(from: Timestamp, to: Timestamp)
}

/// Most listeners care for flows alone.
extension RecordSink {
    package var wantsStarts: Bool { true }

    package var judge: (any FlowJudge)? { nil }

    package var judges: Bool { false }

    package func resolved(_ message: RawSpan, _ exchange: DNSExchange, client: Identity?) {}

    package func sighting(_ sighting: Sighting, _ book: borrowing FlowBook, sender: Identity?) {
        self.sighting(sighting, book)
    }

    package func changed(_ entry: JournalEntry) {}

    package func told(_ entry: JournalEntry) {}

    package func gap(_ gap: CaptureGap) {}

    package func shed(_ change: DetailChange) {}

    package func clockChanged(from: Timestamp, to: Timestamp) {}
}

/// Why a flow is told of; the value of `event.action`.
package enum FlowAction: String, Sendable {
    case started = "flow_started"
    case updated = "flow_updated"
    case ended = "flow_ended"
}

/// What a flow's ends were called: by DNS answers before it or its own first bytes, and by whoever keeps the journal.
package struct FlowNames: Hashable, Sendable {
    package var source: String?
    package var destination: String?
    /// Who the ends are; nil where no journal is kept.
    package var identities: FlowIdentities?
    /// The other half, where a process of this host passes the conversation on.
    package var relay: FlowRelay?

    package init(
        source: String? = nil,
        destination: String? = nil,
        identities: FlowIdentities? = nil,
        relay: FlowRelay? = nil
    ) {
        self.source = source
        self.destination = destination
        self.identities = identities
        self.relay = relay
    }
}
