import CMnl
import Glibc

/// A netlink socket that listens to groups, and reads what waits without waiting itself.
struct EventStream: ~Copyable, Sendable {
    /// Datagrams read at one call, so that a storm cannot keep a caller for ever.
    static var batch: Int { 4096 }

    private let socket: NetlinkSocket
    private let operation: String
    /// Whether something was lost and the listener not told yet.
    private var owesLoss = false

    /// How often something was lost: for lack of room in the socket, or as it did not hold together.
    private(set) var losses: UInt64 = 0

    /// Whether other namespaces are heard as well.
    let hearsAllNamespaces: Bool

    /// For poll(2).
    var descriptor: Int32 { socket.descriptor }

    /// Joins the groups. `bytes` is what the kernel keeps unread; `operation` is what errors will name.
    ///
    /// Without CAP_NET_BROADCAST only the socket's own namespace is heard, which is no error: `hearsAllNamespaces` tells.
    init(
        _ part: NetlinkProtocol,
        groups: [UInt32],
        listensToAllNamespaces: Bool,
        bytes: Int32,
        operation: String
    ) throws(NetlinkError) {
        let socket = try NetlinkSocket(part, isBlocking: false)
        try socket.setReceiveBuffer(bytes: bytes)
        let hearsAll = listensToAllNamespaces ? try socket.setIfAllowed(NETLINK_LISTEN_ALL_NSID, 1) : false
        for group in groups { try socket.set(NETLINK_ADD_MEMBERSHIP, Int32(bitPattern: group)) }
        self.socket = socket
        hearsAllNamespaces = hearsAll
        self.operation = operation
    }

    /// Hands over each message that waits, with the number of the namespace it came from, and calls `lost` when some were
    /// lost, after all that waited. True when more waits than one call may read.
    ///
    /// A message that `body` cannot read counts as lost: what it would have said is in the next dump.
    mutating func receive(
        _ body: (Int32?, borrowing NetlinkMessage) throws(NetlinkError) -> Void,
        lost: () -> Void
    ) throws(NetlinkError) -> Bool {
        var buffer = ReceiveBuffer()
        for _ in 0..<Self.batch {
            do throws(NetlinkError) {
                try buffer.receive(from: socket.descriptor, for: operation)
                var messages = NetlinkMessages(buffer.bytes, operation: operation)
                while let message = try messages.next() {
                    try body(buffer.namespaceIdentifier, message)
                }
            } catch .system(_, EAGAIN) {
                if owesLoss { lost() }
                owesLoss = false
                return false
            } catch .system(_, ENOBUFS), .system(_, EMSGSIZE), .malformed {
                losses &+= 1
                owesLoss = true
            }
        }
        return true
    }
}
