package import Addressing

/// Packets of an edge, as whoever keeps them hands them over.
package struct PacketList: Hashable, Sendable {
    /// The `PacketChoice` whose packets they are.
    package var choice = 0
    package var packets: [Packet] = []
    /// Packets that came before those that are kept; nil where nobody counted.
    package var earlier: UInt64?
    /// Packets that were not kept: of a file those behind the last that is kept, live those that came too fast.
    package var unkept: UInt64 = 0
    /// Whether more come by themselves.
    package var isLive = false
    /// Whether a file is still looked through for more.
    package var isSearching = false
    /// Why there are no more, in one line for people; nil when all is well.
    package var fault: String?

    /// The most packets that are kept, and the most bytes of them.
    package static var limit: Int { 2000 }
    package static var byteLimit: Int { 32 << 20 }

    package struct Packet: Hashable, Sendable {
        /// Of all frames of the capture, from 1; nil live.
        package var number: UInt64?
        package var time: Timestamp
        /// On the wire; `bytes` may be fewer.
        package var length: Int
        /// As the capture calls it; empty where it does not say.
        package var interface: String
        /// A LINKTYPE_ number, tcpdump.org/linktypes.html: what `bytes` begin with.
        package var linkType: UInt16
        package var bytes: [UInt8]
        /// A line for each layer, outermost first, in words: `Ethernet 02:00… ► …`, `VXLAN vni 42`, `TCP 41822 ► 5432 [S] …`.
        package var layers: [String]

        package init(
            number: UInt64?,
            time: Timestamp,
            length: Int,
            interface: String,
            linkType: UInt16,
            bytes: [UInt8],
            layers: [String]
        ) {
            self.number = number
            self.time = time
            self.length = length
            self.interface = interface
            self.linkType = linkType
            self.bytes = bytes
            self.layers = layers
        }
    }

    package init() {}
}
