import Addressing
import Containers

/// Finds who claims an address that somebody else has, with ARP or neighbour advertisements.
///
/// That an address moves once is how containers are replaced. It is a takeover when the former holder goes on claiming it, when one
/// newcomer takes addresses of two holders, or when the journal says that the claim came from a container that does not have
/// the address. Bounded in addresses and in newcomers.
struct TakeoverDetector: Sendable {
    private struct Holder: Sendable {
        var hardware: MACAddress
        var party: Party
    }

    private struct Binding: Sendable {
        var holder: Holder
        /// Who had it before, and until when.
        var former: Holder?
        var changed: Int64 = .min
        var telling = Telling()
        var count = 0
        var first: Timestamp?
    }

    private struct Newcomer: TableKey {
        let hardware: MACAddress
        let scope: UInt32
        /// A new container may get addresses of both families that two others had.
        let isIPv6: Bool
    }

    /// Whose addresses a newcomer took lately: two are enough.
    private struct Booty: Sendable {
        var owner: MACAddress
        var second: Int64
    }

    private var bindings = SubjectTable<Contact.Host, Binding>(limit: Self.limit)
    private var booty = SubjectTable<Newcomer, Booty>(limit: Self.newcomerLimit)

    static var limit: Int { 16_384 }
    static var newcomerLimit: Int { 1024 }
    /// Seconds within which a former holder's claim contradicts the newcomer's.
    static var contest: Int64 { 600 }
    /// Severity where no journal says who it is: two interfaces of one host on one segment look like this, too.
    static var vagueSeverity: Int { 39 }

    mutating func take(_ hearsay: Hearsay, to alerts: inout [Alert]) {
        guard case .claim(let address, let hardware) = hearsay.kind else { return }
        let host = Contact.Host(address: address, scope: hearsay.scope)
        let claimed = Holder(hardware: hardware, party: hearsay.speaker)
        guard var binding = bindings[host] else {
            bindings.set(host, Binding(holder: claimed))
            if hearsay.speaker.isForged { accuse(claimed, of: host, hearsay.time, first: hearsay.time, 1, to: &alerts) }
            return
        }
        let second = hearsay.time.seconds
        var culprit = hearsay.speaker.isForged ? claimed : nil
        if binding.holder.hardware != hardware {
            let isReturn = binding.former?.hardware == hardware && second &- binding.changed <= Self.contest
            if isReturn {
                // Whoever came second took it.
                culprit = culprit ?? binding.holder
            } else if hasRobbedAnother(claimed, of: host, owner: binding.holder.hardware, at: second) {
                culprit = culprit ?? claimed
            }
            (binding.former, binding.holder, binding.changed) = (binding.holder, claimed, second)
            // The rightful one has it again: the next claim of the other is one more, and not a return.
            if isReturn { binding.former = nil }
        }
        if let culprit {
            binding.count += 1
            let first = binding.first ?? hearsay.time
            binding.first = first
            if binding.telling.isNews(binding.count, at: hearsay.time) {
                accuse(culprit, of: host, hearsay.time, first: first, binding.count, to: &alerts)
            }
        }
        bindings.set(host, binding)
    }

    private mutating func hasRobbedAnother(
        _ newcomer: Holder,
        of host: Contact.Host,
        owner: MACAddress,
        at second: Int64
    ) -> Bool {
        let key = Newcomer(hardware: newcomer.hardware, scope: host.scope, isIPv6: host.address.isIPv6)
        defer { booty.set(key, Booty(owner: owner, second: second)) }
        guard let before = booty[key] else { return false }
        return before.owner != owner && second &- before.second <= Self.contest
    }

    private func accuse(
        _ culprit: Holder,
        of host: Contact.Host,
        _ time: Timestamp,
        first: Timestamp,
        _ count: Int,
        to alerts: inout [Alert]
    ) {
        let rule: Rule = host.address.isIPv6 ? .neighbourTakeover : .arpTakeover
        let isKnown = culprit.party.kind == .container
        let who = isKnown ? culprit.party.name : "\(culprit.hardware)"
        alerts.append(
            Alert(
                rule: rule,
                severity: isKnown ? rule.severity : Self.vagueSeverity,
                time: time,
                source: culprit.party,
                destination: Party(host.address, scope: host.scope),
                first: first,
                last: time,
                count: count,
                evidence: [],
                message: "\(who) claims the address \(host.address), which somebody else has"
            )
        )
    }
}
