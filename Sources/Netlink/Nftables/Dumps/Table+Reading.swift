import CMnl

extension Nftables.Table {
    /// Reads what follows the netlink header: struct nfgenmsg, then attributes. Nil for a family not known here.
    ///
    /// The name is handed back beside it: whoever lists all tables gets others' too.
    static func read(_ body: RawSpan) throws(NetlinkError) -> (table: Self, name: String)? {
        let operation = "read a table"
        var attributes = try Attributes(body, after: MemoryLayout<nfgenmsg>.size, operation: operation)
        guard let family = Nftables.Family(rawValue: body.load(UInt8.self, at: 0)) else { return nil }
        var name: String?
        var flags = Flags()
        var comment: String?
        var handle: UInt64?
        var owner: UInt32?
        while let attribute = try attributes.next() {
            switch attribute.type {
            case NFTA_TABLE_NAME: name = attribute.text
            case NFTA_TABLE_FLAGS: flags = Flags(rawValue: try attribute.bigEndian(UInt32.self))
            case NFTA_TABLE_HANDLE: handle = try attribute.bigEndian(UInt64.self)
            case NFTA_TABLE_OWNER: owner = try attribute.bigEndian(UInt32.self)
            case NFTA_TABLE_USERDATA: comment = UserData.text(UserData.comment, in: attribute.value)
            default: break
            }
        }
        guard let name else { throw .malformed(operation: operation) }
        var table = Self(family, flags: flags, comment: comment)
        table.handle = handle
        table.owner = owner
        return (table, name)
    }
}
