import Addressing
import Testing

@testable import Capture

@Suite("Notes of recordings")
struct RecordedNoteTests {
    /// What a reader met, in order.
    private enum Met: Equatable {
        case note(UInt16, [UInt8])
        case frame(UInt8)
    }

    private static func read(_ file: [UInt8], chunkLength: Int = 256 << 10) throws -> [Met] {
        var reader = try CaptureFileReader(bytes: file, chunkLength: chunkLength)
        var met: [Met] = []
        while try reader.advance() {
            met += reader.notes.map { .note($0.kind, $0.bytes) }
            let batch = reader.batch
            for index in batch.frames.indices {
                let frame = batch.frames[index]
                met.append(.frame(unsafe batch.bytes(of: frame).unsafeLoad(as: UInt8.self)))
            }
        }
        return met + reader.notes.map { .note($0.kind, $0.bytes) }
    }

    private static func note(_ kind: UInt16, _ bytes: [UInt8] = []) -> RecordedNote {
        RecordedNote(kind: kind, bytes: bytes)
    }

    private static func frame(_ number: UInt8, settled: Bool = false, _ writer: inout PcapngWriter) {
        var remarks = PacketRemarks()
        remarks.isSettled = settled
        if number == 2 { remarks.comment = "container web" }
        let bytes = [number, 0, 0]
        unsafe writer.add(
            bytes.span.bytes,
            wireLength: 3,
            at: Timestamp(nanoseconds: Int64(number)),
            interface: 0,
            remarks: remarks
        )
    }

    /// A file with notes before, between and behind frames.
    private static func file() -> [UInt8] {
        var writer = PcapngWriter(application: "a test")
        writer.add(note(1, [1, 2, 3]))
        _ = writer.describe(interface: "eth0", linkType: 1, description: "container web", snapLength: 256, capture: 7)
        frame(1, &writer)
        frame(2, settled: true, &writer)
        frame(3, &writer)
        writer.add(note(2, Array(repeating: 0x61, count: 5000)))
        writer.add(note(3))
        frame(4, &writer)
        writer.add(note(4, [9]))
        return writer.takeBytes()
    }

    private static var order: [Met] {
        [
            .note(1, [1, 2, 3]), .frame(1), .frame(2), .note(RecordedNote.settled, [1, 0, 0, 0]), .frame(3),
            .note(2, Array(repeating: 0x61, count: 5000)), .note(3, []), .frame(4), .note(4, [9]),
        ]
    }

    @Test func theyStandWhereTheyWereWritten() throws {
        #expect(try Self.read(Self.file()) == Self.order)
    }

    @Test(arguments: [64, 100, 1000]) func whereAChunkEndsDoesNotShow(_ length: Int) throws {
        #expect(try Self.read(Self.file(), chunkLength: length) == Self.order)
    }

    @Test func theInterfaceTellsItsCapture() throws {
        var reader = try CaptureFileReader(bytes: Self.file())
        while try reader.advance() {}
        #expect(reader.interfaces.map(\.recordedCapture) == [7])
        #expect(reader.interfaces.map(\.name) == ["eth0"])
        #expect(reader.interfaces.map(\.snapLength) == [256])
        #expect(reader.counts.comments == 1)
        #expect(reader.counts.notes == 5)
        #expect(reader.counts.customBlocks == 0)
    }

    @Test func flagsComeBack() throws {
        var writer = PcapngWriter(application: "a test")
        var note = Self.note(5, [1])
        note.isRepeated = true
        writer.add(note)
        note.isContinued = true
        writer.add(note)
        var reader = try CaptureFileReader(bytes: writer.takeBytes())
        #expect(try !reader.advance())
        #expect(reader.notes.map(\.isRepeated) == [true, true])
        #expect(reader.notes.map(\.isContinued) == [false, true])
    }

    @Test func namesAreReadAsAnyFilesAre() throws {
        let names = [
            ResolvedName(address: try #require(IPAddress("10.1.2.3")), name: "web"),
            ResolvedName(address: try #require(IPAddress("fd00::7")), name: "db"),
        ]
        var writer = PcapngWriter(application: "a test")
        writer.add(names)
        var reader = try CaptureFileReader(bytes: writer.takeBytes())
        #expect(try !reader.advance())
        #expect(reader.names == names)
    }

    @Test func somebodyElsesBlocksAreNone() throws {
        for (enterprise, letters) in [(UInt32(32_473), "PORTULAN"), (9, "PORTOLAN")] {
            var bytes = CaptureBytes()
            bytes.bytes = PcapngWriter(application: "").filled
            bytes.block(0xbad) { body in
                body.add(enterprise)
                body.bytes += Array(letters.utf8)
                for _ in 0..<6 { body.add(UInt16(1)) }
            }
            var reader = try CaptureFileReader(bytes: bytes.bytes)
            #expect(try !reader.advance())
            #expect(reader.notes.isEmpty)
            #expect(reader.counts.customBlocks == 1)
        }
    }

    @Test func aLieAboutTheLengthIsCounted() throws {
        var bytes = CaptureBytes()
        bytes.bytes = PcapngWriter(application: "").filled
        bytes.block(0xbad) { body in
            body.add(UInt32(32_473))
            body.bytes += Array("PORTOLAN".utf8)
            for _ in 0..<4 { body.add(UInt16(1)) }
            body.add(UInt32.max)
            body.bytes += [1, 2, 3, 4]
        }
        var reader = try CaptureFileReader(bytes: bytes.bytes)
        #expect(try !reader.advance())
        #expect(reader.notes.isEmpty)
        #expect(reader.counts.customBlocks == 1)
        #expect(reader.ending == .complete)
    }

    @Test func everyShorterFileIsRead() throws {
        let file = Self.file()
        for length in stride(from: 28, to: file.count, by: 7) {
            let met = try Self.read(Array(file[..<length]))
            #expect(
                Array(Self.order.prefix(met.count)) == met || met.last == .note(RecordedNote.settled, [1, 0, 0, 0])
            )
        }
    }

    @Test func filesOfASequenceAreReadOneAfterTheOther() throws {
        // The second is older, and yet behind the first.
        var writer = PcapngWriter(application: "a test")
        writer.add(Self.note(8))
        _ = writer.describe(interface: "eth0", linkType: 1, capture: 0)
        Self.frame(1, &writer)
        let earlier = writer.takeBytes()
        var merge = try CaptureMerge(captures: [Self.file(), earlier], isSequence: true)
        var met: [Met] = []
        while try merge.advance() {
            met += merge.notes.map { .note($0.kind, $0.bytes) }
            let batch = merge.batch
            for index in batch.frames.indices {
                let frame = batch.frames[index]
                met.append(.frame(unsafe batch.bytes(of: frame).unsafeLoad(as: UInt8.self)))
            }
        }
        met += merge.notes.map { .note($0.kind, $0.bytes) }
        #expect(met == Self.order + [.note(8, []), .frame(1)])
        #expect(merge.interfaces.map(\.recordedCapture) == [7, 0])
    }
}

extension PcapngWriter {
    /// All it has written.
    fileprivate var filled: [UInt8] {
        var copy = self
        return copy.takeBytes()
    }
}
