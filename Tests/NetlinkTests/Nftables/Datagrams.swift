import Glibc
import Testing

/// UDP on the loopback of a namespace.
enum Datagrams {
    /// Sends one to a port; 0, or what sendto(2) failed with: EPERM when a rule on the way out drops it.
    static func code(ofSendingIn space: NftablesSpace, to port: UInt16 = 9, count: Int = 1) throws -> Int32 {
        try space.namespace.perform { () throws -> Int32 in
            let socket = try LiveSocket(LiveSocket.datagram)
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = port.bigEndian
            address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
            for _ in 0..<count {
                let sent = unsafe withUnsafeBytes(of: &address) { bytes in
                    unsafe sendto(
                        socket.descriptor,
                        "x",
                        1,
                        0,
                        bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self),
                        16
                    )
                }
                if sent != 1 { return errno }
            }
            return 0
        }
    }
}
