import CMnl

/// What becomes of our tables in one namespace, as the kernel tells it, and who changes anything there.
///
/// The kernel tells of each element of each batch, our own among them: a listener that must not lose any is read while batches
/// are committed, or dumps anew when it has `lost`. linux/netfilter/nf_tables.h, NFNLGRP_NFTABLES.
package struct NftablesEvents: ~Copyable, Sendable {
    private var stream: EventStream

    /// For poll(2): readable when something waits.
    package var descriptor: Int32 { stream.descriptor }

    /// How often events were lost.
    package var losses: UInt64 { stream.losses }

    /// Begins to listen in the namespace of the calling thread. `bufferSize` is how many bytes the kernel keeps unread.
    ///
    /// An error that `isDenied` without CAP_NET_ADMIN.
    package init(bufferSize: Int32 = 4 << 20) throws(NetlinkError) {
        stream = try EventStream(
            .netfilter,
            groups: [NFNLGRP_NFTABLES.rawValue],
            listensToAllNamespaces: false,
            bytes: bufferSize,
            operation: "hear of nftables"
        )
    }

    /// Hands over all that waits, and does not wait for more. True when so much waits that it is left for another call.
    ///
    /// Of what the socket of a port did, only the generations are told: its owner knows the rest, and need not read it.
    package mutating func receive(
        ignoring port: UInt32? = nil,
        _ body: (NftablesEvent) -> Void
    ) throws(NetlinkError) -> Bool {
        try stream.receive { (_, message) throws(NetlinkError) in
            let isGeneration = Int(message.type) == Nftables.Message.type(NFT_MSG_NEWGEN)
            guard message.port != port || isGeneration else { return }
            if let event = try NftablesEvent(message) { body(event) }
        } lost: {
            body(.lost)
        }
    }
}
