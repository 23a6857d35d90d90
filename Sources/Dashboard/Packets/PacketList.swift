package import Addressing

/// Packets of an edge, as whoever keeps them hands them over.
package struct PacketList: Hashable, Sendable {
    package var packets: [Packet] = []
    /// Packets that came before those that are kept; nil where nobody counted.
    package var earlier: UInt64?
    /// Whether more come by themselves.
    package var isLive = false
    /// Whether a file is still looked through for more.
    package var isSearching = false

    package static var limit: Int { 2000 }

    package struct Packet: Hashable, Sendable {
        /// Of all frames of the capture, from 1; nil live.
        package var number: UInt64?
        package var time: Timestamp
        /// On the wire; `bytes` may be fewer.
        package var length: Int
        package var interface: String
        package var bytes: [UInt8]
        /// A line for each layer, outermost first, in words: `Ethernet 02:00… ► …`, `VXLAN vni 42`, `TCP 41822 ► 5432 [S] …`.
        package var layers: [String]

        package init(
            number: UInt64?,
            time: Timestamp,
            length: Int,
            interface: String,
            bytes: [UInt8],
            layers: [String]
        ) {
            self.number = number
            self.time = time
            self.length = length
            self.interface = interface
            self.bytes = bytes
            self.layers = layers
        }
    }

    package init() {}
}
