import CMnl

extension Nftables.Verdict {
    /// Reads NFTA_DATA_VERDICT within an attribute; nil when it is not there, or is a verdict not known here.
    init?(in data: borrowing Attribute) throws(NetlinkError) {
        var code: Int32?
        var chain = ""
        var attributes = data.nested
        while let attribute = try attributes.next() {
            guard NFTA_DATA_VERDICT ~= attribute.type else { continue }
            var parts = attribute.nested
            while let part = try parts.next() {
                switch part.type {
                case NFTA_VERDICT_CODE: code = try part.bigEndian(Int32.self)
                case NFTA_VERDICT_CHAIN: chain = part.text
                default: break
                }
            }
        }
        switch code {
        case NF_DROP?: self = .drop
        case NF_ACCEPT?: self = .accept
        case NFT_CONTINUE.rawValue?: self = .continue
        case NFT_JUMP.rawValue?: self = .jump(to: chain)
        case NFT_GOTO.rawValue?: self = .goto(chain)
        case NFT_RETURN.rawValue?: self = .return
        default: return nil
        }
    }
}
