package import Addressing

/// A socket that waits for others to begin: TCP in LISTEN, or a bound UDP socket without a peer.
package struct Listener: Hashable, Sendable {
    package var namespace: NetworkNamespace
    /// As IANA registers them: 6 or 17.
    package var protocolNumber: UInt8
    /// All zeros for every address of the namespace.
    package var address: IPAddress
    package var port: UInt16
    /// The inode number of its control group in the v2 hierarchy, when the kernel tells.
    package var cgroupIdentifier: UInt64?
    package var process: SocketProcess?

    package init(namespace: NetworkNamespace, protocolNumber: UInt8, address: IPAddress, port: UInt16) {
        self.namespace = namespace
        self.protocolNumber = protocolNumber
        self.address = address
        self.port = port
    }
}

/// A process that holds a socket.
package struct SocketProcess: Hashable, Sendable {
    /// In the monitor's PID namespace.
    package var identifier: Int32
    /// As the kernel has it: at most 15 bytes, and whatever the process made of it.
    package var name: String
    /// Path of its program, when it may be read.
    package var executable: String?

    package init(identifier: Int32, name: String, executable: String? = nil) {
        self.identifier = identifier
        self.name = name
        self.executable = executable
    }
}
