import Addressing
import Foundation
import Flows
import Synchronization
import Testing

@testable import Monitor
@testable import Pipeline

/// What a recorder hands over at once, and what it tells of it.
@Suite("Pieces of a recording")
struct RecorderPieceTests {
    private static var standing: PipelineStanding {
        PipelineStanding(
            captures: [],
            detail: FlowDetailLevel(updateInterval: nil, inspects: true),
            changes: [],
            time: nil
        )
    }

    /// Writes a frame of so many bytes, then one into another file; returns the bytes and the spans of both.
    private static func record(_ length: Int, in folder: String) throws -> [(bytes: Int, span: ClosedRange<Timestamp>?)]
    {
        var own = RingSettings(folder: folder)
        own.size = 1 << 20
        let ring = RecordingRing(own)
        var settings = RecordingSettings(ring: own, application: "a test")
        settings.ring = ring
        let recorder = try Recorder(settings)
        for second in [Int64(1), 2] {
            let bytes = [UInt8](repeating: 0, count: length)
            let frame = Frame(
                offset: 0,
                time: Timestamp(nanoseconds: second * 1_000_000_000),
                capturedLength: UInt32(length),
                wireLength: UInt32(length),
                interface: 0,
                linkType: 1
            )
            recorder.frames(unsafe FrameBatch(bytes: bytes.span.bytes, frames: [frame].span), isSettled: false)
            if second == 1 { recorder.stands(Self.standing) }
        }
        try recorder.finish()
        return ring.state.withLock { $0.files.map { ($0.bytes, $0.span) } }
    }

    /// Where frames end at the end of a piece there is nothing left to hand over but that they were in it.
    @Test func framesThatFillAPieceAreOfTheirFile() throws {
        try RecordingTests.inFolder { folder in
            let length = 60_000
            let before = try Self.record(length, in: folder)
            try #require(before.count == 2)
            try RecordingTests.inFolder { folder in
                let files = try Self.record(length + (64 << 10) - before[0].bytes, in: folder)
                try #require(files.map(\.bytes).first == 64 << 10)
                #expect(files.map(\.span?.lowerBound.seconds) == [1, 2])
                #expect(files.map(\.span?.upperBound.seconds) == [1, 2])
            }
        }
    }
}
