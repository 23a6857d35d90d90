package import Addressing
package import Netlink

/// What is to be changed so that what stands in a namespace becomes what shall stand: as little as that takes.
///
/// Whatever is new is added before anything is taken away, though the kernel makes all of it at once: what stands and shall stand is never
/// away in between.
package struct Difference: Hashable, Sendable {
    package private(set) var changes: [TableChange] = []

    /// How much earlier an element may end than it shall, in nanoseconds: half a second.
    static var earliness: Int64 { 500_000_000 }
    /// How much later, in nanoseconds: ten seconds. Its time begins when the kernel has it, which may take seconds where there are many, and
    /// whoever keeps the blocks takes it away in time; only where nobody does any more is it late.
    static var lateness: Int64 { 10_000_000_000 }
    /// What ends so soon is not told as too much, in nanoseconds.
    static var margin: Int64 { 1_000_000_000 }

    /// - Parameters:
    ///   - desired: what shall stand, by family.
    ///   - standing: what stands: a dump of each family's table that is there.
    ///   - flags: what the tables shall be marked with.
    ///   - time: when the dump was made.
    package init(
        to desired: [Nftables.Family: DesiredTable],
        from standing: [Nftables.Family: Nftables.Contents],
        flags: Nftables.Table.Flags = [],
        at time: Timestamp
    ) {
        self.init(to: desired, from: standing, flags: flags, at: time, for: .mending)
    }

    /// What it is worked out for.
    enum Purpose {
        /// To be made. Where the kernel cannot change what stands, it is replaced.
        case mending
        /// To be told: what stands is compared piece by piece, also where it would be replaced.
        case finding
    }

    init(
        to desired: [Nftables.Family: DesiredTable],
        from standing: [Nftables.Family: Nftables.Contents],
        flags: Nftables.Table.Flags,
        at time: Timestamp,
        for purpose: Purpose
    ) {
        for family in Nftables.Family.allCases {
            let wanted = desired[family].flatMap { $0.isEmpty ? nil : $0 }
            switch (wanted, standing[family]) {
            case (nil, nil): break
            case (nil, .some): changes.append(.deleteTable(family))
            case (.some(let table), let contents):
                changes += TableDifference(table, contents, flags, time, purpose).changes
            }
        }
    }

    /// Whether what stands is what shall stand.
    package var isEmpty: Bool { changes.isEmpty }

    /// What has to be done first, in a batch of its own: marking tables that stand, which is how those of an agent that died are adopted.
    ///
    /// In a batch that does so the kernel gives chains no devices and takes none from them: EOPNOTSUPP, `nft_delchain_hook` of nf_tables_api.c.
    package func adoptions(of standing: [Nftables.Family: Nftables.Contents]) -> [TableChange] {
        changes.filter { change in
            guard case .addTable(let table) = change, standing[table.family] != nil else { return false }
            return !changes.contains(.deleteTable(table.family))
        }
    }

    /// The changes as the kernel takes them.
    package var batch: Nftables.Batch {
        var batch = Nftables.Batch()
        for change in changes { change.write(into: &batch) }
        return batch
    }
}
