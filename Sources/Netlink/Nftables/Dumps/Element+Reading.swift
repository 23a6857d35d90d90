import CMnl

extension Nftables {
    /// Elements of a set as a message tells of them.
    struct ElementList {
        var family: Family
        var set = ""
        var elements: [Element] = []
        /// Where ranges of one field end: the kernel tells each as an element of its own, before or after its beginning.
        var ends: [[UInt8]] = []
        /// The last sixteen bits of the generation it was told in.
        var generation: UInt16

        /// The elements of a dump; nil when it is not of one moment.
        ///
        /// The kernel does not mark a dump of elements as interrupted, but each message has its generation. And while its table
        /// of hashes grows after many were added it tells some twice, and as many others not at all.
        static func whole(_ lists: [Self]) -> [Element]? {
            let elements = lists.flatMap(\.elements)
            guard lists.allSatisfy({ $0.generation == lists.first?.generation }) else { return nil }
            return Swift.Set(elements.lazy.map(\.key)).count == elements.count ? elements : nil
        }

        /// Reads what follows the netlink header. Nil when they are in another's table.
        static func read(_ body: RawSpan) throws(NetlinkError) -> Self? {
            let operation = "read elements of a set"
            var attributes = try Attributes(body, after: MemoryLayout<nfgenmsg>.size, operation: operation)
            guard let family = Family(rawValue: body.load(UInt8.self, at: 0)) else { return nil }
            var table: String?
            var list = Self(family: family, generation: body.load(UInt16.self, at: 2))
            while let attribute = try attributes.next() {
                switch attribute.type {
                case NFTA_SET_ELEM_LIST_TABLE: table = attribute.text
                case NFTA_SET_ELEM_LIST_SET: list.set = attribute.text
                case NFTA_SET_ELEM_LIST_ELEMENTS:
                    var items = attribute.nested
                    while let item = try items.next() {
                        let (element, isEnd) = try Element.read(item, operation: operation)
                        if isEnd { list.ends.append(element.key.first) } else { list.elements.append(element) }
                    }
                default: break
                }
            }
            return table == Nftables.table ? list : nil
        }
    }
}

extension Nftables.Element {
    /// Reads one, and whether it is the end of a range.
    fileprivate static func read(
        _ item: borrowing Attribute,
        operation: String
    ) throws(NetlinkError) -> (element: Self, isEnd: Bool) {
        var first: [UInt8] = []
        var last: [UInt8]?
        var flags: UInt32 = 0
        var comment: String?
        var parts = Self(.everything)
        var attributes = item.nested
        while let attribute = try attributes.next() {
            switch attribute.type {
            case NFTA_SET_ELEM_KEY: first = try value(in: attribute)
            case NFTA_SET_ELEM_KEY_END: last = try value(in: attribute)
            case NFTA_SET_ELEM_FLAGS: flags = try attribute.bigEndian(UInt32.self)
            case NFTA_SET_ELEM_TIMEOUT: parts.timeout = .milliseconds(clamping: try attribute.bigEndian(UInt64.self))
            case NFTA_SET_ELEM_EXPIRATION:
                parts.expiration = .milliseconds(clamping: try attribute.bigEndian(UInt64.self))
            case NFTA_SET_ELEM_DATA: parts.verdict = try Nftables.Verdict(in: attribute)
            case NFTA_SET_ELEM_USERDATA: comment = UserData.text(UserData.comment, in: attribute.value)
            case NFTA_SET_ELEM_EXPR:
                if case .counter(let counter) = try Nftables.Expression(attribute, operation: operation) {
                    parts.counter = counter
                }
            default: break
            }
        }
        // Beyond what any key is long the bytes are not what they seem.
        guard first.count <= Int(NFT_DATA_VALUE_MAXLEN), last == nil || last?.count == first.count else {
            throw .malformed(operation: operation)
        }
        var element = Self(
            .init(first: first, last: last),
            verdict: parts.verdict,
            timeout: parts.timeout,
            comment: comment
        )
        element.expiration = parts.expiration
        element.counter = parts.counter
        return (element, flags & NFT_SET_ELEM_INTERVAL_END.rawValue != 0)
    }

    private static func value(in data: borrowing Attribute) throws(NetlinkError) -> [UInt8] {
        var attributes = data.nested
        while let attribute = try attributes.next() {
            if NFTA_DATA_VALUE ~= attribute.type { return attribute.value.octets }
        }
        return []
    }

    /// Elements of a set of ranges of one field: each begins a range that ends before the nearest end, or never.
    static func ranges(_ starts: [Self], ends: [[UInt8]]) -> [Self] {
        let starts = starts.sorted { $0.key.first.lexicographicallyPrecedes($1.key.first) }
        let ends = ends.sorted { $0.lexicographicallyPrecedes($1) }
        var next = 0
        return starts.map { (start) in
            while next < ends.count, !start.key.first.lexicographicallyPrecedes(ends[next]) { next += 1 }
            let last =
                next < ends.count
                ? Nftables.Key.before(ends[next]) : [UInt8](repeating: 0xff, count: start.key.first.count)
            var element = Self(
                .init(first: start.key.first, last: last),
                verdict: start.verdict,
                timeout: start.timeout,
                comment: start.comment
            )
            element.expiration = start.expiration
            element.counter = start.counter
            return element
        }
    }
}

extension Nftables.Key {
    /// The value before one; of zero it is the greatest.
    fileprivate static func before(_ value: [UInt8]) -> [UInt8] {
        var bytes = value
        for place in bytes.indices.reversed() {
            bytes[place] &-= 1
            if bytes[place] != 0xff { break }
        }
        return bytes
    }
}
