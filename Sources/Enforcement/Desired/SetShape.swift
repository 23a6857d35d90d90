import Netlink

/// What a set is for and what its keys are made of. All sets of a shape are one set, and one rule looks it up, so that however many blocks
/// there are, rules are few.
struct SetShape: Hashable {
    /// What becomes of what is found. In the order of their rules.
    enum Use: String, Hashable, CaseIterable {
        /// Dropped.
        case blocked
        /// Dropped when it begins; whoever is never blocked passes where no other end is named.
        case fresh
        /// Dropped, whoever the other end is, unless he is never blocked.
        case open
        /// Left open in a quarantine.
        case allowed
        /// Whose neighbours are looked up in a quarantine that leaves something open.
        case resolving
        /// Dropped: quarantine.
        case quarantined
        /// A declared interface between levels, as it is begun.
        case declared
        /// The answers of one.
        case answers
        /// A declared way outside.
        case outward
        /// Answers to outside.
        case outwardAnswers = "outward_answers"
    }

    /// By what a packet is known to be of the one it is about.
    enum Local: Hashable {
        case device
        case cgroup(level: UInt32)
        case source4, source6
        case anybody
    }

    enum Remote: Hashable {
        case anyone, v4, v6
    }

    enum Ports: Hashable {
        case any, protocolNumber, port
    }

    var use: Use
    var hook: PlaceHook
    var local: Local
    var remote: Remote
    var ports: Ports
    /// Whether addresses or ports of its keys are ranges.
    var isRange = false
}

extension SetShape {
    /// What it is called in the kernel: `sending_blocked_v4_port`. Nobody else's, and never longer than 31 bytes.
    var name: String {
        var words = ["\(hook.rawValue)_\(use.rawValue)"]
        switch local {
        case .device, .anybody: break
        case .cgroup(let level): words.append("group\(level)")
        case .source4: words.append("of4")
        case .source6: words.append("of6")
        }
        switch remote {
        case .anyone: break
        case .v4: words.append("v4")
        case .v6: words.append("v6")
        }
        switch ports {
        case .any: break
        case .protocolNumber: words.append("proto")
        case .port: words.append("port")
        }
        if isRange { words.append("in") }
        return words.joined(separator: "_")
    }

    /// Whether its elements end by themselves, and count: those of blocks.
    var isOfBlocks: Bool {
        switch use {
        case .blocked, .fresh, .open, .allowed, .resolving, .quarantined: true
        case .declared, .answers, .outward, .outwardAnswers: false
        }
    }

    /// Whether what it finds is dropped.
    var drops: Bool { use == .blocked || use == .fresh || use == .open || use == .quarantined }

    /// Whether whoever is never blocked passes it: what is dropped whoever the other end is, be it only as it begins.
    var sparesNeverBlocked: Bool { use == .open || use == .fresh && remote == .anyone }

    /// Whether neighbour discovery passes it: what is answered from a blocked address may be about the way to everybody else, as a router's
    /// is. What a container asks its neighbours goes to a group and is not stopped by their addresses.
    var sparesDiscovery: Bool { use == .blocked && remote == .v6 && (hook == .receiving || hook == .input) }

    var family: Nftables.Family { hook.family }

    /// The fields of its keys.
    var kinds: [Nftables.FieldKind] { selectors.map(\.kind) }

    /// What of a packet is looked up.
    var selectors: [Nftables.Selector] {
        var selectors: [Nftables.Selector] = []
        switch local {
        case .device: selectors.append(hook == .sending || hook == .input ? .inputInterface : .outputInterface)
        case .cgroup(let level): selectors.append(.cgroup(level: level))
        case .source4: selectors.append(.ipSource)
        case .source6: selectors.append(.ip6Source)
        case .anybody: break
        }
        switch remote {
        case .anyone: break
        case .v4: selectors.append(hook.isOutward ? .ipDestination : .ipSource)
        case .v6: selectors.append(hook.isOutward ? .ip6Destination : .ip6Source)
        }
        if ports != .any { selectors.append(.inetProtocol) }
        if ports == .port { selectors.append(looksAtDestinationPort ? .destinationPort : .sourcePort) }
        return selectors
    }

    /// The port is that of the other end; of what is declared, that of the server.
    private var looksAtDestinationPort: Bool {
        switch use {
        case .declared, .outward: true
        case .answers, .outwardAnswers: false
        default: hook.isOutward
        }
    }

    /// The version of IP its addresses are of; nil when there are none.
    var version: Nftables.IPVersion? {
        switch (local, remote) {
        case (.source4, _), (_, .v4): .v4
        case (.source6, _), (_, .v6): .v6
        default: nil
        }
    }

    /// The set, as nft(8) lists it.
    var set: Nftables.Set {
        var flags: Nftables.Set.Flags = isOfBlocks ? [.timeout] : []
        if isRange { flags.insert(.interval) }
        return Nftables.Set(family, name, key: kinds, flags: flags, hasCounters: drops)
    }
}

extension SetShape: Comparable {
    /// In the order of their rules.
    static func < (left: Self, right: Self) -> Bool { left.rank.lexicographicallyPrecedes(right.rank) }

    private var rank: [Int] {
        let locals: [Int] =
            switch local {
            case .device: [0, 0]
            case .cgroup(let level): [1, Int(level)]
            case .source4: [2, 0]
            case .source6: [3, 0]
            case .anybody: [4, 0]
            }
        let remotes = remote == .v4 ? 0 : remote == .v6 ? 1 : 2
        let traffic = ports == .port ? 0 : ports == .protocolNumber ? 1 : 2
        return [Use.allCases.firstIndex(of: use) ?? 0] + locals + [remotes, traffic, isRange ? 1 : 0]
    }
}
