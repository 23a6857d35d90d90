package import Addressing
import CMnl

/// One direction of a connection, as conntrack knows its packets.
///
/// linux/netfilter/nfnetlink_conntrack.h: CTA_TUPLE_*, whose numbers are in network byte order.
package struct ConnectionTuple: Hashable, Sendable {
    package var source: IPAddress
    package var destination: IPAddress
    /// As IANA registers it.
    package var protocolNumber: UInt8
    /// 0 for protocols without ports.
    package var sourcePort: UInt16 = 0
    package var destinationPort: UInt16 = 0
    /// Of an ICMP or ICMPv6 query: what tells it from others, its type and its code.
    package var query: Query?

    /// What stands in place of ports in an ICMP query.
    package struct Query: Hashable, Sendable {
        package var identifier: UInt16
        package var type: UInt8
        package var code: UInt8

        package init(identifier: UInt16, type: UInt8, code: UInt8) {
            self.identifier = identifier
            self.type = type
            self.code = code
        }
    }

    package init(
        source: IPAddress,
        destination: IPAddress,
        protocolNumber: UInt8,
        sourcePort: UInt16 = 0,
        destinationPort: UInt16 = 0,
        query: Query? = nil
    ) {
        self.source = source
        self.destination = destination
        self.protocolNumber = protocolNumber
        self.sourcePort = sourcePort
        self.destinationPort = destinationPort
        self.query = query
    }

    /// Throws `.malformed` when an address or the protocol is missing.
    init(_ tuple: borrowing Attribute) throws(NetlinkError) {
        var parts = Parts()
        var attributes = tuple.nested
        while let attribute = try attributes.next() {
            switch attribute.type {
            case Int(CTA_TUPLE_IP.rawValue): try parts.readAddresses(attribute)
            case Int(CTA_TUPLE_PROTO.rawValue): try parts.readProtocol(attribute)
            default: break
            }
        }
        guard let source = parts.source, let destination = parts.destination, let number = parts.protocolNumber else {
            throw .malformed(operation: "read a connection")
        }
        self.init(
            source: source,
            destination: destination,
            protocolNumber: number,
            sourcePort: parts.sourcePort,
            destinationPort: parts.destinationPort,
            query: parts.isQuery ? parts.query : nil
        )
    }

    /// What has been read of one so far.
    private struct Parts {
        var source: IPAddress?
        var destination: IPAddress?
        var protocolNumber: UInt8?
        var sourcePort: UInt16 = 0
        var destinationPort: UInt16 = 0
        var isQuery = false
        var query = Query(identifier: 0, type: 0, code: 0)

        mutating func readAddresses(_ addresses: borrowing Attribute) throws(NetlinkError) {
            var attributes = addresses.nested
            while let attribute = try attributes.next() {
                switch attribute.type {
                case Int(CTA_IP_V4_SRC.rawValue), Int(CTA_IP_V6_SRC.rawValue): source = try attribute.address()
                case Int(CTA_IP_V4_DST.rawValue), Int(CTA_IP_V6_DST.rawValue): destination = try attribute.address()
                default: break
                }
            }
        }

        mutating func readProtocol(_ ports: borrowing Attribute) throws(NetlinkError) {
            var attributes = ports.nested
            while let attribute = try attributes.next() {
                switch attribute.type {
                case Int(CTA_PROTO_NUM.rawValue): protocolNumber = try attribute.integer(UInt8.self)
                case Int(CTA_PROTO_SRC_PORT.rawValue): sourcePort = try attribute.bigEndian(UInt16.self)
                case Int(CTA_PROTO_DST_PORT.rawValue): destinationPort = try attribute.bigEndian(UInt16.self)
                case Int(CTA_PROTO_ICMP_ID.rawValue), Int(CTA_PROTO_ICMPV6_ID.rawValue):
                    query.identifier = try attribute.bigEndian(UInt16.self)
                    isQuery = true
                case Int(CTA_PROTO_ICMP_TYPE.rawValue), Int(CTA_PROTO_ICMPV6_TYPE.rawValue):
                    query.type = try attribute.integer(UInt8.self)
                case Int(CTA_PROTO_ICMP_CODE.rawValue), Int(CTA_PROTO_ICMPV6_CODE.rawValue):
                    query.code = try attribute.integer(UInt8.self)
                default: break
                }
            }
        }
    }
}
