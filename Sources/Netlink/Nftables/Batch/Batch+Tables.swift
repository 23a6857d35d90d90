import CMnl

extension Nftables.Batch {
    /// What adds do with one that is there already.
    package enum Existing: Sendable {
        /// It stays as it is, where it can be brought to what was asked for at all.
        case kept
        /// The batch is refused with EEXIST.
        case refused

        var flags: Int32 { NLM_F_CREATE | (self == .refused ? NLM_F_EXCL : 0) }
    }

    /// Adds our table of a family. One that nobody owns takes the flags given, and so becomes ours.
    package mutating func add(_ table: Nftables.Table, existing: Existing = .kept) {
        step(Int(NFT_MSG_NEWTABLE.rawValue), flags: existing.flags, .addTable, in: table.family) { (writer) in
            writer.put(NFTA_TABLE_NAME, Nftables.table)
            writer.put(NFTA_TABLE_FLAGS, table.flags.rawValue)
            if let comment = table.comment {
                writer.put(NFTA_TABLE_USERDATA, UserData.entry(UserData.comment, comment))
            }
        }
    }

    /// Deletes our table of a family with all that stands in it. Refused with ENOENT when it is not there.
    package mutating func deleteTable(_ family: Nftables.Family) {
        step(Int(NFT_MSG_DELTABLE.rawValue), .deleteTable, in: family) { (writer) in
            writer.put(NFTA_TABLE_NAME, Nftables.table)
        }
    }
}
