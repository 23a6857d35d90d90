/// The words of nftables: what stands in the kernel or shall stand there. Plain values; the kernel is asked and changed with
/// `NetlinkSocket` and `Nftables.Batch`.
///
/// nft(8), linux/netfilter/nf_tables.h. What is not in these words is read as `.unknown`, and never written.
package enum Nftables {
    /// The name of every table that is written, read or deleted here, one in each family. Nobody else's can be named.
    package static var table: String { "portolan" }

    /// How many of a kind are read at most: of tables, chains, sets, rules, and of the elements of one set.
    ///
    /// Beyond, reading fails with EFBIG: what is larger was not written by us.
    static var limit: Int { 1 << 20 }
}
