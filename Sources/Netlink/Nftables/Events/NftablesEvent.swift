import CMnl

/// What became of our tables, and that anybody changed anything.
package enum NftablesEvent: Hashable, Sendable {
    case table(Nftables.Table)
    case tableGone(Nftables.Family)
    /// A chain is new or changed. Of one that was given more devices, only those are told.
    case chain(Nftables.Chain)
    case chainGone(Nftables.Family, name: String)
    /// Devices were taken from a chain. Before Linux 6.4 the chain is gone with them.
    case devicesGone(Nftables.Family, chain: String, [String])
    case set(Nftables.Set)
    case setGone(Nftables.Family, name: String)
    /// Elements were added. Of a set of ranges of one field only the beginnings are told.
    case elements(Nftables.Family, set: String, [Nftables.Element])
    /// Elements were deleted. Those whose time came are not told of.
    case elementsGone(Nftables.Family, set: String, [Nftables.Element])
    case rule(Nftables.Family, chain: String, Nftables.Rule)
    case ruleGone(Nftables.Family, chain: String, Nftables.Rule)
    /// A batch is done, whosever: what came before it is what it did to ours. `port` is the socket's that committed it.
    case generation(Nftables.Generation, port: UInt32)
    /// Events were lost: what is known must be compared with a new dump. It comes when all that waited has been read.
    case lost

    /// What a message tells; nil when it is about another's table, or something else.
    init?(_ message: borrowing NetlinkMessage) throws(NetlinkError) {
        let body = message.body
        guard let event = try Self.read(Int(message.type), body, port: message.port) else { return nil }
        self = event
    }

    private static func read(_ type: Int, _ body: RawSpan, port: UInt32) throws(NetlinkError) -> Self? {
        switch type {
        case Nftables.Message.type(NFT_MSG_NEWTABLE), Nftables.Message.type(NFT_MSG_DELTABLE):
            guard let (table, name) = try Nftables.Table.read(body), name == Nftables.table else { return nil }
            return type == Nftables.Message.type(NFT_MSG_NEWTABLE) ? .table(table) : .tableGone(table.family)
        case Nftables.Message.type(NFT_MSG_NEWCHAIN):
            return try Nftables.Chain.read(body).map { .chain($0) }
        case Nftables.Message.type(NFT_MSG_DELCHAIN):
            guard let chain = try Nftables.Chain.read(body) else { return nil }
            // Of a chain that is gone nothing is told but its name.
            guard let devices = chain.base?.devices, !devices.isEmpty else {
                return .chainGone(chain.family, name: chain.name)
            }
            return .devicesGone(chain.family, chain: chain.name, devices)
        case Nftables.Message.type(NFT_MSG_NEWSET):
            return try Nftables.Set.read(body).map { .set($0) }
        case Nftables.Message.type(NFT_MSG_DELSET):
            return try Nftables.Set.read(body).map { .setGone($0.family, name: $0.name) }
        case Nftables.Message.type(NFT_MSG_NEWSETELEM):
            return try Nftables.ElementList.read(body).map { .elements($0.family, set: $0.set, $0.elements) }
        case Nftables.Message.type(NFT_MSG_DELSETELEM):
            return try Nftables.ElementList.read(body).map { .elementsGone($0.family, set: $0.set, $0.elements) }
        case Nftables.Message.type(NFT_MSG_NEWRULE):
            return try Nftables.Rule.read(body).map { .rule($0.family, chain: $0.chain, $0.rule) }
        case Nftables.Message.type(NFT_MSG_DELRULE):
            return try Nftables.Rule.read(body).map { .ruleGone($0.family, chain: $0.chain, $0.rule) }
        case Nftables.Message.type(NFT_MSG_NEWGEN):
            return .generation(try Nftables.Generation(body: body), port: port)
        default: return nil
        }
    }
}
