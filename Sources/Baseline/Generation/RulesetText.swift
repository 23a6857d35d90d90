import Addressing

extension Baseline {
    /// What workloads did as a ruleset of nftables, by the addresses their containers had: to read, and to load with `nft -f`.
    package var ruleset: String { RulesetText(self).text() }
}

/// Writes a table of its own, so that loading it again replaces it and nothing else. Its name is not that of the table by which Portolan
/// itself stops flows.
struct RulesetText {
    private let baseline: Baseline
    private let names: WorkloadNames
    private var lines: [String] = []

    private static var table: String { "inet portolan_baseline" }

    init(_ baseline: Baseline) {
        self.baseline = baseline
        names = WorkloadNames(baseline)
    }

    func text() -> String {
        var copy = self
        copy.write()
        return copy.lines.joined(separator: "\n") + "\n"
    }

    private mutating func write() {
        lines.append("#!/usr/sbin/nft -f")
        for line in EvidenceText.lines(baseline) { comment(line, 0) }
        comment("Containers that are made anew have other addresses: make this anew, too.", 0)
        lines += ["", "table \(Self.table)", "delete table \(Self.table)", "", "table \(Self.table) {"]
        let profiles = baseline.profiles.filter { !RulesetSet.all(of: $0, name(of: $0)).isEmpty }
        for profile in profiles { writeSets(profile) }
        writeForward(profiles)
        for profile in profiles {
            writeOutgoing(profile)
            writeIncoming(profile)
        }
        lines.append("}")
    }

    private func name(of profile: Profile) -> String { RulesetSet.identifier(names[profile.workload]) }

    private mutating func comment(_ text: String, _ depth: Int) {
        lines.append(indent(depth) + "# \(YAMLLines.plain(text))")
    }

    private func indent(_ depth: Int) -> String { String(repeating: "\t", count: depth) }

    private mutating func writeSets(_ profile: Profile) {
        comment(EvidenceText.line(profile, names[profile.workload]), 1)
        for set in RulesetSet.all(of: profile, name(of: profile)) {
            lines.append("\tset \(set.name) {")
            lines.append("\t\ttype \(set.isIPv6 ? "ipv6_addr" : "ipv4_addr")")
            if set.isOfBlocks { lines.append("\t\tflags interval") }
            lines.append("\t\telements = { \(set.elements.joined(separator: ", ")) }")
            lines.append("\t}")
        }
        lines.append("")
    }

    private mutating func writeForward(_ profiles: [Profile]) {
        lines += ["\tchain forward {", "\t\ttype filter hook forward priority filter; policy accept;"]
        lines.append("\t\tct state established,related accept")
        // Who is described comes before the network he is in.
        for (direction, verb) in [("saddr", "from"), ("daddr", "to")] {
            for profile in profiles {
                for set in RulesetSet.all(of: profile, name(of: profile)) {
                    lines.append("\t\t\(set.family) \(direction) @\(set.name) goto \(verb)_\(name(of: profile))")
                }
            }
        }
        lines += ["\t}", ""]
    }

    private mutating func writeOutgoing(_ profile: Profile) {
        lines.append("\tchain from_\(name(of: profile)) {")
        for peer in profile.destinations {
            comment(EvidenceText.line(peer, names), 2)
            let rules = self.rules(peer, "daddr")
            if rules.isEmpty { comment("left out: it does not pass through here, or nothing says where it is", 2) }
            lines += rules.map { "\t\t\($0)" }
        }
        lines += ["\t\tcounter drop", "\t}", ""]
    }

    /// Who calls and is no workload; those come through their own chains.
    private mutating func writeIncoming(_ profile: Profile) {
        lines.append("\tchain to_\(name(of: profile)) {")
        for peer in profile.callers {
            comment(EvidenceText.line(peer, names), 2)
            let rules = self.rules(peer, "saddr")
            if rules.isEmpty { comment("left out: it does not pass through here", 2) }
            lines += rules.map { "\t\t\($0)" }
        }
        lines += ["\t\tcounter drop", "\t}", ""]
    }

    private func rules(_ peer: Profile.Peer, _ direction: String) -> [String] {
        let service = peer.exchange.service.match
        return ends(peer).map { end in
            let address = end.isEmpty ? "" : "\(end.family) \(direction) \(end.text) "
            return "\(address)\(service) counter accept"
        }
    }

    /// What stands for the other end, by family; an empty one for anybody.
    private func ends(_ peer: Profile.Peer) -> [RulesetEnd] {
        switch peer.exchange.place {
        case .workload(let workload):
            guard let profile = baseline.profile(of: workload) else { return [] }
            return RulesetSet.all(of: profile, name(of: profile)).map {
                RulesetEnd(family: $0.family, text: "@\($0.name)")
            }
        case .network(let block):
            return [RulesetEnd(family: block.address.isIPv6 ? "ip6" : "ip", text: "\(block)")]
        case .outside: return [RulesetEnd(family: "", text: "")]
        case .name, .remoteHost:
            return [false, true].compactMap { isIPv6 in
                let some = peer.addresses.filter { $0.isIPv6 == isIPv6 }.map { "\($0)" }
                return some.isEmpty
                    ? nil : RulesetEnd(family: isIPv6 ? "ip6" : "ip", text: "{ \(some.joined(separator: ", ")) }")
            }
        // Packets to the host itself are not forwarded.
        case .host, .gateway: return []
        }
    }
}

/// An end in a rule.
private struct RulesetEnd {
    var family: String
    var text: String

    var isEmpty: Bool { text.isEmpty }
}

extension Service {
    /// How nftables asks for it.
    fileprivate var match: String {
        if hasPorts, let port { return "\(protocolWord) dport \(port)" }
        return "meta l4proto \(protocolNumber)"
    }
}
