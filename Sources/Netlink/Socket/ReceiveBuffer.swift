import CLinux
import Glibc

/// Where a datagram is read into.
@safe struct ReceiveBuffer: ~Copyable {
    /// Bytes. The kernel fills the datagrams of a dump up to 32 KiB when it may, and makes none longer.
    static var capacity: Int { 32 << 10 }

    private let memory: UnsafeMutableRawPointer
    private var count = 0

    /// The number, in the socket's namespace, of the namespace the datagram came from; nil for the socket's own.
    private(set) var namespaceIdentifier: Int32?

    init() {
        unsafe memory = .allocate(byteCount: Self.capacity, alignment: 16)
    }

    deinit {
        unsafe memory.deallocate()
    }

    /// Reads a datagram that the kernel itself sent, and passes over what others did: any process may send to any port.
    ///
    /// Throws `.system` as recvmsg(2) fails, EAGAIN when nothing waits on a non-blocking socket, ENOBUFS when datagrams were
    /// lost for lack of room; EMSGSIZE when one was longer than the buffer.
    /// With `isWaiting: false` a blocking socket does not block either.
    mutating func receive(
        from descriptor: Int32,
        for operation: String,
        isWaiting: Bool = true
    ) throws(NetlinkError) {
        while true {
            var datagram = CLinux_NetlinkDatagram()
            let length = unsafe CLinux_receiveNetlink(descriptor, memory, Self.capacity, isWaiting, &datagram)
            guard length >= 0 else { throw .system(operation: operation, code: errno) }
            guard datagram.sender == 0 else { continue }
            guard !datagram.isTruncated else { throw .system(operation: operation, code: EMSGSIZE) }
            count = length
            namespaceIdentifier = datagram.isForeign ? datagram.namespaceIdentifier : nil
            return
        }
    }

    /// The datagram that was read last.
    var bytes: RawSpan {
        @_lifetime(borrow self) get {
            // The first `count` bytes were written by the kernel, and live as long as this.
            unsafe RawSpan(_unsafeStart: memory, byteCount: count)
        }
    }
}
