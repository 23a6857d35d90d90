import CMnl

extension Nftables.Batch {
    /// Adds a rule at the end of a chain.
    package mutating func append(_ rule: Nftables.Rule, to chain: String, of family: Nftables.Family) {
        put(rule, NLM_F_CREATE | NLM_F_APPEND, chain, family)
    }

    /// Adds a rule at the beginning of a chain.
    package mutating func prepend(_ rule: Nftables.Rule, to chain: String, of family: Nftables.Family) {
        put(rule, NLM_F_CREATE, chain, family)
    }

    /// Puts a rule in the place of the one of this handle. What that one counted is gone.
    package mutating func replace(
        _ handle: UInt64,
        with rule: Nftables.Rule,
        in chain: String,
        of family: Nftables.Family
    ) {
        put(rule, NLM_F_REPLACE, chain, family) { $0.put(NFTA_RULE_HANDLE, handle) }
    }

    /// Deletes a rule by its handle.
    package mutating func deleteRule(_ handle: UInt64, of chain: String, of family: Nftables.Family) {
        step(NFT_MSG_DELRULE, .deleteRule(chain), in: family) { (writer) in
            writer.put(NFTA_RULE_CHAIN, chain)
            writer.put(NFTA_RULE_HANDLE, handle)
        }
    }

    /// Deletes all rules of a chain.
    package mutating func empty(chain: String, of family: Nftables.Family) {
        step(NFT_MSG_DELRULE, .emptyChain(chain), in: family) { (writer) in
            writer.put(NFTA_RULE_CHAIN, chain)
        }
    }

    private mutating func put(
        _ rule: Nftables.Rule,
        _ flags: Int32,
        _ chain: String,
        _ family: Nftables.Family,
        _ place: (inout MessageWriter) -> Void = { _ in }
    ) {
        step(NFT_MSG_NEWRULE, flags: flags, .addRule(chain), in: family) { (writer) in
            writer.put(NFTA_RULE_CHAIN, chain)
            place(&writer)
            writer.nest(NFTA_RULE_EXPRESSIONS) { (writer) in
                for expression in rule.expressions { writer.nest(NFTA_LIST_ELEM) { $0.put(expression) } }
            }
            if let comment = rule.comment {
                writer.put(NFTA_RULE_USERDATA, UserData.entry(UserData.comment, comment))
            }
        }
    }
}
