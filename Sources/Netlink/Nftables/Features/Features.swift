extension Nftables {
    /// What of nftables a kernel has, as far as anything here needs it.
    package struct Features: OptionSet, Hashable, Sendable {
        package let rawValue: UInt32

        package init(rawValue: UInt32) {
            self.rawValue = rawValue
        }

        /// Tables of the inet family, and chains in it.
        package static var inet: Self { Self(rawValue: 1) }
        /// Tables that nobody else can change. Linux 5.12.
        package static var owner: Self { Self(rawValue: 1 << 1) }
        /// Tables that stay when their owner ends. Linux 6.9.
        package static var persist: Self { Self(rawValue: 1 << 2) }
        /// Chains at what a device receives.
        package static var ingress: Self { Self(rawValue: 1 << 3) }
        /// Chains at what a device sends. Linux 5.16.
        package static var egress: Self { Self(rawValue: 1 << 4) }
        /// Chains may name devices that do not exist yet.
        package static var absentDevices: Self { Self(rawValue: 1 << 5) }
        /// Chains at what a bridge forwards.
        package static var bridge: Self { Self(rawValue: 1 << 6) }
        /// `ct state` in the inet family.
        package static var connectionTracking: Self { Self(rawValue: 1 << 7) }
        /// `ct state` in netdev chains.
        package static var connectionTrackingOfDevices: Self { Self(rawValue: 1 << 8) }
        /// `socket cgroupv2`. Linux 5.13.
        package static var cgroups: Self { Self(rawValue: 1 << 9) }
        /// `@ih`: what is behind the transport header. Linux 5.16.
        package static var innerPayload: Self { Self(rawValue: 1 << 10) }
        /// Sets of ranges over several fields. Linux 5.6.
        package static var concatenatedRanges: Self { Self(rawValue: 1 << 11) }
        /// Elements that catch all that no other does. Linux 5.13.
        package static var catchAll: Self { Self(rawValue: 1 << 12) }
        /// `reject` in the inet family.
        package static var reject: Self { Self(rawValue: 1 << 13) }
        /// `log group`: telling a listener.
        package static var log: Self { Self(rawValue: 1 << 14) }
    }
}
