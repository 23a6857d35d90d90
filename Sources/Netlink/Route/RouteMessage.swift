package import Addressing
import CMnl

/// A route, as RTM_NEWROUTE and RTM_DELROUTE describe it. rtnetlink(7), linux/rtnetlink.h.
package struct RouteMessage: Hashable, Sendable {
    /// Where packets go next: through which interface, and to whom, when not to the destination itself.
    package struct Hop: Hashable, Sendable {
        package var index: UInt32?
        package var gateway: IPAddress?

        package init(index: UInt32?, gateway: IPAddress?) {
            self.index = index
            self.gateway = gateway
        }
    }

    /// The first address of the destination; all zeros, with a prefix length of 0, is the default route.
    package var destination: IPAddress
    package var prefixLength: UInt8
    /// 254 is the main table, 255 the local one; a VRF has its own. RT_TABLE_*.
    package var table: UInt32
    /// What becomes of the packets: 1 sent on, 2 kept, 3 broadcast, 6 thrown away, … RTN_*.
    package var kind: UInt8
    /// Who made it: 2 the kernel, 4 an administrator, … RTPROT_*.
    package var origin: UInt8
    /// None where packets end; several where they are spread.
    package var hops: [Hop] = []
    /// The address this host sends from.
    package var preferredSource: IPAddress?

    /// A route that sends packets on, as an administrator makes it.
    package init(destination: IPAddress, prefixLength: UInt8, table: UInt32 = 254, hops: [Hop] = []) {
        self.destination = destination
        self.prefixLength = prefixLength
        self.table = table
        self.hops = hops
        kind = 1
        origin = 4
    }

    /// Reads what follows the netlink header: struct rtmsg, then attributes. Nil when it is about neither IPv4 nor IPv6.
    init?(body: RawSpan) throws(NetlinkError) {
        let operation = "read a route"
        var attributes = try Attributes(body, after: MemoryLayout<rtmsg>.size, operation: operation)
        switch Int32(body.load(UInt8.self, at: 0)) {
        case AF_INET: destination = .v4(IPv4Address(bits: 0))
        case AF_INET6: destination = .v6(IPv6Address(high: 0, low: 0))
        default: return nil
        }
        prefixLength = body.load(UInt8.self, at: 1)
        table = UInt32(body.load(UInt8.self, at: 4))
        origin = body.load(UInt8.self, at: 5)
        kind = body.load(UInt8.self, at: 7)
        var only = Hop(index: nil, gateway: nil)
        while let attribute = try attributes.next() {
            switch attribute.type {
            case Int(RTA_DST.rawValue): destination = try attribute.address()
            // The header has room for a byte only.
            case Int(RTA_TABLE.rawValue): table = try attribute.integer(UInt32.self)
            case Int(RTA_PREFSRC.rawValue): preferredSource = try attribute.address()
            case Int(RTA_OIF.rawValue): only.index = try attribute.index()
            case Int(RTA_GATEWAY.rawValue): only.gateway = try attribute.address()
            case Int(RTA_VIA.rawValue): only.gateway = attribute.via
            case Int(RTA_MULTIPATH.rawValue): hops = try Self.hops(attribute.value, operation)
            default: break
            }
        }
        if hops.isEmpty, only.index != nil || only.gateway != nil { hops = [only] }
    }

    /// RTA_MULTIPATH: struct rtnexthop after struct rtnexthop, each with attributes of its own within its length.
    private static func hops(_ bytes: RawSpan, _ operation: String) throws(NetlinkError) -> [Hop] {
        var hops: [Hop] = []
        var offset = 0
        while offset < bytes.byteCount {
            let left = bytes.byteCount - offset
            guard left >= MemoryLayout<rtnexthop>.size else { throw .malformed(operation: operation) }
            let length = Int(bytes.load(UInt16.self, at: offset))
            guard length >= MemoryLayout<rtnexthop>.size, length <= left else {
                throw .malformed(operation: operation)
            }
            let index = bytes.load(UInt32.self, at: offset + 4)
            var hop = Hop(index: index == 0 ? nil : index, gateway: nil)
            var attributes = try Attributes(
                bytes.extracting(offset..<(offset + length)),
                after: MemoryLayout<rtnexthop>.size,
                operation: operation
            )
            while let attribute = try attributes.next() {
                switch attribute.type {
                case Int(RTA_GATEWAY.rawValue): hop.gateway = try attribute.address()
                case Int(RTA_VIA.rawValue): hop.gateway = attribute.via
                default: break
                }
            }
            hops.append(hop)
            offset = min(bytes.byteCount, offset + (length + 3) & ~3)
        }
        return hops
    }
}

extension Attribute {
    /// RTA_VIA: a gateway of another family than the route's, after the number of that family. Nil for one unknown here.
    fileprivate var via: IPAddress? {
        value.byteCount > 2 ? IPAddress(networkOrder: value.extracting(droppingFirst: 2)) : nil
    }
}

extension NetlinkSocket {
    /// Lists the routes, IPv4 and IPv6, of all tables of the socket's namespace. Needs a `.route` socket.
    package mutating func dumpRoutes() throws(NetlinkError) -> [RouteMessage] {
        var routes: [RouteMessage] = []
        for family in [AF_INET, AF_INET6] {
            var header = rtmsg()
            header.rtm_family = UInt8(truncatingIfNeeded: family)
            let request = NetlinkRequest(RTM_GETROUTE, flags: NLM_F_DUMP, header)
            routes += try dump(request, for: "list routes") { (message) throws(NetlinkError) in
                guard message.type == UInt16(RTM_NEWROUTE) else { return nil }
                return try RouteMessage(body: message.body)
            }
        }
        return routes
    }
}
