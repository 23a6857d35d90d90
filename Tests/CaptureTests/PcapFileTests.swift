import Capture
import Testing

@Suite("pcap file")
struct PcapFileTests {
    /// Two frames in big-endian microseconds, as a file of 2001 from a SPARC would have them.
    private static let written: [UInt8] = [
        0xa1, 0xb2, 0xc3, 0xd4,  // magic number
        0x00, 0x02, 0x00, 0x04,  // version 2.4
        0x00, 0x00, 0x00, 0x00,  // time zone, never used
        0x00, 0x00, 0x00, 0x00,  // accuracy, never used
        0x00, 0x00, 0x00, 0x60,  // snapshot length 96
        0x00, 0x00, 0x00, 0x65,  // LINKTYPE_RAW

        0x00, 0x00, 0x00, 0x05,  // 5 s
        0x00, 0x00, 0x00, 0x07,  // 7 µs
        0x00, 0x00, 0x00, 0x02,  // 2 bytes captured
        0x00, 0x00, 0x05, 0xdc,  // of 1500
        0x45, 0x00,

        0x00, 0x00, 0x00, 0x06,  // 6 s
        0x00, 0x00, 0x00, 0x00,
        0x00, 0x00, 0x00, 0x00,  // nothing captured
        0x00, 0x00, 0x00, 0x28,  // of 40
    ]

    private static let frames: [[UInt8]] = [Array(1...60), [], Array(repeating: 7, count: 1514)]

    private static func file(bigEndian: Bool = false, magic: UInt32 = 0xa1b2_c3d4) -> [UInt8] {
        var file = CaptureBytes(bigEndian: bigEndian)
        file.pcapHeader(magic: magic)
        for (index, frame) in frames.enumerated() {
            file.pcapRecord(seconds: 1_700_000_000, ticks: UInt32(index), frame, wire: 2000)
        }
        return file.bytes
    }

