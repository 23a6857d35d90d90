/// The headers of a frame in words, a line each, from the outermost to the innermost.
package enum PacketText {
    /// The most headers that are told.
    package static var limit: Int { 40 }

    /// The lines of a frame. `linkType` is a LINKTYPE_ number, tcpdump.org/linktypes.html.
    package static func layers(of frame: [UInt8], linkType: UInt16) -> [String] {
        let octets = frame.span
        // Octets have no padding that nobody set.
        let bytes = unsafe octets.bytes
        var walk = PacketWalk(bytes)
        walk.run(linkType)
        return walk.lines
    }
}
