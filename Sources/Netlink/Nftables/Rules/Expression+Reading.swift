import CMnl

extension Nftables.Expression {
    /// Reads NFTA_EXPR_NAME and NFTA_EXPR_DATA within an attribute.
    ///
    /// What is not known here, of a known name too, is `.unknown`; numbers that an expression cannot be without, and are not
    /// there, make it throw.
    init(_ expression: borrowing Attribute, operation: String) throws(NetlinkError) {
        var name: String?
        var attributes = expression.nested
        var known: Self?
        while let attribute = try attributes.next() {
            switch attribute.type {
            case NFTA_EXPR_NAME: name = attribute.text
            case NFTA_EXPR_DATA:
                // The kernel tells the name first.
                let shape = Self.shape(of: name ?? "")
                let reader = try ExpressionReader(attribute, shape, operation: operation)
                known = try Self.read(name ?? "", reader)
            default: break
            }
        }
        guard let name else { throw .malformed(operation: operation) }
        self = known ?? .unknown(name)
    }

    /// What counts, and nothing else.
    var isCounter: Bool { if case .counter = self { true } else { false } }

    private static func shape(of name: String) -> ExpressionReader.Shape {
        func numbers(_ names: UInt32...) -> [Int] { names.map { Int($0) } }
        return switch name {
        case "lookup": .init(texts: numbers(NFTA_LOOKUP_SET.rawValue))
        case "log": .init(texts: numbers(NFTA_LOG_PREFIX.rawValue))
        case "cmp": .init(values: numbers(NFTA_CMP_DATA.rawValue))
        case "bitwise": .init(values: numbers(NFTA_BITWISE_MASK.rawValue, NFTA_BITWISE_XOR.rawValue))
        case "range": .init(values: numbers(NFTA_RANGE_FROM_DATA.rawValue, NFTA_RANGE_TO_DATA.rawValue))
        case "immediate": .init(values: numbers(NFTA_IMMEDIATE_DATA.rawValue))
        default: .init()
        }
    }

    /// Nil when it is not known here.
    private static func read(_ name: String, _ reader: ExpressionReader) throws(NetlinkError) -> Self? {
        switch name {
        case "payload": try readPayload(reader)
        case "meta": try readMeta(reader)
        case "ct": try readConnection(reader)
        case "socket": try readSocket(reader)
        case "lookup": try readLookup(reader)
        case "cmp": try readComparison(reader)
        case "bitwise": try readBitwise(reader)
        case "range": try readRange(reader)
        case "counter":
            .counter(
                .init(
                    packets: try reader.number(NFTA_COUNTER_PACKETS, as: UInt64.self),
                    bytes: try reader.number(NFTA_COUNTER_BYTES, as: UInt64.self)
                )
            )
        case "log": try readLog(reader)
        case "limit": try readLimit(reader)
        case "immediate": reader.verdict.map { .verdict($0) }
        case "reject": try readRejection(reader)
        default: nil
        }
    }

    private static func readPayload(_ reader: ExpressionReader) throws(NetlinkError) -> Self? {
        // Without, it writes to the packet.
        guard try reader.numberIfAny(NFTA_PAYLOAD_DREG) != nil else { return nil }
        guard let base = Payload.Base(rawValue: try reader.number(NFTA_PAYLOAD_BASE)) else { return nil }
        let offset = try reader.number(NFTA_PAYLOAD_OFFSET)
        let payload = Payload(base, offset: offset, length: try reader.number(NFTA_PAYLOAD_LEN))
        return .payload(payload, into: try reader.register(NFTA_PAYLOAD_DREG))
    }

    private static func readMeta(_ reader: ExpressionReader) throws(NetlinkError) -> Self? {
        guard try reader.numberIfAny(NFTA_META_DREG) != nil else {
            guard try reader.number(NFTA_META_KEY) == NFT_META_MARK.rawValue else { return nil }
            return .setMark(try reader.register(NFTA_META_SREG))
        }
        guard let key = Meta(rawValue: try reader.number(NFTA_META_KEY)) else { return nil }
        return .meta(key, into: try reader.register(NFTA_META_DREG))
    }

