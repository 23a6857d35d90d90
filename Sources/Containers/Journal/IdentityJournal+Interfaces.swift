package import Addressing

/// Interfaces and their addresses.
extension IdentityJournal {
    mutating func open(_ interface: Interface, at time: Timestamp) {
        let key = interface.key
        let old = topology.links[key].flatMap { $0.goneAt == nil ? $0.interface : nil }
        if old == nil, key.namespace != topology.host,
            topology.shapes[key.namespace]?.links.count ?? 0 >= limits.interfacesOfNamespace
        {
            overdrawn += 1
            return
        }
        guard topology.set(interface, at: time) else { return }
        if old == nil {
            // Addresses may have been told before their interface.
            let routable = belongings.addresses(of: key).count { !$0.isLinkLocalIPv6 }
            topology.changeAddresses(of: key, by: routable, at: time)
            for address in belongings.addresses(of: key) { topology.note(address, on: key, at: time) }
        }
        guard old?.hardwareAddress != interface.hardwareAddress else { return }
        closeHardware(old, at: time)
        if let address = interface.hardwareAddress, !address.isZero, key.namespace != topology.host {
            hardware.open(key, under: address, at: time) { $0 == key }
        }
    }

    /// An interface vanished, and its addresses and what was behind it with it.
    mutating func close(_ key: InterfaceKey, at time: Timestamp) {
        for address in belongings.addresses(of: key).sorted() { close(address, of: key, at: time) }
        if belongings.endpoints(over: key) != nil { closeRemotes(of: key, at: time) }
        guard let link = topology.links[key], link.goneAt == nil else { return }
        closeHardware(link.interface, at: time)
        topology.remove(key, at: time)
    }

    private mutating func closeHardware(_ interface: Interface?, at time: Timestamp) {
        guard let interface, let address = interface.hardwareAddress else { return }
        hardware.close(address, at: time) { $0 == interface.key }
    }

    /// Loopback addresses need no entry: every namespace has its own.
    mutating func open(_ address: IPAddress, of key: InterfaceKey, prefixLength: UInt8, at time: Timestamp) {
        guard !address.isLoopback, !address.isUnspecified, !address.isMulticast else { return }
        let isNew = !belongings.addresses(of: key).contains(address)
        if isNew, key.namespace != topology.host,
            belongings.addresses(of: key).count >= limits.addressesOfInterface
        {
            overdrawn += 1
            return
        }
        let holding = Holding(interface: key, prefixLength: prefixLength)
        guard addresses.open(holding, under: address, at: time, isSame: { $0.interface == key }) else { return }
        networks.noteChange()
        guard isNew else { return }
        belongings.insert(address, of: key)
        topology.note(address, on: key, at: time)
        if !address.isLinkLocalIPv6 { topology.changeAddresses(of: key, by: 1, at: time) }
    }

    mutating func close(_ address: IPAddress, of key: InterfaceKey, at time: Timestamp) {
        guard belongings.remove(address, of: key) else { return }
        let scope = topology.scope(of: key)
        addresses.close(address, at: time, where: { $0.interface == key }, lastly: { $0.scope = scope })
        networks.noteChange()
        if !address.isLinkLocalIPv6 { topology.changeAddresses(of: key, by: -1, at: time) }
    }
}

extension IPAddress {
    /// 127.0.0.0/8 or ::1 (RFC 1122, section 3.2.1.3; RFC 4291, section 2.5.3).
    package var isLoopback: Bool {
        switch self {
        case .v4(let address): address.bits >> 24 == 127
        case .v6(let address): address.high == 0 && address.low == 1
        }
    }

    /// All zeros.
    package var isUnspecified: Bool {
        switch self {
        case .v4(let address): address.bits == 0
        case .v6(let address): address.high == 0 && address.low == 0
        }
    }

    /// In fe80::/10 (RFC 4291, section 2.5.6): means something on one link only.
    var isLinkLocalIPv6: Bool {
        switch self {
        case .v4: false
        case .v6(let address): address.high >> 54 == 0x3fa
        }
    }
}
