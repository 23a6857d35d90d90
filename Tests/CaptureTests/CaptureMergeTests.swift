import Addressing
import Capture
import Testing

@Suite("Merge of captures")
struct CaptureMergeTests {
    /// A pcap file with a frame of one byte for each time.
    private static func file(_ name: UInt8, _ seconds: [UInt32], linkType: UInt32 = 1) -> [UInt8] {
        var file = CaptureBytes()
        file.pcapHeader(linkType: linkType)
        for second in seconds { file.pcapRecord(seconds: second, ticks: 0, [name]) }
        return file.bytes
    }

    private func merge(_ captures: [[UInt8]], filter: String? = nil) throws -> [Reading.Packet] {
        let filter = try filter.map { expression in try CaptureFilter(expression) }
        var merge = try CaptureMerge(captures: captures, filter: filter)
        var packets: [Reading.Packet] = []
        while try merge.advance() { packets += copy(merge.batch) }
        return packets
    }

    private func seconds(_ packets: [Reading.Packet]) -> [Int64] { packets.map { $0.time / 1_000_000_000 } }

    @Test func deliversTheEarliestNextFrame() throws {
        let packets = try merge([Self.file(1, [1, 4, 6]), Self.file(2, [2, 3, 7]), Self.file(3, [5])])
        #expect(seconds(packets) == [1, 2, 3, 4, 5, 6, 7])
        #expect(packets.map(\.bytes) == [[1], [2], [2], [1], [3], [1], [2]])
        #expect(packets.map(\.interface) == [0, 1, 1, 0, 2, 0, 1])
    }

    @Test func letsTheFileNamedFirstWinTies() throws {
        let packets = try merge([Self.file(1, [1, 1, 2]), Self.file(2, [1, 2]), Self.file(3, [1, 2])])
        #expect(packets.flatMap(\.bytes) == [1, 1, 2, 3, 1, 2, 3])
        let reversed = try merge([Self.file(3, [1, 2]), Self.file(2, [1, 2]), Self.file(1, [1, 1, 2])])
        #expect(reversed.flatMap(\.bytes) == [3, 2, 1, 1, 3, 2, 1])
    }

    @Test func neverSortsInsideAFile() throws {
        #expect(seconds(try merge([Self.file(1, [5, 1, 9, 2])])) == [5, 1, 9, 2])
        let packets = try merge([Self.file(1, [5, 1, 9, 2]), Self.file(2, [3, 6])])
        #expect(packets.filter { $0.bytes == [1] }.map { $0.time / 1_000_000_000 } == [5, 1, 9, 2])
        #expect(seconds(packets) == [3, 5, 1, 6, 9, 2])
    }

    /// Lengths of the stretches in which one file is alone: below, at and above what is copied, and past a batch.
    @Test(arguments: [1, 2, 15, 16, 17, 63, 64, 65, 200])
    func deliversEveryFrameOnceAndInOrder(stretch: Int) throws {
        var files: [[UInt32]] = [[], [], []]
        for second in 0..<2000 { files[(second / stretch) % 3].append(UInt32(second)) }
        let captures = files.enumerated().map { Self.file(UInt8($0.offset), $0.element) }
        let packets = try merge(captures)
        #expect(seconds(packets) == (0..<2000).map { Int64($0) })
        #expect(packets.map { Int($0.bytes[0]) } == (0..<2000).map { ($0 / stretch) % 3 })
        #expect(packets.allSatisfy { UInt32($0.bytes[0]) == $0.interface })
    }

    @Test func readsASingleFileAsItsReaderDoes() throws {
        let file = Self.file(1, (0..<500).map { $0 })
        #expect(try merge([file]) == Reading(file).packets)
    }

    @Test func deliversNothingOfNoFiles() throws {
        #expect(try merge([]).isEmpty)
        #expect(try merge([Self.file(1, []), Self.file(2, [])]).isEmpty)
    }

    @Test func copiesFramesLongerThanTheRoomForABatch() throws {
        func file(_ name: UInt8, _ seconds: [UInt32]) -> [UInt8] {
            var file = CaptureBytes()
            file.pcapHeader()
            for second in seconds {
                file.pcapRecord(seconds: second, ticks: 0, [UInt8](repeating: name, count: 300_000))
                file.pcapRecord(seconds: second, ticks: 1, [UInt8](repeating: name, count: 200_000))
            }
            return file.bytes
        }
        let packets = try merge([file(1, [1, 3, 5]), file(2, [2, 4, 6])])
        #expect(packets.map(\.bytes.count) == (0..<12).map { $0 % 2 == 0 ? 300_000 : 200_000 })
        #expect(packets.map { $0.bytes[0] } == [1, 1, 2, 2, 1, 1, 2, 2, 1, 1, 2, 2])
        #expect(packets.allSatisfy { packet in packet.bytes.allSatisfy { $0 == packet.bytes[0] } })
    }

    @Test func givesEveryInterfaceOfEveryFileANumber() throws {
        func file(_ names: [String], base: UInt64) -> [UInt8] {
            var file = CaptureBytes()
            file.sectionHeader()
            for (index, name) in names.enumerated() {
                file.interface { $0.option(2, text: name) }
                file.enhancedPacket(interface: UInt32(index), ticks: base + UInt64(index) * 2, Array(name.utf8))
            }
            return file.bytes
        }
        let captures = [file(["a", "b"], base: 0), file(["c", "d"], base: 1), Self.file(5, [0])]
        var merge = try CaptureMerge(captures: captures)
        var packets: [Reading.Packet] = []
        while try merge.advance() { packets += copy(merge.batch) }
        let interfaces = merge.interfaces
        #expect(packets.count == 5)
        for packet in packets where packet.bytes != [5] {
            #expect(interfaces[Int(packet.interface)].name.map { Array($0.utf8) } == packet.bytes)
        }
        #expect(Set(packets.map(\.interface)).count == 5)
        #expect(interfaces.map(\.file).sorted() == [0, 0, 1, 1, 2])
    }

    @Test func reportsOnEachFile() throws {
        let torn = Array(Self.file(1, [1, 2]).dropLast())
        var merge = try CaptureMerge(captures: [torn, Self.file(2, [3])])
        while try merge.advance() {}
        let files = merge.files
        let position = merge.position
        #expect(files.map(\.counts.frames) == [1, 1])
        #expect(
            files.map(\.ending) == [
                .truncated(CaptureBreak(reason: "the last record is cut short", offset: 41)), .complete,
            ]
        )
        #expect(position.bytesRead == UInt64(torn.count + 41))
        #expect(position.fileSize == position.bytesRead)
    }

    @Test func holdsBackWhatTheFilterRefuses() throws {
        // Of frames with one byte each, no protocol is known; `len` goes by the wire.
        let files = [Self.file(1, (0..<100).map { $0 * 2 }), Self.file(2, (0..<100).map { $0 * 2 + 1 }, linkType: 113)]
        #expect(try merge(files, filter: "ether[0] = 1").flatMap(\.bytes) == [UInt8](repeating: 1, count: 100))
        #expect(try merge(files, filter: "greater 2").isEmpty)
        #expect(try merge(files, filter: "less 2").count == 200)
    }
}
