extension Nftables {
    /// A list of rules: a base chain, which packets come to by themselves, or a regular one, which a verdict leads to.
    package struct Chain: Hashable, Sendable {
        /// What becomes of a packet that no rule of a base chain decided on.
        package enum Policy: UInt32, Hashable, Sendable {
            case drop = 0
            case accept = 1
        }

        /// Where packets come in.
        package struct Base: Hashable, Sendable {
            package var hook: Hook
            /// Lower is earlier: 0 is `filter`, -300 `raw`, as nft(8) names them.
            package var priority: Int32
            package var policy: Policy
            /// Names of the devices of an ingress or egress chain, 255 at most; others have none. Sorted when read.
            ///
            /// One that does not exist yet is hooked when it appears on recent kernels, and refused by others.
            package var devices: [String]

            package init(_ hook: Hook, priority: Int32 = 0, policy: Policy = .accept, devices: [String] = []) {
                self.hook = hook
                self.priority = priority
                self.policy = policy
                self.devices = devices
            }
        }

        package var family: Family
        package var name: String
        /// Nil for a regular chain.
        package var base: Base?
        /// Text of 127 bytes at most; longer is cut, and what would break nft(8)'s quotes is replaced.
        package private(set) var comment: String?
        /// The kernel's number for it; nil for one that shall stand.
        package var handle: UInt64?

        package init(_ family: Family, _ name: String, base: Base? = nil, comment: String? = nil) {
            self.family = family
            self.name = name
            self.base = base
            self.comment = Nftables.comment(comment)
        }

        /// The same as it was asked for: without what only the kernel knows, devices sorted.
        package var declared: Self {
            var chain = Self(family, name, base: base, comment: comment)
            chain.base?.devices.sort()
            return chain
        }

        /// How many devices one chain takes; more need several chains. NFT_NETDEVICE_MAX of the kernel, less one.
        package static var deviceLimit: Int { 255 }
    }
}
