import CMnl

extension Nftables.Set {
    /// Reads what follows the netlink header. Nil when it stands in another's table.
    ///
    /// A set whose key has fields not known here is read with those left out.
    static func read(_ body: RawSpan) throws(NetlinkError) -> Self? {
        let operation = "read a set"
        var attributes = try Attributes(body, after: MemoryLayout<nfgenmsg>.size, operation: operation)
        guard let family = Nftables.Family(rawValue: body.load(UInt8.self, at: 0)) else { return nil }
        var table: String?
        var name: String?
        var set = Self(family, "", key: [])
        var comment: String?
        while let attribute = try attributes.next() {
            switch attribute.type {
            case NFTA_SET_TABLE: table = attribute.text
            case NFTA_SET_NAME: name = attribute.text
            case NFTA_SET_HANDLE: set.handle = try attribute.bigEndian(UInt64.self)
            case NFTA_SET_FLAGS: set.readFlags(try attribute.bigEndian(UInt32.self))
            case NFTA_SET_KEY_TYPE: set.key = kinds(of: try attribute.bigEndian(UInt32.self))
            case NFTA_SET_TIMEOUT: set.timeout = .milliseconds(clamping: try attribute.bigEndian(UInt64.self))
            case NFTA_SET_DESC: set.size = try size(in: attribute)
            case NFTA_SET_EXPR: set.hasCounters = try Nftables.Expression(attribute, operation: operation).isCounter
            case NFTA_SET_USERDATA: comment = UserData.text(UserData.setComment, in: attribute.value)
            default: break
            }
        }
        guard table == Nftables.table else { return nil }
        guard let name else { throw .malformed(operation: operation) }
        return set.named(name, comment: comment)
    }

    private func named(_ name: String, comment: String?) -> Self {
        var set = Self(
            family,
            name,
            key: key,
            flags: flags,
            isVerdictMap: isVerdictMap,
            hasCounters: hasCounters,
            timeout: timeout,
            size: size,
            comment: comment
        )
        set.handle = handle
        return set
    }

    private mutating func readFlags(_ bits: UInt32) {
        isVerdictMap = bits & NFT_SET_MAP.rawValue != 0
        // A concatenation and a map are told by other fields.
        let told = NFT_SET_MAP.rawValue | NFT_SET_CONCAT.rawValue | NFT_SET_EXPR.rawValue
        flags = Flags(rawValue: bits & ~told)
    }

    private static func kinds(of type: UInt32) -> [Nftables.FieldKind] {
        var kinds: [Nftables.FieldKind] = []
        var rest = type
        while rest != 0 {
            if let kind = Nftables.FieldKind(rawValue: rest & 63) { kinds.insert(kind, at: 0) }
            rest >>= 6
        }
        return kinds
    }

    private static func size(in description: borrowing Attribute) throws(NetlinkError) -> UInt32? {
        var attributes = description.nested
        while let attribute = try attributes.next() {
            if NFTA_SET_DESC_SIZE ~= attribute.type { return try attribute.bigEndian(UInt32.self) }
        }
        return nil
    }
}

extension Duration {
    /// What is longer than fits is as long as fits.
    static func milliseconds(clamping milliseconds: UInt64) -> Self { .milliseconds(Int64(clamping: milliseconds)) }
}
