import CMnl
import Glibc

/// A socket to one part of the kernel, in the network namespace of the thread that opened it, for its whole life.
///
/// netlink(7). Open it on the privileged thread. It may be used from any other, one at a time; what needs a capability then
/// needs it on the thread that asks, too.
@safe package struct NetlinkSocket: ~Copyable, @unchecked Sendable {
    /// How often a dump is read when what it lists keeps changing meanwhile.
    static var tries: Int { 8 }

    // Owned, and used by one thread at a time as the struct is borrowed or mutated by one.
    private let socket: OpaquePointer
    private var sequence: UInt32 = 0

    /// Whether the kernel has NFT_MSG_DESTROYSETELEM, until it is known that it has not.
    var knowsDestroying = true

    /// For poll(2). Closed when this goes.
    package let descriptor: Int32

    /// Dumps that were read again because what they list changed meanwhile.
    package internal(set) var interruptions: UInt64 = 0

    /// Opens one; closed on exec. `isBlocking: false` is for events.
    ///
    /// Throws `.absent` when the kernel has no such part, otherwise `.system`.
    package init(_ part: NetlinkProtocol, isBlocking: Bool = true) throws(NetlinkError) {
        let operation = "open a netlink socket"
        let flags = Int32(SOCK_CLOEXEC.rawValue) | (isBlocking ? 0 : Int32(SOCK_NONBLOCK.rawValue))
        guard let socket = unsafe mnl_socket_open2(part.number, flags) else {
            if errno == EPROTONOSUPPORT { throw .absent(operation: operation) }
            throw .system(operation: operation, code: errno)
        }
        guard unsafe mnl_socket_bind(socket, 0, pid_t(MNL_SOCKET_AUTOPID)) == 0 else {
            let code = errno
            unsafe mnl_socket_close(socket)
            throw .system(operation: "bind a netlink socket", code: code)
        }
        unsafe self.socket = socket
        descriptor = unsafe mnl_socket_get_fd(socket)
        // Kernels without these (before 4.12, 4.20) answer as well, with fewer words and filters.
        for option in [NETLINK_EXT_ACK, NETLINK_CAP_ACK, NETLINK_GET_STRICT_CHK] { try? set(option, 1) }
        // The kernel answers at once or not at all; nobody should sleep for ever on the latter.
        var patience = timeval(tv_sec: 10, tv_usec: 0)
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit {
        unsafe mnl_socket_close(socket)
    }

    /// The number by which the kernel knows the socket. netlink(7), nl_pid.
    package var port: UInt32 { unsafe mnl_socket_get_portid(socket) }

    /// Sets how many bytes of unread datagrams the kernel keeps. It counts its own overhead too, and doubles the number.
    ///
    /// Beyond net.core.rmem_max only with CAP_NET_ADMIN; without, as much as that allows. socket(7), SO_RCVBUFFORCE.
    package func setReceiveBuffer(bytes: Int32) throws(NetlinkError) {
        var size = bytes
        let length = socklen_t(MemoryLayout<Int32>.size)
        if unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVBUFFORCE, &size, length) == 0 { return }
        guard unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, length) == 0 else {
            throw .system(operation: "size a netlink socket's buffer", code: errno)
        }
    }

    /// Sends messages as one datagram, whose sequence numbers follow the one that is returned: the first has the next.
    ///
    /// Throws `.system` with EMSGSIZE when it is longer than the kernel lets this process send.
    mutating func send(_ messages: consuming MessageWriter, for operation: String) throws(NetlinkError) -> UInt32 {
        guard !messages.isOverlong else { throw .system(operation: operation, code: EMSGSIZE) }
        try makeRoom(toSend: messages.bytes.count, for: operation)
        let before = sequence
        sequence = messages.number(after: before)
        while unsafe messages.bytes.withUnsafeBytes({ unsafe mnl_socket_sendto(socket, $0.baseAddress, $0.count) }) < 0
        {
            guard errno == EINTR else { throw .system(operation: operation, code: errno) }
        }
        return before
    }

    /// Sees to it that a datagram of so many bytes may be sent: beyond net.core.wmem_max only with CAP_NET_ADMIN.
    private func makeRoom(toSend count: Int, for operation: String) throws(NetlinkError) {
        var size: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        unsafe getsockopt(descriptor, SOL_SOCKET, SO_SNDBUF, &size, &length)
        // The kernel keeps 32 bytes for itself, and doubles what it is told.
        guard count > Int(size) - 64 else { return }
        guard var wanted = Int32(exactly: count / 2 + 4096) else { throw .system(operation: operation, code: EMSGSIZE) }
        if unsafe setsockopt(descriptor, SOL_SOCKET, SO_SNDBUFFORCE, &wanted, length) == 0 { return }
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_SNDBUF, &wanted, length)
    }

    /// Hands over every message that waits, and does not wait for more. Of more than the socket holds, the first; true when others were
    /// lost.
    @discardableResult
    func drain(
        for operation: String,
        _ body: (borrowing NetlinkMessage) throws(NetlinkError) -> Void
    ) throws(NetlinkError) -> Bool {
        var buffer = ReceiveBuffer()
        var isLossy = false
        while true {
            do throws(NetlinkError) {
                try buffer.receive(from: descriptor, for: operation, isWaiting: false)
            } catch .system(_, EAGAIN) {
                return isLossy
            } catch .system(_, ENOBUFS) {
                // The kernel says so once, before what had room.
                isLossy = true
                continue
            }
            var messages = NetlinkMessages(buffer.bytes, operation: operation)
            while let message = try messages.next() { try body(message) }
        }
    }

    /// Sets an option of netlink(7): a number, mostly a switch.
    func set(_ option: Int32, _ value: Int32) throws(NetlinkError) {
        var value = value
        guard unsafe mnl_socket_setsockopt(socket, option, &value, socklen_t(MemoryLayout<Int32>.size)) == 0 else {
            throw .system(operation: "set option \(option) of a netlink socket", code: errno)
        }
    }

    /// The same, of an option that takes a capability; false without it.
    func setIfAllowed(_ option: Int32, _ value: Int32) throws(NetlinkError) -> Bool {
        do throws(NetlinkError) {
            try set(option, value)
            return true
        } catch {
            guard error.isDenied else { throw error }
            return false
        }
    }

    /// Asks for all of something, and again when it changed meanwhile. `read` makes a message of each answer, or skips it.
    ///
    /// Throws `.interrupted` when it changed every time.
    mutating func dump<Message>(
        _ request: borrowing NetlinkRequest,
        for operation: String,
        _ read: (borrowing NetlinkMessage) throws(NetlinkError) -> Message?
    ) throws(NetlinkError) -> [Message] {
        var messages: [Message] = []
        for _ in 0..<Self.tries {
            messages.removeAll(keepingCapacity: true)
            let isWhole = try exchange(request, for: operation) { (message) throws(NetlinkError) in
                if let message = try read(message) { messages.append(message) }
            }
            if isWhole { return messages }
            interruptions &+= 1
        }
        throw .interrupted(operation: operation, tries: Self.tries)
    }

    /// Asks, and hands each message of the answer to `body`. False when a dump changed while it was read.
    ///
    /// What `body` throws is thrown when the answer has been read to its end, so that the next request finds the socket clean.
    @discardableResult
    mutating func exchange(
        _ request: borrowing NetlinkRequest,
        for operation: String,
        _ body: (borrowing NetlinkMessage) throws(NetlinkError) -> Void
    ) throws(NetlinkError) -> Bool {
        sequence &+= 1
        try unsafe request.send(to: socket, sequence: sequence, for: operation)
        var buffer = ReceiveBuffer()
        var isWhole = true
        var failure: NetlinkError?
        while true {
            try buffer.receive(from: descriptor, for: operation)
            var messages = NetlinkMessages(buffer.bytes, operation: operation)
            while let message = try messages.next() {
                // The rest of an answer that was given up.
                guard message.sequence == sequence else { continue }
                if Int32(message.flags) & NLM_F_DUMP_INTR != 0 { isWhole = false }
                switch Int32(message.type) {
                case NLMSG_ERROR, NLMSG_DONE:
                    let refusal = try Refusal(message, operation: operation)
                    if let failure { throw failure }
                    guard refusal.code == 0 else {
                        throw .refused(operation: operation, code: refusal.code, message: refusal.message)
                    }
                    return isWhole
                case NLMSG_NOOP: continue
                default:
                    guard failure == nil else { continue }
                    do throws(NetlinkError) { try body(message) } catch { failure = error }
                }
            }
        }
    }
}
