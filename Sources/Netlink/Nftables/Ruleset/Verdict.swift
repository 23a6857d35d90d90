extension Nftables {
    /// What becomes of a packet. NF_* of linux/netfilter.h, enum nft_verdicts.
    package enum Verdict: Hashable, Sendable {
        /// It goes on to the next hook; chains of a later priority may still drop it.
        case accept
        /// It ends here.
        case drop
        /// On with the rule after the jump; at the end of a base chain, its policy.
        case `return`
        /// On with the next rule.
        case `continue`
        /// Through another chain, then on with the next rule.
        case jump(to: String)
        /// Through another chain, and not back here.
        case goto(String)
    }
}

extension Nftables.Verdict: CustomStringConvertible {
    /// As nft(8) writes it.
    package var description: String {
        switch self {
        case .accept: "accept"
        case .drop: "drop"
        case .return: "return"
        case .continue: "continue"
        case .jump(let chain): "jump \(chain)"
        case .goto(let chain): "goto \(chain)"
        }
    }
}
