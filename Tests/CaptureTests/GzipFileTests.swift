import Capture
import Testing

@Suite("Capture packed with gzip")
struct GzipFileTests {
    /// A pcap header and one record of 40 bytes of 7, as gzip -9n packs it.
    private static let written: [UInt8] = [
        0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0xbb, 0x72,
        0x78, 0xd3, 0x42, 0x26, 0x06, 0x16, 0x06, 0x18, 0xf8, 0xff, 0x9f, 0x81,
        0x81, 0x91, 0x01, 0x82, 0x99, 0x80, 0x58, 0x03, 0x8a, 0xd9, 0x89, 0x04,
        0x00, 0xdd, 0xf9, 0xe5, 0x18, 0x50, 0x00, 0x00, 0x00,
    ]

    private static func capture(_ count: Int) -> [UInt8] {
        var file = CaptureBytes()
        file.pcapHeader()
        for index in 0..<count { file.pcapRecord(seconds: UInt32(index), ticks: 0, [UInt8](repeating: 7, count: 1000)) }
        return file.bytes
    }

    /// A gzip member with its bytes stored as they are. RFC 1952, section 2.3.
    private static func member(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var file = CaptureBytes()
        file.bytes = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]
        var rest = bytes
        repeat {
            let piece = rest.prefix(65535)
            rest = rest.dropFirst(piece.count)
            file.bytes.append(rest.isEmpty ? 1 : 0)
            file.add(UInt16(piece.count))
            file.add(~UInt16(piece.count))
            file.bytes += piece
        } while !rest.isEmpty
        var checksum: UInt32 = .max
        for byte in bytes {
            checksum ^= UInt32(byte)
            for _ in 0..<8 { checksum = checksum >> 1 ^ (checksum & 1 == 1 ? 0xedb8_8320 : 0) }
        }
        file.add(~checksum)
        file.add(UInt32(bytes.count))
        return file.bytes
    }

    @Test func readsAFileByteForByte() throws {
        let reading = try Reading(Self.written)
        #expect(
            reading.packets == [.init(time: 1_000_002_000, bytes: [UInt8](repeating: 7, count: 40), wireLength: 40)]
        )
        #expect(reading.ending == .complete)
    }

    @Test(arguments: [1, 3, 1000, 256 << 10])
    func readsOneMemberAfterAnother(chunkLength: Int) throws {
        let plain = Self.capture(300)
        let packed =
            Self.member(plain[..<50]) + Self.member([]) + Self.member(plain[50..<70_000])
            + Self.member(plain[70_000...])
        #expect(try Reading(packed, chunkLength: chunkLength) == Reading(plain))
    }

    @Test func passesOverPaddingAfterTheLastMember() throws {
        let packed = Self.member(Self.capture(3)[...]) + [UInt8](repeating: 0, count: 512)
        let reading = try Reading(packed)
        #expect(reading.packets.count == 3)
        #expect(reading.ending == .complete)
    }

    @Test(arguments: 0..<written.count)
    func neverTrapsWhereverItIsCut(length: Int) {
        let reading = try? Reading(Array(Self.written.prefix(length)))
        #expect(reading?.ending != .complete)
    }

    @Test func deliversWhatCameBeforeTheCut() throws {
        let packed = Self.member(Self.capture(300)[...])
        let reading = try Reading(Array(packed.prefix(100_000)))
        #expect(reading.packets.count == 98)
        #expect(reading.ending == .truncated(CaptureBreak(reason: "the gzip data end early", offset: 24 + 98 * 1016)))
    }

    @Test func saysThatTheChecksumIsWrong() throws {
        var packed = Self.member(Self.capture(3)[...])
        packed[packed.count - 8] ^= 1
        let reading = try Reading(packed)
        #expect(reading.packets.count == 3)
        #expect(reading.ending == .malformed(CaptureBreak(reason: "the gzip data are damaged", offset: 24 + 3 * 1016)))
    }

    @Test func refusesWhatOnlyBeginsLikeGzip() {
        let error = CaptureError(path: "memory", reason: .damagedCompression)
        #expect(throws: error) { try Reading([0x1f, 0x8b, 8, 0] + [UInt8](repeating: 0, count: 60)) }
        #expect(throws: error) { try Reading([0x1f, 0x8b]) }
    }

    @Test func refusesAnEmptyFileInGzip() {
        #expect(throws: CaptureError(path: "memory", reason: .empty)) { try Reading(Self.member([])) }
    }

    @Test func tellsHowFarItCameInPackedBytes() throws {
        let packed = Self.member(Self.capture(3)[...])
        var reader = try CaptureFileReader(bytes: packed)
        while try reader.advance() {}
        let position = reader.position
        #expect(position == CapturePosition(bytesRead: UInt64(packed.count), fileSize: UInt64(packed.count)))
    }
}
