import CMnl

extension MessageWriter {
    /// Adds an expression: its name, and what belongs to it.
    mutating func put(_ expression: Nftables.Expression) {
        put(NFTA_EXPR_NAME, expression.name)
        nest(NFTA_EXPR_DATA) { $0.putData(of: expression) }
    }

    private mutating func putData(of expression: Nftables.Expression) {
        switch expression {
        case .payload(let payload, let register):
            put(NFTA_PAYLOAD_DREG, register)
            put(NFTA_PAYLOAD_BASE, payload.base.rawValue)
            put(NFTA_PAYLOAD_OFFSET, payload.offset)
            put(NFTA_PAYLOAD_LEN, payload.length)
        case .meta(let key, let register):
            put(NFTA_META_DREG, register)
            put(NFTA_META_KEY, key.rawValue)
        case .setMark(let register):
            put(NFTA_META_KEY, NFT_META_MARK.rawValue)
            put(NFTA_META_SREG, register)
        case .connection(let key, let register):
            put(NFTA_CT_DREG, register)
            put(NFTA_CT_KEY, key.rawValue)
        case .cgroup(let level, let register):
            put(NFTA_SOCKET_KEY, NFT_SOCKET_CGROUPV2.rawValue)
            put(NFTA_SOCKET_DREG, register)
            put(NFTA_SOCKET_LEVEL, level)
        case .lookup(let set, let register, let isInverted, let isVerdict):
            put(NFTA_LOOKUP_SET, set)
            put(NFTA_LOOKUP_SREG, register)
            if isVerdict { put(NFTA_LOOKUP_DREG, NFT_REG_VERDICT.rawValue) }
            if isInverted { put(NFTA_LOOKUP_FLAGS, NFT_LOOKUP_F_INV.rawValue) }
        case .compare(let register, let comparison, let value):
            put(NFTA_CMP_SREG, register)
            put(NFTA_CMP_OP, comparison.rawValue)
            nest(NFTA_CMP_DATA) { $0.put(NFTA_DATA_VALUE, value) }
        case .bitwise(let register, let mask, let xor):
            put(NFTA_BITWISE_SREG, register)
            put(NFTA_BITWISE_DREG, register)
            put(NFTA_BITWISE_LEN, UInt32(truncatingIfNeeded: mask.count))
            nest(NFTA_BITWISE_MASK) { $0.put(NFTA_DATA_VALUE, mask) }
            nest(NFTA_BITWISE_XOR) { $0.put(NFTA_DATA_VALUE, xor) }
        case .range(let register, let first, let last, let isInverted):
            put(NFTA_RANGE_SREG, register)
            put(NFTA_RANGE_OP, isInverted ? NFT_RANGE_NEQ.rawValue : NFT_RANGE_EQ.rawValue)
            nest(NFTA_RANGE_FROM_DATA) { $0.put(NFTA_DATA_VALUE, first) }
            nest(NFTA_RANGE_TO_DATA) { $0.put(NFTA_DATA_VALUE, last) }
        case .counter(let counter):
            put(NFTA_COUNTER_BYTES, counter.bytes)
            put(NFTA_COUNTER_PACKETS, counter.packets)
        case .log(let log):
            put(NFTA_LOG_GROUP, log.group)
            if let prefix = log.prefix { put(NFTA_LOG_PREFIX, prefix) }
            if let length = log.snapLength { put(NFTA_LOG_SNAPLEN, length) }
        case .limit(let rate, let burst):
            put(NFTA_LIMIT_RATE, rate)
            put(NFTA_LIMIT_UNIT, UInt64(1))
            put(NFTA_LIMIT_BURST, burst)
            put(NFTA_LIMIT_TYPE, NFT_LIMIT_PKTS.rawValue)
        case .verdict(let verdict):
            put(NFTA_IMMEDIATE_DREG, NFT_REG_VERDICT.rawValue)
            nest(NFTA_IMMEDIATE_DATA) { $0.put(verdict) }
        case .reject(.tcpReset):
            put(NFTA_REJECT_TYPE, NFT_REJECT_TCP_RST.rawValue)
        case .reject(.icmpx(let code)):
            put(NFTA_REJECT_TYPE, NFT_REJECT_ICMPX_UNREACH.rawValue)
            put(NFTA_REJECT_ICMP_CODE, code)
        case .unknown: break
        }
    }

    /// Adds NFTA_DATA_VERDICT.
    mutating func put(_ verdict: Nftables.Verdict) {
        nest(NFTA_DATA_VERDICT) { (writer) in
            writer.put(NFTA_VERDICT_CODE, verdict.code)
            if let chain = verdict.chain { writer.put(NFTA_VERDICT_CHAIN, chain) }
        }
    }

    private mutating func put<Name: RawRepresentable<UInt32>>(_ name: Name, _ register: Nftables.Register) {
        put(name, register.number)
    }
}

extension Nftables.Expression {
    /// The kernel's name for it.
    var name: String {
        switch self {
        case .payload: "payload"
        case .meta, .setMark: "meta"
        case .connection: "ct"
        case .cgroup: "socket"
        case .lookup: "lookup"
        case .compare: "cmp"
        case .bitwise: "bitwise"
        case .range: "range"
        case .counter: "counter"
        case .log: "log"
        case .limit: "limit"
        case .verdict: "immediate"
        case .reject: "reject"
        case .unknown(let name): name
        }
    }
}

extension Nftables.Verdict {
    /// NF_* and NFT_*.
    var code: Int32 {
        switch self {
        case .drop: NF_DROP
        case .accept: NF_ACCEPT
        case .continue: NFT_CONTINUE.rawValue
        case .jump: NFT_JUMP.rawValue
        case .goto: NFT_GOTO.rawValue
        case .return: NFT_RETURN.rawValue
        }
    }

    /// Where it leads.
    var chain: String? {
        switch self {
        case .jump(let chain), .goto(let chain): chain
        default: nil
        }
    }
}

extension Nftables.Register {
    /// NFT_REG32_*.
    var number: UInt32 { NFT_REG32_00.rawValue + index }
}
