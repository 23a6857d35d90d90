extension Nftables {
    /// What a packet is to the connection it belongs to. NF_CT_STATE_BIT of the kernel, as nft(8) knows them.
    package struct ConnectionState: OptionSet, Hashable, Sendable {
        package let rawValue: UInt32

        package init(rawValue: UInt32) {
            self.rawValue = rawValue
        }

        package static var invalid: Self { Self(rawValue: 1) }
        package static var established: Self { Self(rawValue: 2) }
        package static var related: Self { Self(rawValue: 4) }
        package static var new: Self { Self(rawValue: 8) }
    }
}
