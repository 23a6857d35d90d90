import CMnl

extension Nftables.Rule {
    /// Reads what follows the netlink header, and in which chain it is. Nil when that is in another's table.
    static func read(_ body: RawSpan) throws(NetlinkError) -> (family: Nftables.Family, chain: String, rule: Self)? {
        let operation = "read a rule"
        var attributes = try Attributes(body, after: MemoryLayout<nfgenmsg>.size, operation: operation)
        guard let family = Nftables.Family(rawValue: body.load(UInt8.self, at: 0)) else { return nil }
        var table: String?
        var chain: String?
        var handle: UInt64?
        var comment: String?
        var expressions: [Nftables.Expression] = []
        while let attribute = try attributes.next() {
            switch attribute.type {
            case NFTA_RULE_TABLE: table = attribute.text
            case NFTA_RULE_CHAIN: chain = attribute.text
            case NFTA_RULE_HANDLE: handle = try attribute.bigEndian(UInt64.self)
            case NFTA_RULE_USERDATA: comment = UserData.text(UserData.comment, in: attribute.value)
            case NFTA_RULE_EXPRESSIONS:
                var items = attribute.nested
                while let item = try items.next() {
                    expressions.append(try Nftables.Expression(item, operation: operation))
                }
            default: break
            }
        }
        guard table == Nftables.table else { return nil }
        guard let chain else { throw .malformed(operation: operation) }
        var rule = Self(expressions: expressions, comment: comment)
        rule.handle = handle
        return (family, chain, rule)
    }
}
