import CMnl
import Glibc

/// A number by which a network namespace knows another one, as RTM_NEWNSID and RTM_DELNSID tell it.
///
/// Numbers count from 0 and mean something only in the namespace that gave them. ip-netns(8), linux/net_namespace.h.
package struct NamespaceIdentifierMessage: Hashable, Sendable {
    /// Nil when the namespace has no number yet.
    package var identifier: Int32?

    package init(identifier: Int32?) {
        self.identifier = identifier
    }

    /// Reads what follows the netlink header: struct rtgenmsg, padded to four bytes, then attributes.
    init(body: RawSpan) throws(NetlinkError) {
        var attributes = try Attributes(
            body,
            after: MemoryLayout<rtgenmsg>.size,
            operation: "read a namespace's number"
        )
        while let attribute = try attributes.next() {
            if attribute.type == NETNSA_NSID { identifier = try attribute.namespaceIdentifier() }
        }
    }
}

extension NetlinkSocket {
    /// The number by which the socket's namespace knows another one; nil when none is assigned.
    ///
    /// `descriptor` refers to a namespace's file. Throws `.refused` with EINVAL when it does not.
    package mutating func namespaceIdentifier(of descriptor: Int32) throws(NetlinkError) -> Int32? {
        var request = NetlinkRequest(RTM_GETNSID, flags: NLM_F_ACK, rtgenmsg())
        request.put(NETNSA_FD, descriptor)
        var identifier: Int32?
        try exchange(request, for: "get a namespace's number") { (message) throws(NetlinkError) in
            guard message.type == UInt16(RTM_NEWNSID) else { return }
            identifier = try NamespaceIdentifierMessage(body: message.body).identifier
        }
        return identifier
    }

    /// Gives another namespace a number in the socket's, unless it has one, and returns it. The kernel chooses.
    ///
    /// Events come only from namespaces that have one. Needs CAP_NET_ADMIN.
    package mutating func assignNamespaceIdentifier(to descriptor: Int32) throws(NetlinkError) -> Int32 {
        let operation = "number a namespace"
        if let identifier = try namespaceIdentifier(of: descriptor) { return identifier }
        var request = NetlinkRequest(RTM_NEWNSID, flags: NLM_F_ACK, rtgenmsg())
        request.put(NETNSA_FD, descriptor)
        request.put(NETNSA_NSID, Int32(NETNSA_NSID_NOT_ASSIGNED))
        do throws(NetlinkError) {
            try exchange(request, for: operation) { _ in }
        } catch .refused(_, EEXIST, _) {
            // Somebody else was faster, or the kernel itself: a veth that reaches there is enough.
        }
        guard let identifier = try namespaceIdentifier(of: descriptor) else { throw .malformed(operation: operation) }
        return identifier
    }

    /// Lists the numbers of all namespaces that have one in the socket's.
    package mutating func dumpNamespaceIdentifiers() throws(NetlinkError) -> [Int32] {
        let request = NetlinkRequest(RTM_GETNSID, flags: NLM_F_DUMP, rtgenmsg())
        return try dump(request, for: "list namespaces' numbers") { (message) throws(NetlinkError) in
            guard message.type == UInt16(RTM_NEWNSID) else { return nil }
            return try NamespaceIdentifierMessage(body: message.body).identifier
        }
    }
}
