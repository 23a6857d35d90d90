package import Addressing
package import Netlink

/// Whether what shall stand does stand, and what it stopped, by a dump of the kernel and nothing else.
package struct Verification: Hashable, Sendable {
    /// What lacks; each a sentence without a full stop. While anything does, something may pass.
    package private(set) var lacking: [String] = []
    /// What is too much.
    package private(set) var surplus: [String] = []
    /// What each block has stopped; an element that stands for several blocks counts for each.
    package private(set) var stopped: [BlockIdentifier: StoppedTraffic] = [:]
    /// Undeclared crossings, by the name of the sender's device.
    package private(set) var crossings: [String: StoppedTraffic] = [:]
    /// What was held until its device is known.
    package private(set) var held = StoppedTraffic()

    /// Whether all of it stands and nothing else.
    package var isExact: Bool { lacking.isEmpty && surplus.isEmpty }
    /// Whether something that shall be stopped may pass.
    package var failsOpen: Bool { !lacking.isEmpty }

    package init(
        of desired: [Nftables.Family: DesiredTable],
        by standing: [Nftables.Family: Nftables.Contents],
        flags: Nftables.Table.Flags = [],
        at time: Timestamp
    ) {
        for change in Difference(to: desired, from: standing, flags: flags, at: time, for: .finding).changes {
            if change.removes { surplus.append(change.shortcoming) } else { lacking.append(change.shortcoming) }
        }
        for (family, table) in desired {
            guard let contents = standing[family] else { continue }
            for (chain, rules) in contents.rules where chain.hasPrefix(HoldPlan.Name.prefix) {
                for counter in rules.compactMap(\.counter) {
                    held = held + StoppedTraffic(packets: counter.packets, bytes: counter.bytes)
                }
            }
            for (name, elements) in contents.elements {
                guard let wanted = table.elements[name] else { continue }
                let isOfCrossings = name == "\(PlaceHook.sending.rawValue)_crossing"
                for element in elements { note(element, wanted[element.key], isOfCrossings) }
            }
        }
    }

    private mutating func note(_ element: Nftables.Element, _ wanted: DesiredElement?, _ isOfCrossings: Bool) {
        guard let wanted, let counter = element.counter, counter.packets > 0 else { return }
        let counted = StoppedTraffic(packets: counter.packets, bytes: counter.bytes)
        for block in wanted.blocks { stopped[block] = (stopped[block] ?? StoppedTraffic()) + counted }
        guard isOfCrossings else { return }
        crossings[String(decoding: element.key.first.prefix { $0 != 0 }, as: UTF8.self)] = counted
    }
}

extension TableChange {
    /// What it would mend, in words.
    fileprivate var shortcoming: String {
        switch self {
        case .addTable(let table): "table \(table.family) \(Nftables.table) is not there, or not marked as ours"
        case .deleteTable(let family): "table \(family) \(Nftables.table) is there"
        case .addSet(let set): "set \(set.name) is not there"
        case .deleteSet(_, let name): "set \(name) is there"
        case .addElements(let set, let elements): "\(elements.count) elements of set \(set.name) are not there"
        case .deleteElements(let set, let keys): "\(keys.count) elements of set \(set.name) are there"
        case .addChain(let chain): "chain \(chain.name) is not there, or has another policy"
        case .deleteChain(_, let name): "chain \(name) is there"
        case .addDevices(let chain, let devices): "\(devices.joined(separator: ", ")) do not come through \(chain.name)"
        case .deleteDevices(let chain, let devices): "\(devices.joined(separator: ", ")) come through \(chain.name)"
        case .appendRule(_, let chain, _): "a rule of chain \(chain) is not there"
        case .deleteRule(_, let chain, _): "a rule of chain \(chain) is there"
        }
    }
}
