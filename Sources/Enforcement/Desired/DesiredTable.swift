package import Addressing
package import Netlink

/// What shall stand in our table of one family.
package struct DesiredTable: Hashable, Sendable {
    package var family: Nftables.Family
    /// By their names.
    package var sets: [String: Nftables.Set] = [:]
    /// By the name of their set, which is among `sets`.
    package var elements: [String: [Nftables.Key: DesiredElement]] = [:]
    /// By their names.
    package var chains: [String: DesiredChain] = [:]

    package init(_ family: Nftables.Family) {
        self.family = family
    }

    /// Whether nothing shall be there, not even the table.
    package var isEmpty: Bool { chains.isEmpty && sets.isEmpty }

    /// Elements of all sets.
    package var elementCount: Int { elements.values.reduce(0) { $0 + $1.count } }
}

/// An element that shall be in a set.
package struct DesiredElement: Hashable, Sendable {
    /// Where it leads, in a verdict map.
    package var verdict: Nftables.Verdict?
    /// When it shall be there no more; nil for never.
    package var until: Timestamp?
    /// For whose sake it is there, in order; none for what levels ask for.
    package var blocks: [BlockIdentifier]

    package init(verdict: Nftables.Verdict? = nil, until: Timestamp? = nil, blocks: [BlockIdentifier] = []) {
        self.verdict = verdict
        self.until = until
        self.blocks = blocks
    }

    /// Stands for another one, too: as long as either, and for the sake of both.
    mutating func join(_ other: Self) {
        until = Self.later(until, other.until)
        guard blocks != other.blocks else { return }
        blocks = Array(Set(blocks).union(other.blocks)).sorted()
    }

    /// The later of two ends, of which nil is never.
    static func later(_ left: Timestamp?, _ right: Timestamp?) -> Timestamp? {
        guard let left, let right else { return nil }
        return max(left, right)
    }

    /// What stands in nft's listing: the numbers of its blocks, as many as there is room for.
    package var comment: String? {
        guard !blocks.isEmpty else { return nil }
        var text = ""
        for block in blocks {
            let word = text.isEmpty ? "\(block)" : " \(block)"
            // 127 bytes are the most; three are for the dots.
            guard text.utf8.count + word.utf8.count <= 123 else { return text + " ..." }
            text += word
        }
        return text
    }
}

/// A chain that shall stand.
package struct DesiredChain: Hashable, Sendable {
    /// Where it is hooked. Nil for a regular one.
    package struct Base: Hashable, Sendable {
        package var hook: Nftables.Hook
        package var priority: Int32
        /// Devices whose packets come through it, for netdev alone: then it becomes several chains of at most `deviceLimit` devices,
        /// each with a number behind its name and one rule, that jumps here.
        package var devices: Set<String>?
    }

    package var base: Base?
    package var rules: [Nftables.Rule] = []
    package var comment: String?

    /// Devices of one chain at most. The kernel takes 255; a few are left for those that come before others have gone.
    package static var deviceLimit: Int { 250 }
}
