package import Addressing
package import Containers
import Netlink

/// One block more or less, without working out all the others anew: so that the time it takes does not grow with how many there are.
///
/// It is done where one element more or less does it, which is mostly so. Else nil, nothing is changed, and all is to be worked out anew.
extension Desired {
    /// Adds a block, and gives what that changes in each namespace. What stands is believed to be this value, but for elements that are over
    /// and may still be there: in their place new ones begin.
    package mutating func add(
        _ block: Block,
        residents: [ContainerKey: Resident],
        host: NetworkNamespace?,
        at time: Timestamp
    ) -> [NetworkNamespace: [TableChange]]? {
        guard placements[block.identifier] == nil, let single = single(block, residents, host), isReady(for: single)
        else { return nil }
        let changes = single.elementChanges { set, elements in
            let lacking = elements.map { $0.value.kernelElement($0.key, at: time) }.sorted { $0.key < $1.key }
            return [.deleteElements(set, lacking.map(\.key)), .addElements(set, lacking)]
        }
        setElements(of: single, areThere: true)
        placements[block.identifier] = single.placements[block.identifier]
        return changes
    }

    /// Takes a block out, and gives what that changes in each namespace. Who is here must be who was here when it was placed.
    package mutating func remove(
        _ block: Block,
        residents: [ContainerKey: Resident],
        host: NetworkNamespace?,
        at time: Timestamp
    ) -> [NetworkNamespace: [TableChange]]? {
        guard let single = single(block, residents, host),
            // Else it stands elsewhere, or more stands than it would now.
            placements[block.identifier]?.places == single.placements[block.identifier]?.places,
            isReady(for: single, removing: block)
        else { return nil }
        let changes = single.elementChanges { set, elements in
            [.deleteElements(set, elements.keys.sorted { $0 < $1 })]
        }
        setElements(of: single, areThere: false)
        placements[block.identifier] = nil
        return changes
    }

    /// What its elements need, set by set in an order of their own.
    private func elementChanges(
        _ body: (Nftables.Set, [Nftables.Key: DesiredElement]) -> [TableChange]
    ) -> [NetworkNamespace: [TableChange]] {
        namespaces.mapValues { tables in
            tables.sorted { $0.key.rawValue < $1.key.rawValue }.flatMap { _, table in
                table.elements.keys.sorted().flatMap { name -> [TableChange] in
                    guard let set = table.sets[name], let elements = table.elements[name], !elements.isEmpty else {
                        return []
                    }
                    return body(set, elements)
                }
            }
        }
    }

    /// Puts the elements of another value in, or takes them out.
    private mutating func setElements(of single: Self, areThere: Bool) {
        for (namespace, tables) in single.namespaces {
            for (family, table) in tables {
                for (name, elements) in table.elements {
                    for (key, element) in elements {
                        namespaces[namespace]?[family]?.elements[name]?[key] = areThere ? element : nil
                    }
                }
            }
        }
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
                    // One that stands for several blocks says which in its comment, and has counted: it is to be told anew with that.
                    && table.elements.allSatisfy { name, elements in
                        elements.keys.allSatisfy { key in
                            let known = mine.elements[name]?[key]
                            return block.map { known?.blocks == [$0.identifier] } ?? (known == nil)
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
