package import Addressing
package import Containers
import Netlink

/// One block more or less, without working out all the others anew: so that the time it takes does not grow with how many there are.
///
/// It is done where one element more or less does it, which is mostly so. Else nil, nothing is changed, and all is to be worked out anew.
extension Desired {
    /// Adds a block, and gives what that changes in each namespace. What stands is believed to be this value.
    package mutating func add(
        _ block: Block,
        residents: [ContainerKey: Resident],
        host: NetworkNamespace?,
        at time: Timestamp
    ) -> [NetworkNamespace: [TableChange]]? {
        guard let single = single(block, residents, host), isReady(for: single) else { return nil }
        var changes: [NetworkNamespace: [TableChange]] = [:]
        for (namespace, tables) in single.namespaces {
            for (family, table) in tables.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
                for name in table.elements.keys.sorted() {
                    guard let set = table.sets[name] else { continue }
                    var lacking: [Nftables.Element] = []
                    for (key, element) in table.elements[name] ?? [:] {
                        let isNew = namespaces[namespace]?[family]?.elements[name]?[key]?.join(element) == nil
                        guard isNew else { continue }
                        namespaces[namespace]?[family]?.elements[name]?[key] = element
                        lacking.append(element.kernelElement(key, at: time))
                    }
                    guard !lacking.isEmpty else { continue }
                    changes[namespace, default: []].append(.addElements(set, lacking.sorted { $0.key < $1.key }))
                }
            }
        }
        placements[block.identifier] = single.placements[block.identifier]
        return changes
    }

    /// Takes a block out, and gives what that changes in each namespace. What ends by itself in a moment is left to do so.
    package mutating func remove(
        _ block: Block,
        residents: [ContainerKey: Resident],
        host: NetworkNamespace?,
        at time: Timestamp
    ) -> [NetworkNamespace: [TableChange]]? {
        guard let single = single(block, residents, host), isReady(for: single, removing: block) else { return nil }
        var changes: [NetworkNamespace: [TableChange]] = [:]
        for (namespace, tables) in single.namespaces {
            for (family, table) in tables.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
                for name in table.elements.keys.sorted() {
                    guard let set = table.sets[name] else { continue }
                    var surplus: [Nftables.Key] = []
                    for key in (table.elements[name] ?? [:]).keys {
                        namespaces[namespace]?[family]?.elements[name]?[key]?.blocks.removeAll {
                            $0 == block.identifier
                        }
                        guard let rest = namespaces[namespace]?[family]?.elements[name]?[key], rest.blocks.isEmpty
                        else { continue }
                        namespaces[namespace]?[family]?.elements[name]?[key] = nil
                        if !rest.isOver(by: time.advanced(by: .nanoseconds(Difference.margin))) { surplus.append(key) }
                    }
                    guard !surplus.isEmpty else { continue }
                    changes[namespace, default: []].append(.deleteElements(set, surplus.sorted { $0 < $1 }))
                }
            }
        }
        placements[block.identifier] = nil
        return changes
    }

    /// The block alone; nil where others weigh in: what quarantines leave open depends on all of them.
    private func single(_ block: Block, _ residents: [ContainerKey: Resident], _ host: NetworkNamespace?) -> Self? {
        block.order.isQuarantine && !block.order.isOfAddress
            ? nil : Self(blocks: [block], residents: residents, host: host, sparing: spared)
    }

    /// Whether all that is needed stands, but for elements, and no element is to be changed.
    private func isReady(for single: Self, removing block: Block? = nil) -> Bool {
        single.namespaces.allSatisfy { namespace, tables in
            tables.allSatisfy { family, table in
                guard let mine = namespaces[namespace]?[family] else { return false }
                return table.chains.allSatisfy { name, chain in
                    (mine.chains[name]?.base?.devices ?? []).isSuperset(of: chain.base?.devices ?? [])
                }
                    && table.sets.allSatisfy { name, set in
                        // Ranges may have been cut at each other.
                        mine.sets[name] == set && !set.flags.contains(.interval)
                    }
                    && table.elements.allSatisfy { name, elements in
                        elements.allSatisfy { key, element in
                            let known = mine.elements[name]?[key]
                            guard let block else { return known.map { $0.outlasts(element) } ?? true }
                            guard let known, known.blocks.contains(block.identifier) else { return false }
                            return known.blocks.count == 1 || known.until != element.until
                        }
                    }
            }
        }
    }
}

extension BlockOrder {
    /// Whether it is about an address, whoever talks with it.
    fileprivate var isOfAddress: Bool {
        if case .address = subject { true } else { false }
    }
}

extension DesiredElement {
    /// Whether it is there as long as another one, or longer.
    fileprivate func outlasts(_ other: Self) -> Bool { Self.later(until, other.until) == until }

    fileprivate func isOver(by time: Timestamp) -> Bool { until.map { $0 <= time } ?? false }
}
