import Addressing

/// The addresses of a workload's containers, of one family, as a set of nftables.
struct RulesetSet {
    var name: String
    var isIPv6: Bool
    var elements: [String]
    /// Whether they are blocks.
    var isOfBlocks: Bool

    var family: String { isIPv6 ? "ip6" : "ip" }

    /// Those a profile has; none where no address is known.
    static func all(of profile: Profile, _ name: String) -> [Self] {
        [false, true].compactMap { isIPv6 in
            let block = profile.workload.segment.flatMap { IPPrefix($0) }
            let some = block.map { $0.address.isIPv6 == isIPv6 ? ["\($0)"] : [] }
            let elements = some ?? profile.addresses.filter { $0.isIPv6 == isIPv6 }.map { "\($0)" }
            guard !elements.isEmpty else { return nil }
            return Self(
                name: "\(name)_\(isIPv6 ? "ip6" : "ip4")",
                isIPv6: isIPv6,
                elements: elements,
                isOfBlocks: block != nil
            )
        }
    }

    /// What something is called there: letters, digits and underscores, and never a word of nftables.
    static func identifier(_ word: String) -> String { "w_" + word.replacing("-", with: "_") }
}
