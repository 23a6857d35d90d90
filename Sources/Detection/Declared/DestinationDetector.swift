import Addressing
import Containers
import Flows
import Policy
import Wire

/// Finds calls to where nothing good is: what feeds list, by address and by the name that was asked for, a cloud's metadata service,
/// and mining pools. NIST SP 800-190, section 4.4.2
struct DestinationDetector: Sendable {
    private var tally = PeerTally()

    /// A name that was only looked up.
    static var lookUpSeverity: Int { 60 }
    /// Not a container's doing: a cloud's own agents ask there on every host.
    static var hostSeverity: Int { 20 }

    mutating func take(_ fact: FlowFact, _ feeds: FeedTables, to alerts: inout [Alert]) {
        guard fact.source.isOurs else { return }
        // A name is perhaps known later than the address.
        if fact.phase == .began || fact.name != nil, feeds.count > 0, let (feed, what) = listing(of: fact, feeds) {
            tell(
                Alert(
                    .listedDestination,
                    fact,
                    "\(fact.source.name) called \(fact.calledName) on \(fact.service): \(what) is on the feed \(feed.name)"
                ),
                to: &alerts
            )
        }
        if fact.phase == .began {
            metadata(fact, to: &alerts)
        } else if fact.application == .stratum {
            let message =
                "\(fact.source.name) speaks a mining pool's protocol with \(fact.calledName) on \(fact.service)"
            tell(Alert(.miningPool, fact, message), to: &alerts)
        }
    }

    /// A name that a feed has was looked up, whatever came of it.
    mutating func take(_ answer: NameAnswer, _ feeds: FeedTables, to alerts: inout [Alert]) {
        guard feeds.count > 0, answer.client.isOurs, let feed = feeds.feed(of: answer.name) else { return }
        let alert = Alert(
            rule: .listedDestination,
            severity: Self.lookUpSeverity,
            time: answer.time,
            source: answer.client,
            destination: Party(answer.server, scope: answer.client.scope),
            first: answer.time,
            last: answer.time,
            count: 1,
            evidence: [],
            message: "\(answer.client.name) looked up \(answer.name), which is on the feed \(feed.name)"
        )
        tell(alert, to: &alerts)
    }

    private func listing(of fact: FlowFact, _ feeds: FeedTables) -> (Feed, what: String)? {
        if fact.destination.container == nil, let feed = feeds.feed(of: fact.destination.address) {
            return (feed, "\(fact.destination.address)")
        }
        guard let name = fact.name, let feed = feeds.feed(of: name) else { return nil }
        return (feed, name)
    }

    private mutating func metadata(_ fact: FlowFact, to alerts: inout [Alert]) {
        guard Self.isMetadataService(fact.destination.address) else { return }
        let isContainers = fact.source.container != nil
        let message =
            "\(fact.source.name) asked the cloud's metadata service at \(fact.destination.address), which gives away credentials"
        tell(Alert(.cloudMetadata, fact, severity: isContainers ? nil : Self.hostSeverity, message), to: &alerts)
    }

    private mutating func tell(_ alert: Alert, to alerts: inout [Alert]) {
        let name = alert.source.name
        if let told = tally.take(alert, others: { "\(name) called \($0) dangerous destinations" }) {
            alerts.append(told)
        }
    }

    /// Of AWS (in IPv6 too, and of its tasks), Google, Azure and others; of Alibaba.
    static func isMetadataService(_ address: IPAddress) -> Bool {
        switch address {
        case .v4(let address):
            address.bits == 0xa9fe_a9fe || address.bits == 0xa9fe_aa02 || address.bits == 0x6464_64c8
        case .v6(let address): address.high == 0xfd00_0ec2_0000_0000 && address.low == 0x254
        }
    }
}
