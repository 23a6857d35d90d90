import Addressing
import Capture
import Testing

@Suite("pcapng file")
struct PcapngFileTests {
    /// A section, an Ethernet interface and one packet with a comment, little-endian.
    private static let written: [UInt8] = [
        0x0a, 0x0d, 0x0d, 0x0a, 0x1c, 0x00, 0x00, 0x00,  // section header block of 28 bytes
        0x4d, 0x3c, 0x2b, 0x1a, 0x01, 0x00, 0x00, 0x00,  // byte-order magic, version 1.0
        0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,  // length not given
        0x1c, 0x00, 0x00, 0x00,

        0x01, 0x00, 0x00, 0x00, 0x28, 0x00, 0x00, 0x00,  // interface description block of 40 bytes
        0x01, 0x00, 0x00, 0x00, 0x60, 0x00, 0x00, 0x00,  // Ethernet, snapshot length 96
        0x02, 0x00, 0x04, 0x00, 0x65, 0x74, 0x68, 0x30,  // if_name eth0
        0x09, 0x00, 0x01, 0x00, 0x09, 0x00, 0x00, 0x00,  // if_tsresol 10^-9 s
        0x00, 0x00, 0x00, 0x00, 0x28, 0x00, 0x00, 0x00,  // no more options

        0x06, 0x00, 0x00, 0x00, 0x2c, 0x00, 0x00, 0x00,  // enhanced packet block of 44 bytes
        0x00, 0x00, 0x00, 0x00,  // interface 0
        0x01, 0x00, 0x00, 0x00, 0x05, 0x00, 0x00, 0x00,  // 2^32 + 5 ticks
        0x03, 0x00, 0x00, 0x00, 0xdc, 0x05, 0x00, 0x00,  // 3 bytes of 1500
        0xaa, 0xbb, 0xcc, 0x00,  // padded
        0x01, 0x00, 0x02, 0x00, 0x68, 0x69, 0x00, 0x00,  // comment "hi", no end mark
        0x2c, 0x00, 0x00, 0x00,
    ]

    private static func file(bigEndian: Bool = false, _ body: (inout CaptureBytes) -> Void) -> [UInt8] {
        var file = CaptureBytes(bigEndian: bigEndian)
        file.sectionHeader()
        body(&file)
        return file.bytes
    }

    /// Every block type, in a file whose good packets hold [1], [2] and so on.
    private static func everything(bigEndian: Bool = false) -> [UInt8] {
        file(bigEndian: bigEndian) { file in
            file.interface { $0.option(1, text: "a comment") }
            file.enhancedPacket(ticks: 1_000_000, [1]) { $0.option(1, text: "another") }
            file.block(3) {  // simple packet
                $0.add(UInt32(1))
                $0.bytes += [2]
            }
            file.block(2) {  // packet block
                $0.add(UInt16(0))  // interface
                $0.add(UInt16(7))  // drops
                $0.add(UInt32(0))
                $0.add(UInt32(2_000_000))
                $0.add(UInt32(1))
                $0.add(UInt32(9))
                $0.bytes += [3]
                $0.pad()
                $0.option(1, text: "a third")
            }
            file.block(10) { $0.bytes += [UInt8](repeating: 1, count: 400) }  // decryption secrets
            file.block(0xbad) { $0.add(UInt32(32473)) }
            file.block(0x4000_0bad) { $0.add(UInt32(32473)) }
            file.block(0x7fff_ffff) { $0.bytes += [UInt8](repeating: 2, count: 999) }
            file.enhancedPacket(ticks: 3_000_000, [4]) { $0.option(4) { $0.add(UInt64(5)) } }
        }
    }

