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

    /// Adds our table of a family, or gives the one that stands these flags. An orphan, whose owner ended, is so adopted.
    ///
    /// Refused with EPERM when somebody else owns it; with EOPNOTSUPP when it never had an owner and shall have one: remove it in
    /// the same batch before.
    package mutating func add(_ table: Nftables.Table, existing: Existing = .kept) {
        step(NFT_MSG_NEWTABLE, flags: existing.flags, .addTable, in: table.family) { (writer) in
            writer.put(NFTA_TABLE_FLAGS, table.flags.rawValue)
            if let comment = table.comment {
                writer.put(NFTA_TABLE_USERDATA, UserData.entry(UserData.comment, comment))
            }
        }
    }

    /// Deletes our table of a family with all that stands in it. Refused with ENOENT when it is not there.
    package mutating func deleteTable(_ family: Nftables.Family) {
        step(NFT_MSG_DELTABLE, .deleteTable, in: family)
    }

    /// Deletes our table of a family if it stands. Since it may be made for that, the same batch may make it anew.
    package mutating func removeTable(_ family: Nftables.Family) {
        // Without flags nothing changes of one that stands.
        step(NFT_MSG_NEWTABLE, flags: Existing.kept.flags, .addTable, in: family)
        deleteTable(family)
    }
}
