import Addressing
import CMnl

/// A connection that conntrack follows, and how its addresses are changed on the way.
///
/// IPCTNL_MSG_CT_NEW and IPCTNL_MSG_CT_DELETE; linux/netfilter/nfnetlink_conntrack.h, whose numbers are in network byte order.
package struct ConnectionMessage: Hashable, Sendable {
    /// As its first packet came in.
    package var original: ConnectionTuple
    /// As answers come in: its destination is what the source became, its source what the destination became.
    package var reply: ConnectionTuple
    /// Nil where the kernel does not say, as when it ends.
    package var status: ConnectionStatus?
    /// Connections of different zones may have the same addresses; 0 is none.
    package var zone: UInt16 = 0
    /// The kernel's number for it, given again to another one later.
    package var identifier: UInt32?
    /// Seconds until it is forgotten if nothing more comes.
    package var timeout: UInt32?

    /// Whether an address or a port is another beyond this host. Told by the tuples: it holds when the status is not given.
    package var isTranslated: Bool {
        original.source != reply.destination || original.destination != reply.source
            || original.sourcePort != reply.destinationPort || original.destinationPort != reply.sourcePort
            || original.query?.identifier != reply.query?.identifier
    }

    package init(original: ConnectionTuple, reply: ConnectionTuple) {
        self.original = original
        self.reply = reply
    }

    /// Reads what follows the netlink header: struct nfgenmsg, then attributes. Throws when a tuple is missing.
    init(body: RawSpan) throws(NetlinkError) {
        let operation = "read a connection"
        var attributes = try Attributes(body, after: MemoryLayout<nfgenmsg>.size, operation: operation)
        var original: ConnectionTuple?
        var reply: ConnectionTuple?
        while let attribute = try attributes.next() {
            switch attribute.type {
            case Int(CTA_TUPLE_ORIG.rawValue): original = try ConnectionTuple(attribute)
            case Int(CTA_TUPLE_REPLY.rawValue): reply = try ConnectionTuple(attribute)
            case Int(CTA_STATUS.rawValue): status = ConnectionStatus(rawValue: try attribute.bigEndian(UInt32.self))
            case Int(CTA_ZONE.rawValue): zone = try attribute.bigEndian(UInt16.self)
            case Int(CTA_ID.rawValue): identifier = try attribute.bigEndian(UInt32.self)
            case Int(CTA_TIMEOUT.rawValue): timeout = try attribute.bigEndian(UInt32.self)
            default: break
            }
        }
        guard let original, let reply else { throw .malformed(operation: operation) }
        self.original = original
        self.reply = reply
    }
}