    private static func readConnection(_ reader: ExpressionReader) throws(NetlinkError) -> Self? {
        guard try reader.numberIfAny(NFTA_CT_DREG) != nil else { return nil }
        guard let key = Connection(rawValue: try reader.number(NFTA_CT_KEY)) else { return nil }
        return .connection(key, into: try reader.register(NFTA_CT_DREG))
    }

    private static func readSocket(_ reader: ExpressionReader) throws(NetlinkError) -> Self? {
        guard try reader.number(NFTA_SOCKET_KEY) == NFT_SOCKET_CGROUPV2.rawValue else { return nil }
        return .cgroup(
            level: try reader.number(NFTA_SOCKET_LEVEL),
            into: try reader.register(NFTA_SOCKET_DREG)
        )
    }

    private static func readLookup(_ reader: ExpressionReader) throws(NetlinkError) -> Self? {
        guard let set = reader.text(NFTA_LOOKUP_SET) else { return nil }
        let destination = try reader.numberIfAny(NFTA_LOOKUP_DREG)
        guard destination == nil || destination == NFT_REG_VERDICT.rawValue else { return nil }
        let flags = try reader.numberIfAny(NFTA_LOOKUP_FLAGS) ?? 0
        return .lookup(
            set: set,
            try reader.register(NFTA_LOOKUP_SREG),
            isInverted: flags & NFT_LOOKUP_F_INV.rawValue != 0,
            isVerdict: destination != nil
        )
    }

    private static func readComparison(_ reader: ExpressionReader) throws(NetlinkError) -> Self? {
        guard let comparison = Comparison(rawValue: try reader.number(NFTA_CMP_OP)) else { return nil }
        return .compare(try reader.register(NFTA_CMP_SREG), comparison, try reader.value(NFTA_CMP_DATA))
    }

    private static func readBitwise(_ reader: ExpressionReader) throws(NetlinkError) -> Self? {
        let register = try reader.register(NFTA_BITWISE_SREG)
        let operation = try reader.numberIfAny(NFTA_BITWISE_OP) ?? 0
        guard operation == NFT_BITWISE_MASK_XOR.rawValue, try reader.register(NFTA_BITWISE_DREG) == register else {
            return nil
        }
        return .bitwise(
            register,
            mask: try reader.value(NFTA_BITWISE_MASK),
            xor: try reader.value(NFTA_BITWISE_XOR)
        )
    }

    private static func readRange(_ reader: ExpressionReader) throws(NetlinkError) -> Self? {
        .range(
            try reader.register(NFTA_RANGE_SREG),
            first: try reader.value(NFTA_RANGE_FROM_DATA),
            last: try reader.value(NFTA_RANGE_TO_DATA),
            isInverted: try reader.number(NFTA_RANGE_OP) == NFT_RANGE_NEQ.rawValue
        )
    }

    private static func readLog(_ reader: ExpressionReader) throws(NetlinkError) -> Self? {
        // Without a group it goes to the kernel's own log.
        guard let group = UInt16(exactly: try reader.numberIfAny(NFTA_LOG_GROUP) ?? .max) else { return nil }
        let length = try reader.numberIfAny(NFTA_LOG_SNAPLEN)
        return .log(Log(group: group, prefix: reader.text(NFTA_LOG_PREFIX), snapLength: length == 0 ? nil : length))
    }

    private static func readLimit(_ reader: ExpressionReader) throws(NetlinkError) -> Self? {
        guard try reader.number(NFTA_LIMIT_TYPE) == NFT_LIMIT_PKTS.rawValue,
            try reader.number(NFTA_LIMIT_UNIT, as: UInt64.self) == 1,
            try reader.numberIfAny(NFTA_LIMIT_FLAGS) ?? 0 == 0
        else { return nil }
        return .limit(
            perSecond: try reader.number(NFTA_LIMIT_RATE, as: UInt64.self),
            burst: try reader.number(NFTA_LIMIT_BURST)
        )
    }

    private static func readRejection(_ reader: ExpressionReader) throws(NetlinkError) -> Self? {
        switch try reader.number(NFTA_REJECT_TYPE) {
        case NFT_REJECT_TCP_RST.rawValue: .reject(.tcpReset)
        case NFT_REJECT_ICMPX_UNREACH.rawValue:
            .reject(.icmpx(try reader.number(NFTA_REJECT_ICMP_CODE, as: UInt8.self)))
        default: nil
        }
    }
}
