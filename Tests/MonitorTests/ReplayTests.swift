import Addressing
import Capture
import Flows
import Foundation
import Monitor
import Pipeline
import Records
import Support
import Testing

@Suite("Replay")
struct ReplayTests {
    /// Writes nothing down.
    private final class Silence: RecordSink {
        func flow(_ action: FlowAction, _ flow: Flow, _ book: borrowing FlowBook, _ names: FlowNames) {}
        func sighting(_ sighting: Sighting, _ book: borrowing FlowBook) {}
    }

    /// What a replay came to.
    private struct Result {
        var summary: CaptureSummary
        var remarks: [String]
        var refusal: String?
    }

    private static func own(_ name: String) -> String { SharedCaptures.own.appendingPathComponent(name).path }

    private static func replay(
        _ paths: [String],
        filter expression: String? = nil,
        interval: Range<Int64>? = nil,
        progress: (CapturePosition) -> Bool = { _ in true }
    ) throws -> Result {
        let sink = Silence()
        var replay: Replay
        if let expression {
            replay = try Replay(
                paths: paths,
                filter: try CaptureFilter(expression),
                interval: interval,
                settings: PipelineSettings(),
                sink: sink
            )
        } else {
            replay = try Replay(paths: paths, filter: nil, interval: interval, settings: PipelineSettings(), sink: sink)
        }
        try replay.run(progress: progress)
        return Result(summary: replay.summary, remarks: replay.remarks, refusal: replay.refusal)
    }

    /// A file that is gone after the test.
    private static func withFile(_ bytes: some Sequence<UInt8>, _ body: (String) throws -> Void) throws {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("portolan-\(UUID().uuidString).pcap")
        try Data(bytes).write(to: url)
        defer { try? FileManager.default.removeItem(at: url) }
        try body(url.path)
    }

