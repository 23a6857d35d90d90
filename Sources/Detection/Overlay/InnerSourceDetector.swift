import Addressing
import Containers
import Flows

/// Finds packets in an overlay whose inner sender lives behind another tunnel end than the one that sent them.
///
/// A container that moves to another host is heard from there only from then on. It is forged when the end it came from for long goes on
/// speaking for it; or when the journal says where it lives, and that is not changed by then. Bounded in inner addresses.
struct InnerSourceDetector: Sendable {
    private var residents = SubjectTable<Contact.Host, InnerResident>(limit: Self.limit)
    private var homes = SettledHomes()
    private var tally = PeerTally()
    private var flows = 0

    static var limit: Int { 16_384 }
    /// Seconds from which on it lives there, even if it began fewer flows.
    static var settled: Int64 { 60 }
    /// Seconds within which the two contradict each other.
    static var contest: Int64 { 600 }
    /// Nanoseconds for which both may be heard of one that moves.
    static var crossing: Int64 { 1_000_000_000 }
    /// Seconds for which the journal has to say so.
    static var lag: Int64 { 10 }

    init(_ thresholds: Thresholds) { apply(thresholds) }

    mutating func apply(_ thresholds: Thresholds) {
        flows = thresholds.number("overlay", "flows", or: 8)
    }

    /// Whether it is no news that somebody is heard from behind that end.
    func isAtHome(_ host: Imprint, behind end: IPAddress, at time: Timestamp) -> Bool {
        homes.has(host, behind: Imprint(end), at: time)
    }

    /// `isOwn`: whether the outer sender is a tunnel end here; nil where nobody knows.
    mutating func take(_ passage: TunnelPassage, isOwn: Bool?, to alerts: inout [Alert]) {
        guard !passage.inner.address.isMulticast, !passage.inner.address.isOfLink else { return }
        let host = Contact.Host(address: passage.inner.address, scope: passage.inner.scope)
        let isMisplaced = isOwn == false && passage.isMisplaced
        let enough = flows
        let fresh = InnerResident(passage.outer, at: passage.time)
        let imprint = Imprint(host)
        var standing = InnerResident.Standing.open
        let alert = residents.update(host, or: fresh) { resident -> Alert? in
            defer { standing = resident.standing(enough: enough, at: passage.time) }
            let contested = resident.heard(passage, enough: enough)
            let denied = isMisplaced ? resident.denied(passage, enough: enough) : nil
            guard let claim = contested ?? denied, resident.telling.isNews(claim.count, at: passage.time) else {
                return nil
            }
            return Self.alert(passage, claim, at: passage.time)
        }
        switch standing {
        case .settled: homes.note(imprint, behind: Imprint(passage.outer), at: passage.time)
        case .shared: homes.note(imprint, behind: nil, at: passage.time)
        case .open: homes.forget(imprint)
        }
        guard let alert else { return }
        let name = alert.source.name
        if let told = tally.take(alert, others: { "\(name) sends into overlays as \($0) others, which live elsewhere" })
        {
            alerts.append(told)
        }
    }

    private static func alert(_ passage: TunnelPassage, _ claim: InnerResident.Claim, at time: Timestamp) -> Alert {
        let victim = passage.inner
        let place = "\(passage.kind) segment \(passage.identifier)"
        return Alert(
            rule: .strangeInnerSource,
            severity: Rule.strangeInnerSource.severity,
            time: time,
            source: Party(claim.end),
            destination: victim,
            first: claim.first,
            last: time,
            count: claim.count,
            evidence: claim.evidence.ordered,
            message: "\(claim.end) sends into \(place) as \(victim.address), which lives behind another tunnel end"
        )
    }
}

extension IPAddress {
    /// In fe80::/10: each host has the same or its own.
    fileprivate var isOfLink: Bool {
        if case .v6(let address) = self { return address.high >> 54 == 0x3fa }
        return false
    }
}

extension TunnelPassage {
    /// Whether the journal knows the inner sender, and not behind the outer one.
    fileprivate var isMisplaced: Bool {
        if let endpoint = inner.endpoint { return endpoint != outer }
        return inner.kind == .container && inner.confidence == .certain
    }
}
