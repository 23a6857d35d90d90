import CMnl

extension Nftables.Batch {
    /// Adds a chain. Of a base chain that is there already the policy changes, and devices are added; all else must be equal.
    package mutating func add(_ chain: Nftables.Chain, existing: Existing = .kept) {
        let flags = existing.flags
        step(NFT_MSG_NEWCHAIN, flags: flags, .addChain(chain.name), in: chain.family) { (writer) in
            writer.put(NFTA_CHAIN_NAME, chain.name)
            if let base = chain.base {
                writer.put(base, in: chain.family, devices: base.devices)
                writer.put(NFTA_CHAIN_POLICY, base.policy.rawValue)
                writer.put(NFTA_CHAIN_TYPE, "filter")
            }
            if let comment = chain.comment {
                writer.put(NFTA_CHAIN_USERDATA, UserData.entry(UserData.comment, comment))
            }
        }
    }

    /// Deletes a chain. Refused with EBUSY while it has rules or rules lead to it.
    package mutating func deleteChain(_ name: String, of family: Nftables.Family) {
        step(NFT_MSG_DELCHAIN, .deleteChain(name), in: family) { (writer) in
            writer.put(NFTA_CHAIN_NAME, name)
        }
    }

    /// Adds devices to an ingress or egress chain; those it has already are left alone. Since Linux 6.4.
    package mutating func add(devices: [String], to chain: Nftables.Chain) {
        change(NFT_MSG_NEWCHAIN, .addDevices(chain.name), devices, of: chain, flags: NLM_F_CREATE)
    }

    /// Takes devices from an ingress or egress chain. Refused with ENOENT for one that it has not. Since Linux 6.4.
    ///
    /// A device that goes away is taken from the chain by the kernel, or waited for where the kernel does that.
    package mutating func delete(devices: [String], from chain: Nftables.Chain) {
        change(NFT_MSG_DELCHAIN, .deleteDevices(chain.name), devices, of: chain, flags: 0)
    }

    private mutating func change(
        _ message: nf_tables_msg_types,
        _ description: Step.Description,
        _ devices: [String],
        of chain: Nftables.Chain,
        flags: Int32
    ) {
        // Without a device the kernel would take it for the whole chain.
        guard let base = chain.base, !devices.isEmpty else { return }
        step(message, flags: flags, description, in: chain.family) { (writer) in
            writer.put(NFTA_CHAIN_NAME, chain.name)
            writer.put(base, in: chain.family, devices: devices)
        }
    }
}

extension MessageWriter {
    /// Adds where a base chain is hooked. Never NFTA_DEVICE_PREFIX: nft(8) 1.0.6 hangs on what the kernel then tells.
    fileprivate mutating func put(_ base: Nftables.Chain.Base, in family: Nftables.Family, devices: [String]) {
        nest(NFTA_CHAIN_HOOK) { (writer) in
            // A family without such a hook has none of this number either, and the kernel says so.
            writer.put(NFTA_HOOK_HOOKNUM, base.hook.number(in: family) ?? .max)
            writer.put(NFTA_HOOK_PRIORITY, base.priority)
            guard !devices.isEmpty else { return }
            writer.nest(NFTA_HOOK_DEVS) { (writer) in
                for device in devices { writer.put(NFTA_DEVICE_NAME, device) }
            }
        }
    }
}
