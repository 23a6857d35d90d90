import Addressing
import Capture
import Foundation
import Testing

@Suite("Captures cut into files")
struct CaptureContinuationTests {
    /// The interface numbers of all frames, of files of one frame for each second.
    private func interfaces(_ files: [(name: String, seconds: [UInt32], linkType: UInt32)]) throws -> [UInt32] {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var paths: [String] = []
        for file in files {
            let place = folder.appending(path: file.name)
            try FileManager.default.createDirectory(
                at: place.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            var bytes = CaptureBytes()
            bytes.pcapHeader(linkType: file.linkType)
            for second in file.seconds { bytes.pcapRecord(seconds: second, ticks: 0, [1]) }
            try Data(bytes.bytes).write(to: place)
            paths.append(place.path)
        }
        var merge = try CaptureMerge(paths: paths)
        var numbers: [UInt32] = []
        while try merge.advance() { numbers += copy(merge.batch).map(\.interface) }
        return numbers
    }

    @Test func aRingOfFilesIsOneInterface() throws {
        #expect(
            try interfaces([("ring.pcap", [1, 2], 1), ("ring.pcap1", [2, 3], 1), ("ring.pcap2", [4], 1)]) == [
                0, 0, 0, 0, 0,
            ]
        )
        // Whichever is named first.
        #expect(try interfaces([("cut-2.pcap", [3, 4], 1), ("cut-1.pcap", [1, 2], 1)]) == [1, 1, 1, 1])
    }

    @Test func filesThatOverlapAreTwo() throws {
        #expect(try interfaces([("node-1.pcap", [1, 3], 1), ("node-2.pcap", [2, 4], 1)]) == [0, 1, 0, 1])
    }

    @Test func filesOfOtherNamesOrKindsAreTwo() throws {
        #expect(try interfaces([("node-a.pcap", [1, 2], 1), ("node-b.pcap", [3, 4], 1)]) == [0, 0, 1, 1])
        #expect(try interfaces([("cut-1.pcap", [1, 2], 1), ("cut-2.pcap", [3, 4], 101)]) == [0, 0, 1, 1])
    }

    @Test func oneFileIsGoneOnWithOnce() throws {
        #expect(try interfaces([("a1", [1], 1), ("a2", [2, 5], 1), ("a3", [3, 6], 1)]) == [0, 0, 2, 0, 2])
    }

    /// Rings of two interfaces, whose second files may go on with either, and files of two folders.
    @Test func whatIsInDoubtIsNotGoneOnWith() throws {
        let rings: [(name: String, seconds: [UInt32], linkType: UInt32)] = [
            ("eth0-1.pcap", [1, 3], 1), ("eth1-1.pcap", [2, 4], 1), ("eth0-2.pcap", [6, 8], 1),
            ("eth1-2.pcap", [5, 7], 1),
        ]
        #expect(try interfaces(rings) == [0, 1, 0, 1, 3, 2, 3, 2])
        #expect(try interfaces([("a/cut-1.pcap", [1], 1), ("b/cut-2.pcap", [2], 1)]) == [0, 1])
    }
}
