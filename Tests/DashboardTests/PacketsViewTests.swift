import Addressing
import Terminal
import Testing

@testable import Dashboard

@Suite("Packets of an edge")
struct PacketsViewTests {
    private func list(_ count: Int, hostile: String = "") -> PacketList {
        var list = PacketList()
        list.packets = (0..<count).map { number in
            let bytes = (0..<72).map { UInt8(truncatingIfNeeded: $0 * 3 + number) }
            return PacketList.Packet(
                number: UInt64(number + 10),
                time: Timestamp(nanoseconds: Example.end.nanoseconds + Int64(number) * 1_234_567),
                length: 72 + number,
                interface: "veth3f2\(hostile)",
                linkType: 1,
                bytes: bytes,
                layers: [
                    "Ethernet 02:00:00:00:00:01 ► 02:00:00:00:00:02", "IPv4 10.42.0.31 ► 10.42.1.17  ttl 64, 58 bytes",
                    "TCP \(40_000 + number) ► 5432 [P.] seq 1 ack 1 win 502", "data 18 bytes\(hostile)",
                ]
            )
        }
        return list
    }

    private func view(_ list: PacketList, keys: [Key] = []) -> PacketsView {
        var view = PacketsView("packets of ads ► pg-orders:5432")
        view.take(list)
        for key in keys { _ = view.handle(key, []) }
        return view
    }

    private func expect(
        _ name: String,
        _ view: PacketsView,
        _ width: Int = 80,
        _ height: Int = 24,
        glyphs: GlyphSet = .unicode,
        isStyled: Bool = false
    ) throws {
        var view = view
        try Screen.expect("packets-\(name)", width, height, glyphs: glyphs, isStyled: isStyled) { grid, area in
            view.draw(on: &grid, in: area)
        }
    }

    @Test func drawsTheListAndAPacket() throws {
        var searching = PacketList()
        searching.isSearching = true
        try expect("searching", view(searching), 80, 6)
        try expect("one", view(list(1)))
        try expect("80", view(list(50)))
        try expect("2000", view(list(2000), keys: [.end]), 120, 40)
        try expect("narrow", view(list(5)), 40, 10)
        try expect("opened", view(list(5), keys: [.down, .enter]))
        try expect("opened-narrow", view(list(5), keys: [.enter]), 40, 30)
        try expect("opened-ascii", view(list(5), keys: [.enter]), glyphs: .ascii)
        try expect("hostile", view(list(3, hostile: Example.hostile), keys: [.enter]))
        try expect("colours", view(list(5)), 80, 10, isStyled: true)
    }

    @Test func asksForAFileNameAndThenForTheFile() {
        var view = view(list(3))
        #expect(view.handle(.character("w"), []) == .taken)
        #expect(view.isTyping)
        for character in "qx.pcapn" { #expect(view.handle(.character(character), []) == .taken) }
        view.paste("g\n")
        #expect(view.handle(.enter, []) == .request(.savePackets(path: "qx.pcapng")))
        #expect(!view.isTyping)
        _ = view.handle(.character("S"), [])
        #expect(view.handle(.escape, []) == .taken)
        #expect(!view.isTyping)
        _ = view.handle(.character("w"), [])
        #expect(view.handle(.enter, []) == .taken)
    }

    @Test func thereIsNothingToSaveOfNothing() {
        var view = view(PacketList())
        _ = view.handle(.character("w"), [])
        #expect(!view.isTyping)
        #expect(view.handle(.enter, []) == .taken)
        #expect(view.opened == nil)
    }

    @Test func opensAPacketAndGoesToTheNext() {
        var view = view(list(3), keys: [.enter])
        #expect(view.opened?.number == 10)
        _ = view.handle(.character("n"), [])
        #expect(view.opened?.number == 11)
        _ = view.handle(.character("N"), [])
        #expect(view.opened?.number == 10)
        #expect(view.handle(.escape, []) == .taken)
        #expect(view.opened == nil)
        #expect(view.handle(.escape, []) == .ignored)
    }

    @Test func aLivePacketStaysChosenWhenOlderOnesGo() {
        var first = list(10)
        first.isLive = true
        first.earlier = 0
        var view = view(first)
        #expect(view.table.place == 9)
        _ = view.handle(.up, [])
        _ = view.handle(.enter, [])
        let opened = view.opened
        _ = view.handle(.escape, [])
        var later = first
        later.packets.removeFirst(5)
        later.earlier = 5
        view.take(later)
        _ = view.handle(.enter, [])
        #expect(view.opened == opened)
    }

    @Test func aHexdumpHasEveryByteOnce() {
        let bytes = (0..<100).map { UInt8($0) }
        let lines = Hexdump.lines(of: bytes)
        #expect(lines.count == 7)
        #expect(lines[4].hasPrefix("0040  40 41 42 43 44 45 46 47  48 49"))
        #expect(lines[4].hasSuffix("@ABCDEFGHIJKLMNO"))
        #expect(lines[6] == "0060  60 61 62 63                                       `abc")
        let large = Hexdump.lines(of: Array(repeating: 0, count: Hexdump.limit + 5))
        #expect(large.last == "… 5 bytes more")
        #expect(Hexdump.lines(of: []).isEmpty)
    }
}
