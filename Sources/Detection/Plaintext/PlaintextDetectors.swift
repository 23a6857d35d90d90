import Addressing
import Containers
import Flows
package import Wire

/// What is said in the clear and should not be: management, images, and anything across levels or hosts.
///
/// The bytes have to show what is spoken, and somebody has to answer; a port that was only tried is a scan's matter. Bounded in pairs.
package struct PlaintextDetectors: Sendable {
    /// By the prints of pairs.
    private var tellings = SubjectTable<UInt64, Telling>(limit: Self.limit)
    private var tally = PeerTally()

    static var limit: Int { 8192 }
    /// Where neither end is known to be a container's or a host's: somebody else's affair, perhaps.
    static var vagueSeverity: Int { 39 }

    /// `levels`: how sensitive the ends are, where a policy says.
    mutating func take(_ fact: FlowFact, _ levels: FlowLevels, to alerts: inout [Alert]) {
        guard fact.phase != .began, fact.application != .unknown, fact.isAnsweredInTheClear else { return }
        if let service = ManagementService(fact) {
            tell(.plaintextManagement, fact, "speaks \(service.name) with", to: &alerts)
        } else if fact.isRegistryPull {
            tell(.plaintextRegistry, fact, "asks for images of", to: &alerts)
        } else if fact.application.isPlaintext, let way = fact.way(levels) {
            cross(fact, way, to: &alerts)
        }
    }

    /// Whether what was asked for over HTTP may be a registry's, or Docker's API's.
    package static func isRemarkable(path: String) -> Bool { path.hasPrefix("/v1.") || path.hasPrefix("/v2/") }

    private mutating func tell(_ rule: Rule, _ fact: FlowFact, _ what: String, to alerts: inout [Alert]) {
        guard isNews(rule, fact, port: fact.port) else { return }
        fold(rule, fact, to: &alerts) {
            let message = "\(fact.source.name) \(what) \(fact.calledName) in the clear, on \(fact.service)"
            return Alert(rule, fact, severity: fact.isKnown ? nil : Self.vagueSeverity, message)
        }
    }

    private mutating func cross(_ fact: FlowFact, _ way: String, to alerts: inout [Alert]) {
        guard isNews(.plaintextCrossing, fact, port: 0) else { return }
        fold(.plaintextCrossing, fact, to: &alerts) {
            let what = "speaks \(fact.application) with \(fact.calledName) in the clear, \(way)"
            return Alert(.plaintextCrossing, fact, "\(fact.source.name) \(what)")
        }
    }

    private mutating func fold(_ rule: Rule, _ fact: FlowFact, to alerts: inout [Alert], _ alert: () -> Alert) {
        let told = tally.take(rule, fact, alert()) { "\(fact.source.name) speaks in the clear with \($0) others" }
        if let told { alerts.append(told) }
    }

    private mutating func isNews(_ rule: Rule, _ fact: FlowFact, port: UInt16) -> Bool {
        var pair = Fold(Imprint(Workload(fact.source)).print)
        pair.add(Imprint(Workload(fact.destination)).print)
        pair.add(UInt64(fact.application.rawValue) << 16 | UInt64(port))
        pair.add(rule == .plaintextCrossing ? 0 : rule == .plaintextRegistry ? 1 : 2)
        return tellings.update(pair.value, or: Telling()) { $0.isNews(1, at: fact.time) }
    }
}

extension FlowFact {
    /// Whether somebody answered, and no bytes of TLS came. What never leaves a host is nobody's to overhear.
    fileprivate var isAnsweredInTheClear: Bool {
        guard destinationPackets > 0, sourcePackets > 0, !source.address.isLoopback, !destination.address.isLoopback,
            source.address != destination.address
        else { return false }
        return words?.tlsVersion == nil && words?.tlsOfferedVersion == nil && words?.serverName == nil
    }

    /// Whether one of the ends is a container's, or a host's that is watched.
    fileprivate var isKnown: Bool { source.isOfWatched || destination.isOfWatched }

    /// Whether it asks a registry for manifests or blobs, by the OCI distribution specification.
    var isRegistryPull: Bool {
        guard application == .http, let path = words?.httpPath, path.hasPrefix("/v2/") else { return false }
        if let status = words?.httpStatus, status == 400 || status == 301 || status == 308 { return false }
        let words = path.split(separator: "?").first?.split(separator: "/") ?? []
        if words.count == 1 { return port == 5000 }
        return words.count >= 4
            && words.dropFirst(2).dropLast().contains { ["manifests", "blobs", "tags"].contains($0) }
    }

    /// What it crosses that somebody may listen on; nil where it stays within.
    fileprivate func way(_ levels: FlowLevels) -> String? {
        guard !destination.isOutside, !source.isOutside else { return nil }
        if levels.differ { return "between levels" }
        let isTunnelled = tunnel?.stack.innermost?.namesSegment ?? false
        return isTunnelled || source.endpoint != nil || destination.endpoint != nil ? "between hosts" : nil
    }
}

extension Party {
    fileprivate var isOfWatched: Bool {
        switch kind {
        case .container, .host, .gateway, .namespace: true
        default: false
        }
    }
}

extension ApplicationProtocol {
    /// Whether any detector has an eye on a flow that ended and spoke so; nil where it hangs on what was said.
    package func isRemarkable(onPort port: UInt16, isTCP: Bool, mayCross: Bool) -> Bool? {
        switch self {
        case .dns: isTCP
        case .wireguard, .stratum, .telnet, .vnc: true
        case .http, .http2: mayCross || ManagementService.name(ofPort: port) != nil ? true : nil
        default: mayCross && isPlaintext
        }
    }

    /// Whether it goes in the clear to its end, once begun so. What may change to TLS after its first words is not among them.
    fileprivate var isPlaintext: Bool {
        switch self {
        case .http, .http2, .redis, .memcached, .mongodb, .mqtt, .amqp, .telnet, .tftp, .vnc, .snmp, .syslog, .rsync:
            true
        default: false
        }
    }
}