    private static func bytes(_ name: String) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: own(name))) }

    @Test func countsEveryFrame() throws {
        let result = try Self.replay([Self.own("shop/shop-node-a.pcap")])
        #expect(result.summary.frames == 438)
        #expect(result.summary.flows == 78)
        #expect(result.summary.packets == 436)
        #expect(result.summary.filtered == nil)
        #expect(result.summary.timestampDigits == 6)
        #expect(result.remarks.isEmpty)
        #expect(result.refusal == nil)
    }

    @Test func knowsLossOnlyWhereTheFileTells() throws {
        #expect(try Self.replay([Self.own("first/first.pcap")]).summary.interfaceDropped == nil)
        let described = try Self.replay([Self.own("shop/shop-node-a.pcapng")]).summary
        #expect(described.interfaceDropped == 0)
        // Of what the system lost, this file says nothing.
        #expect(described.dropped == nil)
        #expect(described.timestampDigits == 9)
    }

    @Test func countsWhatFilterAndIntervalLeaveOut() throws {
        let name = Self.own("first/first.pcap")
        #expect(try Self.replay([name], filter: "src host 192.168.10.1").summary.filtered == 5)
        let whole = try Self.replay([name]).summary
        let first = try #require(whole.first).nanoseconds
        let last = try #require(whole.last).nanoseconds
        let inside = try Self.replay([name], interval: first..<last).summary
        #expect(inside.frames == 9)
        #expect(inside.filtered == 1)
        let both = try Self.replay([name], filter: "src host 192.168.10.1", interval: first..<first + 1).summary
        #expect(both.frames == 1)
        #expect(both.filtered == 9)
        #expect(try Self.replay([name], interval: last + 1..<Int64.max).summary.frames == 0)
    }

    @Test func readsFilesAsOne() throws {
        let names = [Self.own("shop/shop-node-a.pcap"), Self.own("shop/shop-node-a.pcapng")]
        let result = try Self.replay(names)
        #expect(result.summary.frames == 876)
        // Seen at two points, each packet counts once.
        #expect(result.summary.packets == 436)
        #expect(result.summary.flows == 78)
    }

    @Test(arguments: [25, 100, 1000, 1634]) func tellsHowATornFileEnded(length: Int) throws {
        try Self.withFile(Self.bytes("first/first.pcap").prefix(length)) { path in
            let result = try Self.replay([path, Self.own("first/first.pcap")])
            #expect(result.remarks.count == 1)
            #expect(result.remarks.first?.hasPrefix("\(path) ends early: ") ?? false)
            #expect(result.summary.truncations.count == 1)
            #expect(result.summary.frames >= 10)
        }
    }

    @Test func tellsThatNoFrameIsOfAKnownLinkType() throws {
        var bytes = try Self.bytes("first/first.pcap")
        bytes[20] = 147
        try Self.withFile(bytes) { path in
            let alone = try Self.replay([path])
            #expect(alone.refusal?.contains("user0") ?? false)
            // Together with one that can be read it is no refusal.
            let together = try Self.replay([path, Self.own("first/first.pcap")])
            #expect(together.refusal == nil)
        }
    }

    /// A pcapng section with these blocks: type and words each.
    private static func section(_ blocks: [(type: UInt32, words: [UInt32])]) -> [UInt8] {
        let header: (UInt32, [UInt32]) = (0x0a0d_0d0a, [0x1a2b_3c4d, 1, .max, .max])
        return ([header] + blocks).flatMap { type, words in
            let length = UInt32(words.count * 4 + 12)
            return ([type, length] + words + [length]).flatMap { word in
                [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: word >> $0) }
            }
        }
    }

    @Test func survivesClaimsOfMoreLossThanThereAreNumbers() throws {
        // Two interfaces, and of each that it lost all the frames a number can count.
        let lost: [UInt32] = [0, 0, 5 | 8 << 16, .max, .max, 7 | 8 << 16, .max, .max, 0]
        let bytes = Self.section([(1, [1, 0]), (1, [1, 0]), (5, [0] + lost), (5, [1] + lost)])
        try Self.withFile(bytes) { path in
            let summary = try Self.replay([path]).summary
            #expect(summary.dropped == .max)
            #expect(summary.interfaceDropped == .max)
        }
    }

    @Test func namesOnlySomeOfManyLinkTypes() throws {
        let described: [(type: UInt32, words: [UInt32])] = (0..<20).map { (1, [$0 + 60_000, 0]) }
        let packets: [(type: UInt32, words: [UInt32])] = (0..<20).map { (6, [$0, 0, 0, 4, 4, 0]) }
        try Self.withFile(Self.section(described + packets)) { path in
            let refusal = try #require(try Self.replay([path]).refusal)
            #expect(refusal.contains("link types linktype_60000, linktype_60001, "))
            #expect(refusal.contains("linktype_60007 and 12 further ones are not known"))
            #expect(!refusal.contains("linktype_60008"))
            let remarks = try Self.replay([path], filter: "tcp").remarks
            #expect(remarks.count == 9)
            #expect(remarks.last == "nor can it be used on 12 further link types")
        }
    }

    @Test func stopsWhenProgressSaysSo() throws {
        let record = try Self.bytes("first/first.pcap").dropFirst(24)
        var bytes = try Self.bytes("first/first.pcap").prefix(24)
        for _ in 0..<4000 { bytes += record }
        try Self.withFile(bytes) { path in
            var calls = 0
            let result = try Self.replay([path]) { position in
                calls += 1
                #expect(position.fileSize == UInt64(bytes.count))
                return false
            }
            #expect(calls == 1)
            #expect(result.summary.frames < 40_000)
            #expect(result.summary.flows > 0)
        }
    }

    @Test func opensNothingWhenOneFileIsMissing() throws {
        #expect(throws: CaptureError(path: "/absent.pcap", reason: .noSuchFile)) {
            _ = try Self.replay([Self.own("first/first.pcap"), "/absent.pcap"])
        }
    }
}
