import Addressing
import Capture
import Containers
import Foundation
import Pipeline
import Records
import Support
import Testing

@testable import Monitor

/// What is written of what is seen.
@Suite("Choice of what is recorded")
struct RecordedChoiceTests {
    private static var capture: String { SharedCaptures.own.appendingPathComponent("shop/shop-any.pcap").path }

    /// The index of the interface that each frame of a capture was seen at, batch by batch.
    private static func indices(_ path: String, filter: String? = nil) throws -> [[UInt8]] {
        var merge = try CaptureMerge(paths: [path], filter: filter.map { try CaptureFilter($0) })
        var indices: [[UInt8]] = []
        while try merge.advance() {
            let batch = merge.batch
            indices.append([])
            for index in batch.frames.indices {
                let bytes = batch.bytes(of: batch.frames[index])
                indices[indices.count - 1].append(unsafe bytes.unsafeLoad(fromByteOffset: 7, as: UInt8.self))
            }
        }
        return indices
    }

    @Test func aFilterHoldsBackWhatItDoesNotFit() throws {
        try RecordingTests.inFolder { folder in
            var settings = RecordingSettings(path: "\(folder)/trace.pcapng", application: "a test")
            settings.filter = "tcp"
            _ = try RecordingTests.record(settings)
            let wanted = try Self.indices(Self.capture, filter: "tcp").flatMap { $0 }
            let all = try Self.indices(Self.capture).flatMap { $0 }
            #expect(try Self.indices(settings.path).flatMap { $0 } == wanted)
            #expect(!wanted.isEmpty && wanted.count < all.count)
            let (told, remarks) = try RecordingTests.replay([settings.path])
            #expect(remarks == [])
            #expect(RecordingTests.lines(told).contains { $0.contains("\"transport\":\"tcp\"") })
            #expect(!RecordingTests.lines(told).contains { $0.contains("\"transport\":\"udp\"") })
        }
    }

    @Test func aContainerHasThePacketsOfItsInterface() throws {
        try RecordingTests.inFolder { folder in
            var settings = RecordingSettings(path: "\(folder)/trace.pcapng", application: "a test")
            settings.containers = [NamePattern("pod-6*"), NamePattern("nobody")]
            _ = try RecordingTests.record(settings)
            let written = try Self.indices(settings.path).flatMap { $0 }
            // Who it is is known from the second batch on.
            let wanted = try Self.indices(Self.capture).dropFirst().flatMap { $0 }.filter { $0 == 6 }
            #expect(written == wanted && !wanted.isEmpty)
        }
    }

    @Test func whatCannotBeCompiledIsRefused() {
        var settings = RecordingSettings(path: "/nowhere/x", application: "a test")
        settings.filter = "nonsense ("
        #expect(throws: CaptureFilterError.self) { _ = try Recorder(settings) }
    }

    /// A frame is cut, and how long it was stays.
    @Test func onlySoManyBytesAreWritten() throws {
        try RecordingTests.inFolder { folder in
            var settings = RecordingSettings(path: "\(folder)/trace.pcapng", application: "a test")
            settings.snapshotLength = 64
            _ = try RecordingTests.record(settings)
            var merge = try CaptureMerge(paths: [settings.path])
            var longest: UInt32 = 0
            while try merge.advance() {
                for index in merge.batch.frames.indices {
                    #expect(merge.batch.frames[index].capturedLength <= 64)
                    longest = max(longest, merge.batch.frames[index].wireLength)
                }
            }
            #expect(longest > 64)
        }
    }

    /// With an end that was asked for, what became so after it is not told.
    @Test func whatBecameSoAfterTheEndIsNotTold() throws {
        try RecordingTests.inFolder { folder in
            let path = "\(folder)/trace.pcapng"
            _ = try RecordingTests.record(RecordingSettings(path: path, application: "a test"))
            var merge = try CaptureMerge(paths: [path])
            _ = try merge.advance()
            let first = merge.batch.frames[0].time
            for (length, isTold) in [(Int64(0), false), (3_600_000_000_000, true)] {
                let writer = JSONRecordWriter(selection: .all)
                var replay = try Replay(
                    paths: [path],
                    filter: nil,
                    interval: .min..<(first.nanoseconds + length),
                    settings: PipelineSettings(),
                    sink: writer
                )
                try replay.run { _ in true }
                let containers = replay.pipeline.inventory.namespaces.reduce(0) { $0 + $1.containers.count }
                #expect((containers > 0) == isTold)
            }
        }
    }
}
