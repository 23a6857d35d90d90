import Foundation
import Testing

@testable import Dashboard

/// Every frame of a capture of the shop, in words. The file is read here as far as that takes: a header of 24 bytes, then frames
/// behind 16 bytes each, all little-endian.
@Suite("Packets of a capture in words")
struct CapturedPacketTests {
    private let frames: [[UInt8]]

    init() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let bytes = [UInt8](try Data(contentsOf: folder.appending(path: "Captures/shop/shop-node-a.pcap")))
        var frames: [[UInt8]] = []
        var offset = 24
        while offset + 16 <= bytes.count {
            let length = (0..<4).reduce(0) { $0 | Int(bytes[offset + 8 + $1]) << (8 * $1) }
            guard offset + 16 + length <= bytes.count else { break }
            frames.append(Array(bytes[(offset + 16)..<(offset + 16 + length)]))
            offset += 16 + length
        }
        self.frames = frames
    }

    @Test func saysWhatEachFrameIs() throws {
        let told = frames.map { PacketText.layers(of: $0, linkType: 1) }
        #expect(told.count == 438)
        #expect(!told.contains { $0.contains { $0.hasSuffix("contradicts itself") || $0.hasPrefix("EtherType") } })
        // Nearly all that this node sends to the other goes through VXLAN to a second Ethernet header.
        let tunnelled = told.filter { $0.contains("VXLAN vni 1") }
        #expect(tunnelled.count > told.count / 2)
        #expect(tunnelled.allSatisfy { $0.count { $0.hasPrefix("Ethernet ") } == 2 })
        let kinds = Set(told.flatMap { $0.map { $0.split(separator: " ").first.map(String.init) ?? "" } })
        #expect(
            kinds.isSuperset(of: [
                "Ethernet", "IPv4", "IPv6", "TCP", "UDP", "ICMP", "ICMPv6", "VXLAN", "DNS", "TLS", "HTTP",
            ])
        )
        // One of each innermost header, to be looked at.
        var seen: Set<String> = []
        let examples = told.filter { layers in
            let kind = layers.last { !$0.hasPrefix("data ") }?.prefix(8) ?? ""
            return seen.insert(String(kind)).inserted
        }
        let text = examples.map {
            $0.enumerated().map { String(repeating: "  ", count: $0) + $1 }.joined(separator: "\n")
        }
        try Screen.expect("frames-of-the-shop", 120, 200) { grid, area in
            for (row, line) in text.joined(separator: "\n").split(separator: "\n").enumerated() {
                area.put(String(line), on: &grid, row: row)
            }
        }
    }
}
