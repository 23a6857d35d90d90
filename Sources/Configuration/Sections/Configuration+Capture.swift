extension Configuration {
    /// What is captured, and how.
    package struct Capture: Hashable, Sendable {
        /// Names of interfaces, at most 64; none means all of them.
        package var interfaces: [String] = []
        /// The most bytes taken of a packet, link layer included; from 64 to 262,144.
        package var snapshotLength = 2048
        /// Bytes of packets the kernel may hold before it loses some; from 512 KiB to 1 GiB.
        package var bufferSize = 16 << 20
        /// UDP ports that carry VXLAN besides 4789 and 8472; at most 16.
        package var vxlanPorts: [UInt16] = []

        package init() {}
    }
}
