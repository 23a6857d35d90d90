extension Nftables {
    /// What is in a set.
    package struct Element: Hashable, Sendable {
        package var key: Key
        /// Where it leads, in a verdict map.
        package var verdict: Verdict?
        /// How long it stays from when it is added; nil for ever, or as long as the set says.
        ///
        /// In milliseconds, which the kernel rounds to its ticks, of 10 ms at most: whole seconds come back as they were.
        package var timeout: Duration?
        /// Text of 127 bytes at most; longer is cut, and what would break nft(8)'s quotes is replaced.
        package private(set) var comment: String?
        /// How long it still stays; when added, how much of `timeout` is left. Nil for all of it.
        package var expiration: Duration?
        /// What was found by it, where the set counts.
        package var counter: Counter?

        package init(_ key: Key, verdict: Verdict? = nil, timeout: Duration? = nil, comment: String? = nil) {
            self.key = key
            self.verdict = verdict
            self.timeout = timeout
            self.comment = Nftables.comment(comment)
        }

        /// The same as it was asked for: without what only the kernel knows.
        package var declared: Self { Self(key, verdict: verdict, timeout: timeout, comment: comment) }
    }

    /// Packets that passed a rule or were found by an element.
    package struct Counter: Hashable, Sendable {
        package var packets: UInt64
        /// Of the packets from the network header on; at egress, with the link's header too.
        package var bytes: UInt64

        package init(packets: UInt64 = 0, bytes: UInt64 = 0) {
            self.packets = packets
            self.bytes = bytes
        }
    }
}
