import CMnl
import Glibc

/// A message to the kernel while it is put together: a netlink header, the family's own, then attributes.
///
/// Its length is bounded by libmnl's buffer, at most 8 KiB; what does not fit makes `send` fail with EMSGSIZE.
@safe struct NetlinkRequest: ~Copyable {
    private let memory: UnsafeMutableRawPointer
    private let header: UnsafeMutablePointer<nlmsghdr>
    private var isOverfull = false

    /// The kind of the request (RTM_GETLINK and the like), NLM_F_* besides NLM_F_REQUEST, and the family's header: a C
    /// structure without hidden padding.
    init<Header: BitwiseCopyable>(_ type: Int, flags: Int32, _ familyHeader: Header) {
        unsafe memory = .allocate(byteCount: CMnl_bufferSize(), alignment: 16)
        unsafe header = mnl_nlmsg_put_header(memory)
        unsafe header.pointee.nlmsg_type = UInt16(truncatingIfNeeded: type)
        unsafe header.pointee.nlmsg_flags = UInt16(truncatingIfNeeded: NLM_F_REQUEST | flags)
        // The buffer is larger than any family's header.
        let place = unsafe mnl_nlmsg_put_extra_header(header, MemoryLayout<Header>.size)
        unsafe place?.storeBytes(of: familyHeader, as: Header.self)
    }

    deinit {
        unsafe memory.deallocate()
    }

    /// Adds an attribute whose value is as it lies in memory.
    mutating func put<Value: BitwiseCopyable>(_ type: Int, _ value: Value) {
        let type = UInt16(truncatingIfNeeded: type)
        let fits = unsafe withUnsafeBytes(of: value) { value in
            unsafe mnl_attr_put_check(header, CMnl_bufferSize(), type, value.count, value.baseAddress)
        }
        if !fits { isOverfull = true }
    }

    /// Adds text that ends with a NUL.
    mutating func put(_ type: Int, _ text: String) {
        let fits = unsafe mnl_attr_put_strz_check(
            header,
            CMnl_bufferSize(),
            UInt16(truncatingIfNeeded: type),
            text
        )
        if !fits { isOverfull = true }
    }

    /// Adds an attribute of the attributes that `body` adds. Within one that is full nothing is added.
    mutating func nest(_ type: Int, _ body: (inout NetlinkRequest) -> Void) {
        let type = UInt16(truncatingIfNeeded: type)
        guard let start = unsafe mnl_attr_nest_start_check(header, CMnl_bufferSize(), type) else {
            isOverfull = true
            return
        }
        body(&self)
        unsafe mnl_attr_nest_end(header, start)
    }

    /// Hands it to the kernel, which answers with the same sequence number.
    func send(to socket: OpaquePointer, sequence: UInt32, for operation: String) throws(NetlinkError) {
        guard !isOverfull else { throw .system(operation: operation, code: EMSGSIZE) }
        unsafe header.pointee.nlmsg_seq = sequence
        while unsafe mnl_socket_sendto(socket, header, Int(header.pointee.nlmsg_len)) < 0 {
            guard errno == EINTR else { throw .system(operation: operation, code: errno) }
        }
    }
}
