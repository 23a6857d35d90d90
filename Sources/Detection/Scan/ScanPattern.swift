/// What somebody who scans is after, from what failed lately, and the failures that show it.
struct ScanPattern: Sendable {
    enum Kind: Sendable {
        /// Ports of one host, a port of many hosts, ports of many hosts.
        case vertical, horizontal, block
    }

    let kind: Kind
    let failures: [FailedContact]
    let hosts: Set<Contact.Host>
    let ports: Set<Contact.Port>

    /// What the last of some failures is part of; nil of none.
    init?(_ recent: [FailedContact]) {
        guard let last = recent.last else { return nil }
        let ofHost = recent.filter { $0.contact.host == last.contact.host }
        let ofPort = recent.filter { $0.contact.service == last.contact.service }
        let least = min(Self.least, (recent.count + 1) / 2)
        if ofHost.count >= max(ofPort.count, least) {
            (kind, failures) = (.vertical, ofHost)
        } else if ofPort.count >= least {
            (kind, failures) = (.horizontal, ofPort)
        } else {
            (kind, failures) = (.block, recent)
        }
        hosts = Set(failures.map(\.contact.host))
        ports = Set(failures.map(\.contact.service))
    }

    /// Failures at one host or port that are a pattern of their own.
    static var least: Int { 5 }
}
