import CMnl

/// How many packets an interface has thrown away since it was made.
///
/// linux/if_link.h, struct rtnl_link_stats64, which grows at its end with newer kernels.
package struct LinkDrops: Hashable, Sendable {
    /// Received, and no room for them.
    package var received: UInt64
    /// To be sent, and no room for them.
    package var sent: UInt64

    package init(received: UInt64, sent: UInt64) {
        self.received = received
        self.sent = sent
    }

    /// Nil when the kernel gives fewer counters than these.
    init?(_ statistics: borrowing Attribute) throws(NetlinkError) {
        guard statistics.value.byteCount >= 64 else { return nil }
        received = statistics.value.load(UInt64.self, at: 48)
        sent = statistics.value.load(UInt64.self, at: 56)
    }
}