    @Test func readsAFileByteForByte() throws {
        let reading = try Reading(Self.written)
        #expect(reading.packets == [.init(time: 4_294_967_301, bytes: [0xaa, 0xbb, 0xcc], wireLength: 1500)])
        #expect(
            reading.interfaces == [CaptureInterface(name: "eth0", linkType: 1, snapLength: 96, timestampDigits: 9)]
        )
        #expect(reading.counts.comments == 1)
        #expect(reading.ending == .complete)
    }

    @Test(arguments: [false, true])
    func readsEveryKindOfBlock(bigEndian: Bool) throws {
        let reading = try Reading(Self.everything(bigEndian: bigEndian))
        #expect(
            reading.packets == [
                .init(time: 1_000_000_000, bytes: [1], wireLength: 1),
                .init(time: 1_000_000_000, bytes: [2], wireLength: 1),
                .init(time: 2_000_000_000, bytes: [3], wireLength: 9),
                .init(time: 3_000_000_000, bytes: [4], wireLength: 1),
            ]
        )
        var counts = CaptureCounts()
        counts.frames = 4
        counts.comments = 3
        counts.lostBetweenPackets = 12
        counts.secretsBlocks = 1
        counts.customBlocks = 2
        counts.otherBlocks = 1
        #expect(reading.counts == counts)
        #expect(reading.ending == .complete)
    }

    @Test(arguments: [1, 2, 3, 7, 12, 13, 61, 1000])
    func readsTheSameWhereverChunksEnd(chunkLength: Int) throws {
        let file = Self.everything()
        #expect(try Reading(file, chunkLength: chunkLength) == Reading(file))
    }

    @Test(arguments: 0..<written.count)
    func deliversWhatIsWholeOfACutFile(length: Int) throws {
        let cut = Array(Self.written.prefix(length))
        guard length >= 28 else {
            #expect(throws: CaptureError.self) { try Reading(cut) }
            return
        }
        let reading = try Reading(cut)
        let start: UInt64 = length < 68 ? 28 : 68
        #expect(reading.packets.isEmpty)
        #expect(reading.interfaces.count == (length < 68 ? 0 : 1))
        #expect(
            reading.ending
                == (UInt64(length) == start
                    ? .complete : .truncated(CaptureBreak(reason: "the last record is cut short", offset: start)))
        )
    }

    @Test(arguments: 28..<everything().count)
    func deliversOneFrameMoreWithEachWholePacket(length: Int) throws {
        let whole = try Reading(Self.everything())
        let reading = try Reading(Array(Self.everything().prefix(length)))
        #expect(reading.packets == Array(whole.packets.prefix(reading.packets.count)))
        #expect(reading.packets.count < 4)
    }

    @Test func readsSectionsOfEitherByteOrderOneAfterAnother() throws {
        let reading = try Reading(Self.everything() + Self.everything(bigEndian: true))
        #expect(reading.packets.map(\.bytes) == [[1], [2], [3], [4], [1], [2], [3], [4]])
        #expect(reading.packets.map(\.interface) == [0, 0, 0, 0, 1, 1, 1, 1])
        #expect(reading.interfaces.count == 2)
    }

    @Test func doesNotTrustASectionsLength() throws {
        var file = CaptureBytes()
        file.sectionHeader(length: 8)
        file.interface()
        file.enhancedPacket(ticks: 0, [1])
        #expect(try Reading(file.bytes).packets.count == 1)
    }

    @Test func cutsASimplePacketToTheSnapshotLength() throws {
        let file = Self.file { file in
            file.interface(snapLength: 2)
            file.block(3) {
                $0.add(UInt32(1500))
                $0.bytes += [1, 2, 0, 0]
            }
        }
        #expect(try Reading(file).packets == [.init(time: 0, bytes: [1, 2], wireLength: 1500)])
    }

    @Test func givesEachInterfaceItsOwnClock() throws {
        let file = Self.file { file in
            file.interface(linkType: 0)
            file.interface(linkType: 113) {
                $0.option(9) { $0.bytes += [0x80 | 1] }
                $0.option(14) { $0.add(Int64(100)) }
                $0.option(13) { $0.bytes += [32] }
            }
            file.enhancedPacket(interface: 1, ticks: 3, [])
            file.enhancedPacket(interface: 0, ticks: 3, [])
        }
        let reading = try Reading(file)
        #expect(
            reading.packets == [
                .init(time: 101_500_000_000, bytes: [], wireLength: 0, interface: 1, linkType: 113),
                .init(time: 3000, bytes: [], wireLength: 0, interface: 0, linkType: 0),
            ]
        )
        #expect(reading.interfaces.map(\.timestampDigits) == [6, 1])
        #expect(reading.interfaces.map(\.frameCheckLength) == [nil, 4])
    }

    @Test func countsPacketsOfInterfacesNobodyDescribed() throws {
        let file = Self.file { file in
            file.enhancedPacket(ticks: 0, [9])
            file.block(3) { $0.add(UInt32(0)) }
            file.interface()
            file.enhancedPacket(interface: 1, ticks: 0, [9])
            file.enhancedPacket(interface: .max, ticks: 0, [9])
            file.enhancedPacket(ticks: 0, [1])
        }
        let reading = try Reading(file)
        #expect(reading.packets.map(\.bytes) == [[1]])
        #expect(reading.counts.unknownInterface == 4)
    }

    @Test func goesOnAfterABlockThatIsDamagedInside() throws {
        let file = Self.file { file in
            file.interface()
            file.enhancedPacket(ticks: 0, [9], captured: 5)
            file.enhancedPacket(ticks: 0, [9], captured: .max)
            file.enhancedPacket(ticks: 0, [9], trailer: 16)
            for type: UInt32 in [2, 3, 5, 6] { file.block(type) }
            file.block(2) { $0.bytes += [UInt8](repeating: 255, count: 20) }
            file.enhancedPacket(ticks: 0, [1])
        }
        let reading = try Reading(file)
        #expect(reading.packets.map(\.bytes) == [[1]])
        #expect(reading.counts.damagedBlocks == 8)
        #expect(reading.ending == .complete)
    }

    @Test(arguments: [UInt32(0), 1, 4, 8, 11, 13, 0x7fff_fffc, 0xffff_fffc, .max])
    func stopsAtALengthNoBlockHas(length: UInt32) throws {
        let file = Self.file { file in
            file.interface()
            file.enhancedPacket(ticks: 0, [1])
            file.block(6, length: length) { $0.bytes += [UInt8](repeating: 0, count: 40) }
            file.enhancedPacket(ticks: 0, [9])
        }
        let reading = try Reading(file)
        #expect(reading.packets.map(\.bytes) == [[1]])
        #expect(
            reading.ending == .malformed(CaptureBreak(reason: "a block claims \(length) bytes", offset: 28 + 20 + 36))
        )
    }

    @Test func passesOverAnUnknownBlockLongerThanAnyFrame() throws {
        let file = Self.file { file in
            file.interface()
            file.block(0xbad) { $0.bytes += [UInt8](repeating: 1, count: 20 << 20) }
            file.enhancedPacket(ticks: 0, [1])
        }
        #expect(try Reading(file).packets.map(\.bytes) == [[1]])
        let cut = try Reading(Array(file.prefix(1 << 20)))
        #expect(cut.ending == .truncated(CaptureBreak(reason: "the last record is cut short", offset: 48)))
    }

    /// Section headers that are whole blocks and still cannot begin a section, and what is said of them.
    private static let brokenSections: [(build: @Sendable (inout CaptureBytes) -> Void, reason: String)] = [
        ({ $0.sectionHeader(major: 2) }, "a section of pcapng version 2"),
        ({ $0.block(0x0a0d_0d0a) { $0.add(UInt64(0)) } }, "a section header without the byte-order magic"),
        ({ $0.block(0x0a0d_0d0a) { $0.add(UInt32(0x1a2b_3c4d)) } }, "a section header of 4 bytes"),
        (
            { $0.block(0x0a0d_0d0a, trailer: 12) { $0.bytes += [0x4d, 0x3c, 0x2b, 0x1a] } },
            "a section header whose lengths differ"
        ),
    ]

    @Test(arguments: brokenSections.indices)
    func stopsAtASectionThatCannotBeRead(index: Int) throws {
        let (section, reason) = Self.brokenSections[index]
        let file = Self.file { file in
            file.interface()
            file.enhancedPacket(ticks: 0, [1])
            section(&file)
            file.enhancedPacket(ticks: 0, [9])
        }
        let reading = try Reading(file)
        #expect(reading.packets.map(\.bytes) == [[1]])
        #expect(reading.ending == .malformed(CaptureBreak(reason: reason, offset: 84)))
    }

    @Test func endsOptionsThatClaimMoreThanThereIs() throws {
        let file = Self.file { file in
            file.interface()
            file.enhancedPacket(ticks: 0, [1]) {
                $0.option(1, text: "counted")
                $0.bytes += [1, 0, 0xff, 0xff, 0, 0, 0, 0]
            }
            file.enhancedPacket(ticks: 0, [2])
        }
        let reading = try Reading(file)
        #expect(reading.packets.map(\.bytes) == [[1], [2]])
        #expect(reading.counts.comments == 1)
    }

    @Test func boundsTheInterfacesOfAFile() throws {
        let file = Self.file { file in
            for _ in 0..<131_073 { file.interface() }
            file.enhancedPacket(interface: 131_071, ticks: 0, [1])
            file.enhancedPacket(interface: 131_072, ticks: 0, [9])
        }
        let reading = try Reading(file)
        #expect(reading.packets == [.init(time: 0, bytes: [1], wireLength: 1, interface: 131_071)])
        #expect(reading.counts.interfacesRefused == 1)
        #expect(reading.counts.unknownInterface == 1)
    }

    @Test func numbersPacketsAfterAnInterfaceThatIsTooShort() throws {
        let file = Self.file { file in
            file.block(1) { $0.add(UInt16(1)) }
            file.interface(linkType: 113)
            file.enhancedPacket(interface: 1, ticks: 0, [1])
        }
        let reading = try Reading(file)
        #expect(reading.packets.map(\.linkType) == [113])
        #expect(reading.counts.damagedBlocks == 1)
    }
}
