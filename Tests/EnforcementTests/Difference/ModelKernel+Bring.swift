import Addressing
import Enforcement
import Netlink
import Testing

extension ModelKernel {
    /// Makes the changes one after the other, and looks after each at what stands and shall stand. Gives how many there were.
    mutating func bring(
        to desired: [Nftables.Family: DesiredTable],
        at time: Timestamp
    ) throws -> Int {
        let before = InForce(self)
        let difference = Difference(to: desired, from: tables, at: time)
        var goal = self
        for change in difference.changes { try goal.apply(change) }
        // What is there before and afterwards must never be away.
        let kept = before.common(with: InForce(goal))
        for (place, change) in difference.changes.enumerated() {
            try apply(change)
            // Ends and ranges that are taken away and put back are one step.
            if case .deleteElements(let set, _) = change, difference.changes.count > place + 1,
                case .addElements(set, _) = difference.changes[place + 1]
            {
                continue
            }
            // What is added takes nothing away.
            guard change.removes else { continue }
            let lost = kept.lost(in: InForce(self))
            #expect(lost.isEmpty, "after \(change): \(lost.prefix(3))")
        }
        let again = Difference(to: desired, from: tables, at: time)
        #expect(again.isEmpty, "\(again.changes.prefix(3))")
        let verification = Verification(of: desired, by: tables, at: time)
        #expect(verification.isExact && !verification.failsOpen)
        return difference.changes.count
    }
}

/// What stands in a model of the kernel, piece by piece.
private struct InForce {
    private var pieces: Set<Piece> = []

    private enum Piece: Hashable {
        case element(Nftables.Family, String, Nftables.Key)
        case rule(Nftables.Family, String, Nftables.Rule)
        case device(String, String)
        case chain(Nftables.Family, String)
    }

    init(_ kernel: ModelKernel) {
        for (family, table) in kernel.tables {
            for (set, elements) in table.elements {
                for element in elements { pieces.insert(.element(family, set, element.key)) }
            }
            for (chain, rules) in table.rules {
                for rule in rules { pieces.insert(.rule(family, chain, rule.declared)) }
            }
            for chain in table.chains {
                pieces.insert(.chain(family, chain.name))
                let word = String(chain.name.prefix { $0 != "_" })
                for device in chain.base?.devices ?? [] { pieces.insert(.device(word, device)) }
            }
        }
    }

    func common(with other: Self) -> Self {
        var result = self
        result.pieces.formIntersection(other.pieces)
        return result
    }

    func lost(in other: Self) -> [String] { pieces.subtracting(other.pieces).map { "\($0)" } }
}
