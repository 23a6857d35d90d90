extension Nftables {
    /// A table: what chains and sets stand in. There is one of ours in a family.
    package struct Table: Hashable, Sendable {
        /// What may be said of a table. NFT_TABLE_F_*.
        package struct Flags: OptionSet, Hashable, Sendable {
            package let rawValue: UInt32

            package init(rawValue: UInt32) {
                self.rawValue = rawValue
            }

            /// Its chains are not hooked: nothing in it is in force.
            package static var dormant: Self { Self(rawValue: 1) }
            /// Only the socket that made it may change it; it goes when the socket is closed. Since Linux 5.12.
            package static var owner: Self { Self(rawValue: 2) }
            /// It stays when its owner's socket is closed, as an orphan that another may adopt. Since Linux 6.9; with `owner`.
            package static var persist: Self { Self(rawValue: 4) }
        }

        package var family: Family
        package var flags: Flags
        /// Text of 127 bytes at most; longer is cut, and what would break nft(8)'s quotes is replaced.
        package private(set) var comment: String?
        /// The kernel's number for it; nil for one that shall stand.
        package var handle: UInt64?
        /// The netlink port of the socket that owns it; nil when none does.
        package var owner: UInt32?

        package init(_ family: Family, flags: Flags = [], comment: String? = nil) {
            self.family = family
            self.flags = flags
            self.comment = Nftables.comment(comment)
        }

        /// The same as it was asked for: without what only the kernel knows.
        package var declared: Self { Self(family, flags: flags, comment: comment) }
    }
}