    @Test func readsAFileByteForByte() throws {
        let reading = try Reading(Self.written)
        #expect(
            reading.packets == [
                .init(time: 5_000_007_000, bytes: [0x45, 0x00], wireLength: 1500, linkType: 101),
                .init(time: 6_000_000_000, bytes: [], wireLength: 40, linkType: 101),
            ]
        )
        #expect(reading.interfaces == [CaptureInterface(linkType: 101, snapLength: 96, timestampDigits: 6)])
        #expect(reading.ending == .complete)
        #expect(reading.counts.frames == 2)
    }

    @Test(arguments: [false, true], [UInt32(0xa1b2_c3d4), 0xa1b2_3c4d])
    func readsEitherByteOrderAndResolution(bigEndian: Bool, magic: UInt32) throws {
        let reading = try Reading(Self.file(bigEndian: bigEndian, magic: magic))
        let isNanosecond = magic == 0xa1b2_3c4d
        #expect(reading.packets.map(\.bytes) == Self.frames)
        #expect(reading.packets.map(\.wireLength) == [2000, 2000, 2000])
        let tick: Int64 = isNanosecond ? 1 : 1000
        #expect(reading.packets.map(\.time) == (0..<3).map { 1_700_000_000_000_000_000 + $0 * tick })
        #expect(reading.interfaces.map(\.timestampDigits) == [isNanosecond ? 9 : 6])
    }

    @Test(arguments: [false, true])
    func readsTheLongerRecordsOfKuznetsovsPatch(bigEndian: Bool) throws {
        var file = CaptureBytes(bigEndian: bigEndian)
        file.pcapHeader(magic: 0xa1b2_cd34)
        for frame in Self.frames {
            file.add(UInt32(1))  // s
            file.add(UInt32(2))  // µs
            file.add(UInt32(frame.count))
            file.add(UInt32(3000))
            file.add(UInt32(4))  // the interface's index
            file.add(UInt16(0x0800))  // the protocol
            file.add(UInt16(0))  // the direction, and padding
            file.bytes += frame
        }
        let reading = try Reading(file.bytes)
        #expect(reading.packets == Self.frames.map { .init(time: 1_000_002_000, bytes: $0, wireLength: 3000) })
    }

    @Test(arguments: [(UInt32(0x1c00_01ac), Int64(1_000_000_002)), (0x1c00_01ab, 1_000_002_000)])
    func readsIxiasLongerFileHeader(magic: UInt32, time: Int64) throws {
        var file = CaptureBytes()
        file.pcapHeader(magic: magic)
        file.add(UInt32(17))  // bytes of all records
        file.pcapRecord(seconds: 1, ticks: 2, [9])
        #expect(try Reading(file.bytes).packets == [.init(time: time, bytes: [9], wireLength: 1)])
    }

    @Test func takesTheCheckSequenceOutOfTheLinkType() throws {
        var file = CaptureBytes()
        file.pcapHeader(linkType: 0x2400_0001)
        let interface = try #require(try Reading(file.bytes).interfaces.first)
        #expect(interface.linkType == 1)
        #expect(interface.frameCheckLength == 4)
    }

    @Test(
        arguments: [(2, 0, true), (2, 2, true), (2, 3, true), (2, 4, false), (543, 0, true)] as [(UInt16, UInt16, Bool)]
    )
    func readsLengthsThatOldVersionsSwapped(major: UInt16, minor: UInt16, isSwapped: Bool) throws {
        var file = CaptureBytes()
        file.pcapHeader(version: (major, minor))
        file.pcapRecord(seconds: 0, ticks: 0, [1, 2], captured: isSwapped ? 60 : 2, wire: isSwapped ? 2 : 60)
        #expect(try Reading(file.bytes).packets == [.init(time: 0, bytes: [1, 2], wireLength: 60)])
    }

    @Test func readsLengthsOfVersion23InEitherOrder() throws {
        var file = CaptureBytes()
        file.pcapHeader(version: (2, 3))
        file.pcapRecord(seconds: 0, ticks: 0, [1, 2], captured: 2, wire: 60)
        #expect(try Reading(file.bytes).packets == [.init(time: 0, bytes: [1, 2], wireLength: 60)])
    }

    @Test func carriesTicksPastASecond() throws {
        var file = CaptureBytes()
        file.pcapHeader()
        file.pcapRecord(seconds: 1, ticks: 1_000_000, [])
        file.pcapRecord(seconds: .max, ticks: .max, [])
        #expect(try Reading(file.bytes).packets.map(\.time) == [2_000_000_000, 4_294_971_589_967_295_000])
    }

    @Test func neverSaysThatLessWasOnTheWireThanCaptured() throws {
        var file = CaptureBytes()
        file.pcapHeader()
        file.pcapRecord(seconds: 0, ticks: 0, [1, 2, 3], wire: 1)
        #expect(try Reading(file.bytes).packets.map(\.wireLength) == [3])
    }

    @Test func readsFramesFarLongerThanAChunk() throws {
        let big = [UInt8](repeating: 5, count: 700_000)
        var file = CaptureBytes()
        file.pcapHeader()
        for frame in [[1], big, [2], big, big, [3]] { file.pcapRecord(seconds: 0, ticks: 0, frame) }
        let reading = try Reading(file.bytes)
        #expect(reading.packets.map(\.bytes.count) == [1, 700_000, 1, 700_000, 700_000, 1])
        #expect(reading.packets[4].bytes == big)
        #expect(reading.packets[5].bytes == [3])
    }

    @Test(arguments: [UInt32(16 << 20) + 1, 0x7fff_ffff, .max])
    func stopsAtALengthNoFrameHas(captured: UInt32) throws {
        var file = CaptureBytes()
        file.pcapHeader()
        file.pcapRecord(seconds: 0, ticks: 0, [1])
        file.pcapRecord(seconds: 0, ticks: 0, [2], captured: captured)
        let reading = try Reading(file.bytes)
        #expect(reading.packets.map(\.bytes) == [[1]])
        #expect(
            reading.ending == .malformed(CaptureBreak(reason: "a record claims \(captured) bytes", offset: 24 + 17))
        )
    }

    @Test(arguments: 0..<written.count)
    func deliversWhatIsWholeOfACutFile(length: Int) throws {
        let cut = Array(Self.written.prefix(length))
        guard length >= 24 else {
            #expect(throws: CaptureError.self) { try Reading(cut) }
            return
        }
        let reading = try Reading(cut)
        #expect(reading.packets.count == (length >= 42 ? 1 : 0))
        let start: UInt64 = length >= 42 ? 42 : 24
        #expect(
            reading.ending
                == (UInt64(length) == start
                    ? .complete : .truncated(CaptureBreak(reason: "the last record is cut short", offset: start)))
        )
    }

    @Test(arguments: [1, 2, 3, 7, 16, 17, 61, 1000])
    func readsTheSameWhereverChunksEnd(chunkLength: Int) throws {
        let file = Self.file()
        #expect(try Reading(file, chunkLength: chunkLength) == Reading(file))
    }

    @Test func deliversMoreFramesThanABatchHolds() throws {
        var file = CaptureBytes()
        file.pcapHeader()
        for index in 0..<1000 { file.pcapRecord(seconds: UInt32(index), ticks: 0, [UInt8(index & 255)]) }
        let reading = try Reading(file.bytes)
        #expect(reading.packets.map(\.time) == (0..<1000).map { $0 * 1_000_000_000 })
        #expect(reading.counts.frames == 1000)
    }
}
