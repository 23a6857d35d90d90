import CMnl

/// One message of the kernel, as it lies in a datagram: the header's fields, and the bytes after it.
///
/// netlink(7), struct nlmsghdr: length, type, flags, sequence, port, in host byte order.
struct NetlinkMessage: ~Escapable {
    /// Sixteen bytes.
    static var headerLength: Int { 16 }

    /// What it is: one of NLMSG_*, or RTM_* and the like.
    let type: UInt16
    /// NLM_F_*.
    let flags: UInt16
    /// Of the request it answers; 0 when it answers none.
    let sequence: UInt32
    /// The port of the socket whose request it answers or tells of; 0 when no socket asked.
    let port: UInt32
    /// All that follows the header.
    let body: RawSpan

    /// `bytes` are one message, whose length is known to be right.
    @_lifetime(copy bytes)
    fileprivate init(_ bytes: RawSpan) {
        type = bytes.load(UInt16.self, at: 4)
        flags = bytes.load(UInt16.self, at: 6)
        sequence = bytes.load(UInt32.self, at: 8)
        port = bytes.load(UInt32.self, at: 12)
        body = bytes.extracting(droppingFirst: Self.headerLength)
    }
}

/// The messages of a datagram, one after another, each beginning on a multiple of four bytes.
struct NetlinkMessages: ~Escapable {
    private let bytes: RawSpan
    private let operation: String
    private var offset = 0

    /// `operation` is what `NetlinkError.malformed` will name.
    @_lifetime(copy bytes)
    init(_ bytes: RawSpan, operation: String) {
        self.bytes = bytes
        self.operation = operation
    }

    /// The next message, or nil when there is none; throws `.malformed` when one claims more or less than it can be.
    @_lifetime(copy self)
    mutating func next() throws(NetlinkError) -> NetlinkMessage? {
        let left = bytes.byteCount - offset
        guard left > 0 else { return nil }
        guard left >= NetlinkMessage.headerLength else { throw .malformed(operation: operation) }
        // Compared as it stands: as a signed number on any machine it still fits.
        let length = Int(bytes.load(UInt32.self, at: offset))
        guard length >= NetlinkMessage.headerLength, length <= left else { throw .malformed(operation: operation) }
        let begin = offset
        offset = min(bytes.byteCount, begin + (length + 3) & ~3)
        return NetlinkMessage(bytes.extracting(begin..<(begin + length)))
    }
}
