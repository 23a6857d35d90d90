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

    init(_ kind: Kind, _ failures: [FailedContact]) {
        self.kind = kind
        self.failures = failures
        hosts = Set(failures.map(\.contact.host))
        ports = Set(failures.map(\.contact.service))
    }

    /// What the last of some failures is part of; nil while it is part of nothing.
    init?(_ recent: [FailedContact]) {
        guard let last = recent.last else { return nil }
        var (ofHost, ofPort): ([Contact.Host: Int], [Contact.Port: Int]) = ([:], [:])
        for failure in recent {
            ofHost[failure.contact.host, default: 0] += 1
            ofPort[failure.contact.service, default: 0] += 1
        }
        let (host, port) = (ofHost[last.contact.host] ?? 0, ofPort[last.contact.service] ?? 0)
        if host >= Self.least, host >= port {
            self.init(.vertical, recent.filter { $0.contact.host == last.contact.host })
        } else if port >= Self.least {
            self.init(.horizontal, recent.filter { $0.contact.service == last.contact.service })
        } else {
            // Those that are part of something else say nothing of this.
            let scattered = recent.filter {
                ofHost[$0.contact.host, default: 0] < Self.least && ofPort[$0.contact.service, default: 0] < Self.least
            }
            guard scattered.count >= Self.least else { return nil }
            self.init(.block, scattered)
        }
    }

    /// Failures that are a pattern.
    static var least: Int { 5 }
}
