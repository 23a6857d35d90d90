import CMnl

extension Nftables {
    /// Numbers of messages: the part of netfilter in the high byte. NFT_MSG_*.
    enum Message {
        static func type(_ message: Int) -> Int { Int(NFNL_SUBSYS_NFTABLES) << 8 | message }

        static func type(_ message: nf_tables_msg_types) -> Int { type(Int(message.rawValue)) }

        /// NFT_MSG_DESTROYSETELEM, which headers before Linux 6.3 do not name.
        static var destroySetElement: nf_tables_msg_types { nf_tables_msg_types(rawValue: 30) }
    }
}

/// Lets a `switch` over an attribute's type name the constants of the kernel's headers as they are.
func ~= <Name: RawRepresentable<UInt32>>(name: Name, type: Int) -> Bool { Int(name.rawValue) == type }
