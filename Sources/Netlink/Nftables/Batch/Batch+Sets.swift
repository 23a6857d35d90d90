import CMnl

extension Nftables.Batch {
    /// Adds a set. One of the same key and flags that is there already stays, with its elements.
    package mutating func add(_ set: Nftables.Set, existing: Existing = .kept) {
        let number = nextSetNumber()
        step(NFT_MSG_NEWSET, flags: existing.flags, .addSet(set.name), in: set.family) { (writer) in
            writer.put(NFTA_SET_NAME, set.name)
            writer.put(NFTA_SET_FLAGS, set.kernelFlags)
            writer.put(NFTA_SET_KEY_TYPE, set.keyType)
            writer.put(NFTA_SET_KEY_LEN, UInt32(set.keyLength))
            writer.put(NFTA_SET_ID, number)
            if set.isVerdictMap { writer.put(NFTA_SET_DATA_TYPE, NFT_DATA_VERDICT.rawValue) }
            if let timeout = set.timeout { writer.put(NFTA_SET_TIMEOUT, timeout.milliseconds) }
            writer.nest(NFTA_SET_DESC) { (writer) in
                if let size = set.size { writer.put(NFTA_SET_DESC_SIZE, size) }
                guard set.key.count > 1 else { return }
                writer.nest(NFTA_SET_DESC_CONCAT) { (writer) in
                    for field in set.key {
                        writer.nest(NFTA_LIST_ELEM) { $0.put(NFTA_SET_FIELD_LEN, UInt32(field.length)) }
                    }
                }
            }
            if set.hasCounters { writer.nest(NFTA_SET_EXPR) { $0.put(.counter(Nftables.Counter())) } }
            var userData = set.keyUserData
            if let comment = set.comment { userData += UserData.entry(UserData.setComment, comment) }
            if !userData.isEmpty { writer.put(NFTA_SET_USERDATA, userData) }
        }
    }

    /// Deletes a set with its elements. Refused with EBUSY while a rule uses it.
    package mutating func deleteSet(_ name: String, of family: Nftables.Family) {
        step(NFT_MSG_DELSET, .deleteSet(name), in: family) { (writer) in
            writer.put(NFTA_SET_NAME, name)
        }
    }
}

extension Nftables.Set {
    /// Tells nft(8) that a lone name of a device, mark or cgroup is kept in host byte order; it prints an empty name otherwise.
    /// Of a concatenation it knows by itself.
    fileprivate var keyUserData: [UInt8] {
        switch key {
        case [.interfaceName], [.interfaceIndex], [.mark], [.cgroupsv2]: UserData.keyByteOrder
        default: []
        }
    }

    /// NFT_SET_*.
    var kernelFlags: UInt32 {
        var flags = flags.rawValue
        if key.count > 1 { flags |= NFT_SET_CONCAT.rawValue }
        if isVerdictMap { flags |= NFT_SET_MAP.rawValue }
        return flags
    }

    /// nft's number for the kinds of the fields: six bits each, the first highest.
    var keyType: UInt32 { key.reduce(0) { $0 << 6 | $1.rawValue } }
}

extension Duration {
    /// Whole milliseconds, at least ten: a tick of a kernel of 100 Hz. What is less than a tick would be none to it, and none means for ever.
    var milliseconds: UInt64 {
        let (seconds, attoseconds) = components
        guard seconds >= 0, attoseconds >= 0 else { return Self.tick }
        let (whole, isTooMuch) = UInt64(seconds).multipliedReportingOverflow(by: 1000)
        return isTooMuch ? .max : max(Self.tick, whole &+ UInt64(attoseconds) / 1_000_000_000_000_000)
    }

    /// In milliseconds.
    private static var tick: UInt64 { 10 }
}
