package import Addressing
import CMnl

/// An address of an interface, as RTM_NEWADDR and RTM_DELADDR describe it. rtnetlink(7), linux/if_addr.h.
package struct AddressMessage: Hashable, Sendable {
    /// Of the interface, in its namespace.
    package var index: UInt32
    package var address: IPAddress
    /// The other end of a point-to-point link.
    package var peer: IPAddress?
    /// Bits that the network's addresses have in common, up to 32 or 128.
    package var prefixLength: UInt8
    /// How far it is valid: 0 everywhere, 253 on the link, 254 on the host. RT_SCOPE_*.
    package var scope: UInt8
    /// IFA_F_*.
    package var flags: UInt32

    /// Whether it may not be used yet, as nobody has said whether another host has it (IFA_F_TENTATIVE, RFC 4862).
    package var isTentative: Bool { flags & 0x40 != 0 }
    /// Whether another host was found to have it (IFA_F_DADFAILED).
    package var isDuplicate: Bool { flags & 0x08 != 0 }

    /// An address that is valid everywhere.
    package init(index: UInt32, address: IPAddress, prefixLength: UInt8) {
        self.index = index
        self.address = address
        self.prefixLength = prefixLength
        scope = 0
        flags = 0
    }

    /// Reads what follows the netlink header: struct ifaddrmsg, then attributes. Throws when no address is there.
    init(body: RawSpan) throws(NetlinkError) {
        let operation = "read an address"
        var attributes = try Attributes(body, after: MemoryLayout<ifaddrmsg>.size, operation: operation)
        prefixLength = body.load(UInt8.self, at: 1)
        flags = UInt32(body.load(UInt8.self, at: 2))
        scope = body.load(UInt8.self, at: 3)
        index = body.load(UInt32.self, at: 4)
        var local: IPAddress?
        var address: IPAddress?
        while let attribute = try attributes.next() {
            switch attribute.type {
            case Int(IFA_LOCAL): local = try attribute.address()
            case Int(IFA_ADDRESS): address = try attribute.address()
            // The header has room for eight flags only.
            case Int(IFA_FLAGS): flags = try attribute.integer(UInt32.self)
            default: break
            }
        }
        // IFA_ADDRESS is the peer's where there is one. IPv6 gives IFA_LOCAL only then.
        guard let own = local ?? address else { throw .malformed(operation: operation) }
        self.address = own
        peer = address == own ? nil : address
    }
}

extension NetlinkSocket {
    /// Lists the addresses, IPv4 and IPv6, of the socket's namespace, or of another by its number here, which need not be
    /// entered.
    ///
    /// Needs a `.route` socket; another namespace also CAP_NET_ADMIN over it, and kernel 4.20.
    package mutating func dumpAddresses(of namespace: Int32? = nil) throws(NetlinkError) -> [AddressMessage] {
        var request = NetlinkRequest(RTM_GETADDR, flags: NLM_F_DUMP, ifaddrmsg())
        if let namespace { request.put(Int(IFA_TARGET_NETNSID), namespace) }
        return try dump(request, for: "list addresses") { (message) throws(NetlinkError) in
            guard message.type == UInt16(RTM_NEWADDR) else { return nil }
            return try AddressMessage(body: message.body)
        }
    }
}
