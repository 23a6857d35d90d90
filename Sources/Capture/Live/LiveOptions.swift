/// How packets are to be taken from an interface.
package struct LiveOptions: Hashable, Sendable {
    /// The most bytes kept of a packet, link layer included; from 64 to 262,144.
    ///
    /// The kernel cuts the packet there already. 2,048 holds one Ethernet frame with every tunnel header around it, and so the
    /// names in it: a DNS answer, the first part of a TLS greeting. Of the 64 KiB that segmentation offload makes of a busy
    /// connection more would cost a copy in the kernel and one here, and tell nothing. Docs/Performance.md has figures.
    package var snapshotLength = 2048

    /// Whether of TCP segments in the middle of a transfer the kernel keeps 256 bytes only, whatever `snapshotLength` says.
    ///
    /// A segment that may begin with a name is kept as any other packet is, and so is all that goes through a tunnel.
    package var cutsBulk = true

    /// Bytes the kernel may fill before it drops; from 512 KiB to 1 GiB, and rounded up to 256 KiB.
    ///
    /// They are locked memory, and count as ours. 16 MiB hold a tenth of a second at 200,000 small packets a second.
    package var bufferSize = 16 << 20

    /// A pcap-filter(7) expression, which the kernel applies before anything is copied; empty lets everything through.
    package var filter = ""

    /// Whether packets that carry a VLAN tag are left out: for "any", on which libpcap loses the tag, when the devices that
    /// carry tags are captured on by name.
    package var omitsTagged = false

    /// Whether a device is asked to hand over what is meant for others. Nothing on "any", where packet(7) has no such mode.
    package var isPromiscuous = true

    /// How long the kernel may hold a packet back to hand over more of them at once; at least 1 ms.
    ///
    /// A block that fills up earlier is handed over at once. The kernel looks after this time whether the block was there at
    /// the last look, so that a lone packet comes after one to two of them: half of what passes between the packet that completes a
    /// scan and the rule that stops it. Shorter, and a buffer of blocks that are hardly filled holds less than a quarter of a second.
    package var delay = Duration.milliseconds(4)

    package init() {}
}
