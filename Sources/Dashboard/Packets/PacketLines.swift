import Addressing
import Terminal

/// A packet in words.
enum PacketLines {
    /// `19:02:11.218400`
    static func clock(_ time: Timestamp, zone: Int) -> String {
        let fraction = time.nanoseconds &- time.seconds &* 1_000_000_000
        let digits = String(fraction / 1000)
        return TimeText.clock(time, zone: zone) + "." + String(repeating: "0", count: max(6 - digits.count, 0)) + digits
    }

    /// What the innermost network header carries, and that header.
    static func summary(of packet: PacketList.Packet, _ glyphs: GlyphSet) -> String {
        // What an error message quotes is not what the packet is.
        let layers = packet.layers.prefix { $0 != PacketWalk.quotation }
        guard let start = layers.lastIndex(where: { $0.hasPrefix("IPv4 ") || $0.hasPrefix("IPv6 ") }) else {
            return PlainText.of(layers.last ?? "not decoded", glyphs)
        }
        // What tells packets of an edge from each other comes first. Of the addresses' header who speaks to whom is enough; what
        // comes after two blanks is for the packet itself.
        let addresses = layers[start].split(separator: "  ").first.map(String.init) ?? layers[start]
        return PlainText.of((layers[(start + 1)...] + [addresses]).joined(separator: "  "), glyphs)
    }

    /// All that is known of it: when, where, each header, each byte.
    static func lines(of packet: PacketList.Packet, zone: Int, width: Int, _ glyphs: GlyphSet) -> [TextLine] {
        let number = packet.number.map { "packet \($0)   " } ?? ""
        let cut = packet.bytes.count < packet.length ? ", \(packet.bytes.count) of them captured" : ""
        var lines = [
            TextLine(
                " \(number)\(clock(packet.time, zone: zone))   \(packet.length) bytes\(cut)   \(packet.interface)",
                .heading
            ), TextLine(""),
        ]
        for (depth, layer) in packet.layers.enumerated() {
            let indent = String(repeating: " ", count: 1 + min(depth, 12) * (width >= 60 ? 2 : 1))
            for text in Wrapping.lines(of: PlainText.of(layer, glyphs), width: max(width - indent.count, 16)) {
                lines.append(TextLine(indent + text))
            }
        }
        if packet.layers.isEmpty { lines.append(TextLine(" not decoded", .quiet)) }
        lines.append(TextLine(""))
        // Sixteen bytes a line take 73 columns, eight 40, four 24.
        let perLine = width >= 74 ? 16 : width >= 40 ? 8 : 4
        lines += Hexdump.lines(of: packet.bytes, perLine: perLine).map { TextLine(" " + $0) }
        return lines
    }
}
