import CMnl

extension Nftables.Chain {
    /// Reads what follows the netlink header. Nil when it stands in another's table.
    static func read(_ body: RawSpan) throws(NetlinkError) -> Self? {
        let operation = "read a chain"
        var attributes = try Attributes(body, after: MemoryLayout<nfgenmsg>.size, operation: operation)
        guard let family = Nftables.Family(rawValue: body.load(UInt8.self, at: 0)) else { return nil }
        var table: String?
        var name: String?
        var base: Base?
        var policy: Policy?
        var comment: String?
        var handle: UInt64?
        while let attribute = try attributes.next() {
            switch attribute.type {
            case NFTA_CHAIN_TABLE: table = attribute.text
            case NFTA_CHAIN_NAME: name = attribute.text
            case NFTA_CHAIN_HANDLE: handle = try attribute.bigEndian(UInt64.self)
            case NFTA_CHAIN_POLICY: policy = Policy(rawValue: try attribute.bigEndian(UInt32.self))
            case NFTA_CHAIN_USERDATA: comment = UserData.text(UserData.comment, in: attribute.value)
            case NFTA_CHAIN_HOOK: base = try Base.read(attribute, in: family, operation: operation)
            default: break
            }
        }
        guard table == Nftables.table else { return nil }
        guard let name else { throw .malformed(operation: operation) }
        if let policy { base?.policy = policy }
        var chain = Self(family, name, base: base, comment: comment)
        chain.handle = handle
        return chain
    }
}

extension Nftables.Chain.Base {
    /// Reads NFTA_CHAIN_HOOK. Nil for a hook not known here.
    fileprivate static func read(
        _ hook: borrowing Attribute,
        in family: Nftables.Family,
        operation: String
    ) throws(NetlinkError) -> Self? {
        var number: UInt32?
        var priority: Int32?
        var devices: [String] = []
        var attributes = hook.nested
        while let attribute = try attributes.next() {
            switch attribute.type {
            case NFTA_HOOK_HOOKNUM: number = try attribute.bigEndian(UInt32.self)
            case NFTA_HOOK_PRIORITY: priority = try attribute.bigEndian(Int32.self)
            case NFTA_HOOK_DEVS:
                var names = attribute.nested
                while let name = try names.next() {
                    // Another kind is a prefix, which nothing here writes.
                    devices.append(NFTA_DEVICE_NAME ~= name.type ? name.text : name.text + "*")
                }
            // A chain of one device names it twice, as kernels before 5.5 did.
            default: break
            }
        }
        guard let number, let priority else { throw .malformed(operation: operation) }
        guard let hook = Nftables.Hook(number: number, in: family) else { return nil }
        return Self(hook, priority: priority, devices: devices.sorted())
    }
}
