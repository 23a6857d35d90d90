import Addressing
import Testing

@testable import Capture

@Suite("Many notes of recordings")
struct ManyNotesTests {
    private static func frame(_ writer: inout PcapngWriter, at time: Int64) {
        writer.add(Array(repeating: 0, count: 20), wireLength: 20, at: Timestamp(nanoseconds: time), interface: 0)
    }

    /// Frames with a note before each, which says which one it is.
    private static func file(frames: Int, noteLength: Int) -> [UInt8] {
        var writer = PcapngWriter(application: "a test")
        _ = writer.describe(interface: "eth0", linkType: 1)
        for number in 0..<frames {
            var bytes = [UInt8](repeating: 0, count: noteLength)
            bytes[0] = UInt8(truncatingIfNeeded: number)
            writer.add(RecordedNote(kind: 2, bytes: bytes))
            frame(&writer, at: Int64(number))
        }
        return writer.takeBytes()
    }

    /// What a filter holds back does not make notes add up.
    @Test func aFilterLetsOnlySomeAddUp() throws {
        let file = Self.file(frames: 40, noteLength: 1 << 20)
        var merge = try CaptureMerge(captures: [file], filter: CaptureFilter("tcp port 1"))
        var numbers: [UInt8] = []
        var most = 0
        while try merge.advance() {
            #expect(merge.batch.frames.count == 0)
            most = max(most, merge.notes.count)
            numbers += merge.notes.compactMap(\.bytes.first)
        }
        numbers += merge.notes.compactMap(\.bytes.first)
        #expect(numbers == Array(0..<40))
        #expect(most == 4)
        #expect(merge.framesFiltered == 40)
    }

    @Test func whatHasNoRoomIsCountedAsSuch() throws {
        var writer = PcapngWriter(application: "a test")
        _ = writer.describe(interface: "eth0", linkType: 1)
        for _ in 0..<66 { writer.add(RecordedNote(kind: 2, bytes: [UInt8](repeating: 0, count: 1 << 20))) }
        Self.frame(&writer, at: 1)
        var reader = try CaptureFileReader(bytes: writer.takeBytes())
        #expect(try reader.advance())
        #expect(reader.counts.notes + reader.counts.notesRefused == 66)
        #expect(reader.counts.notesRefused >= 2 && reader.counts.customBlocks == 0)
    }
}
