import CMnl
import Glibc

extension NetlinkSocket {
    /// All tables of the socket's namespace, whoever made them, of the families known here.
    ///
    /// Needs a `.netfilter` socket and CAP_NET_ADMIN, as all of these do. Throws `.absent` when the kernel has no nftables.
    package mutating func dumpTables() throws(NetlinkError) -> [Nftables.TableName] {
        let operation = "list tables"
        return try list(nftables(NFT_MSG_GETTABLE), NFT_MSG_NEWTABLE, for: operation) { (body) throws(NetlinkError) in
            try Nftables.Table.read(body).map { Nftables.TableName(name: $0.name, table: $0.table) }
        }
    }

    /// Our table of a family; nil when it does not stand.
    package mutating func table(_ family: Nftables.Family) throws(NetlinkError) -> Nftables.Table? {
        try dumpTables().first { $0.name == Nftables.table && $0.table.family == family }?.table
    }

    /// The chains of our table of a family.
    package mutating func dumpChains(_ family: Nftables.Family) throws(NetlinkError) -> [Nftables.Chain] {
        let request = nftables(NFT_MSG_GETCHAIN, family)
        return try list(request, NFT_MSG_NEWCHAIN, for: "list chains") { (body) throws(NetlinkError) in
            try Nftables.Chain.read(body)
        }
    }

    /// The rules of our table of a family, or of one chain of it, in order, each with its chain's name.
    package mutating func dumpRules(
        _ family: Nftables.Family,
        chain: String? = nil
    ) throws(NetlinkError) -> [(chain: String, rule: Nftables.Rule)] {
        var request = nftables(NFT_MSG_GETRULE, family)
        request.put(Int(NFTA_RULE_TABLE.rawValue), Nftables.table)
        if let chain { request.put(Int(NFTA_RULE_CHAIN.rawValue), chain) }
        return try list(request, NFT_MSG_NEWRULE, for: "list rules") { (body) throws(NetlinkError) in
            try Nftables.Rule.read(body).map { ($0.chain, $0.rule) }
        }
    }

    /// The sets and maps of our table of a family.
    package mutating func dumpSets(_ family: Nftables.Family) throws(NetlinkError) -> [Nftables.Set] {
        var request = nftables(NFT_MSG_GETSET, family)
        request.put(Int(NFTA_SET_TABLE.rawValue), Nftables.table)
        return try orNil(for: ENOENT) { (socket) throws(NetlinkError) in
            try socket.list(request, NFT_MSG_NEWSET, for: "list sets") { (body) throws(NetlinkError) in
                try Nftables.Set.read(body)
            }
        } ?? []
    }

    /// The elements of a set, in no order, as they stand at one moment. Throws `.refused` with ENOENT when the set does not stand,
    /// `.interrupted` when anybody changed any rules every time it was read.
    package mutating func dumpElements(of set: Nftables.Set) throws(NetlinkError) -> [Nftables.Element] {
        let operation = "list elements of set \(set.name)"
        for _ in 0..<Self.tries {
            let lists = try readElements(of: set, for: operation)
            guard let elements = Nftables.ElementList.whole(lists) else {
                interruptions &+= 1
                continue
            }
            guard set.key.count == 1, set.flags.contains(.interval) else { return elements }
            return Nftables.Element.ranges(elements, ends: lists.flatMap(\.ends))
        }
        throw .interrupted(operation: operation, tries: Self.tries)
    }

    private mutating func readElements(
        of set: Nftables.Set,
        for operation: String
    ) throws(NetlinkError) -> [Nftables.ElementList] {
        var request = nftables(NFT_MSG_GETSETELEM, set.family)
        request.put(Int(NFTA_SET_ELEM_LIST_TABLE.rawValue), Nftables.table)
        request.put(Int(NFTA_SET_ELEM_LIST_SET.rawValue), set.name)
        var count = 0
        return try dump(request, for: operation) { (message) throws(NetlinkError) in
            guard Int(message.type) == Nftables.Message.type(NFT_MSG_NEWSETELEM) else { return nil }
            guard let list = try Nftables.ElementList.read(message.body) else { return nil }
            count += list.elements.count
            guard count <= Nftables.limit else { throw .system(operation: operation, code: EFBIG) }
            return list
        }
    }

    /// All that stands in our table of a family, at one moment; nil when the table does not stand.
    ///
    /// Read again when anybody changed anything meanwhile; throws `.interrupted` when somebody did every time.
    package mutating func dumpContents(_ family: Nftables.Family) throws(NetlinkError) -> Nftables.Contents? {
        let operation = "list table \(family)"
        for _ in 0..<Self.tries {
            let generation = try nftablesGeneration()
            let contents = try orNil(for: ENOENT) { (socket) throws(NetlinkError) in
                try socket.readContents(family, generation)
            }
            if try nftablesGeneration() == generation { return contents ?? nil }
        }
        throw .interrupted(operation: operation, tries: Self.tries)
    }

    private mutating func readContents(
        _ family: Nftables.Family,
        _ generation: UInt32
    ) throws(NetlinkError) -> Nftables.Contents? {
        guard let table = try table(family) else { return nil }
        var contents = Nftables.Contents(table: table, generation: generation)
        contents.chains = try dumpChains(family)
        contents.sets = try dumpSets(family)
        for set in contents.sets { contents.elements[set.name] = try dumpElements(of: set) }
        for (chain, rule) in try dumpRules(family) { contents.rules[chain, default: []].append(rule) }
        return contents
    }

    /// A request for a dump.
    private func nftables(_ message: nf_tables_msg_types, _ family: Nftables.Family? = nil) -> NetlinkRequest {
        var header = nfgenmsg()
        header.nfgen_family = family?.rawValue ?? 0
        return NetlinkRequest(Nftables.Message.type(message), flags: NLM_F_DUMP, header)
    }

    /// Dumps what answers of one type tell, as many as may be.
    private mutating func list<Item>(
        _ request: borrowing NetlinkRequest,
        _ answer: nf_tables_msg_types,
        for operation: String,
        _ read: (RawSpan) throws(NetlinkError) -> Item?
    ) throws(NetlinkError) -> [Item] {
        var count = 0
        do throws(NetlinkError) {
            return try dump(request, for: operation) { (message) throws(NetlinkError) in
                guard Int(message.type) == Nftables.Message.type(answer) else { return nil }
                count += 1
                guard count <= Nftables.limit else { throw .system(operation: operation, code: EFBIG) }
                return try read(message.body)
            }
        } catch .refused(_, EINVAL, _) {
            throw .absent(operation: operation)
        }
    }
}
