import Addressing
import Capture
import Foundation
import Pipeline
import Synchronization
import Testing

@testable import Monitor

/// What disturbs an agent's ring: other agents, people, a clock that is set, and a disk that is too slow.
@Suite("Ring of recordings, disturbed")
struct RingFaultTests {
    private typealias Filled = RecordingRingTests.Filled

    private static func inFolder(_ body: (String) throws -> Void) throws { try RecordingTests.inFolder(body) }

    private static func files(_ folder: String) throws -> (RecordingFiles, RecordingSettings) {
        let own = RingSettings(folder: folder)
        var settings = RecordingSettings(ring: own, application: "a test")
        settings.ring = RecordingRing(own)
        return (try RecordingFiles(settings), settings)
    }

    private static func contents(_ second: Int64 = 1) -> RecordingFiles.Contents {
        RecordingFiles.Contents(frames: 2, span: Filled.time(second)...Filled.time(second + 1))
    }

    @Test func oneAgentHasTheFolder() throws {
        try Self.inFolder { folder in
            var first = try RingLock(folder: folder)
            #expect(first != nil)
            #expect(throws: RingLock.Taken.self) { _ = try RingLock(folder: folder) }
            first = nil
            #expect(try RingLock(folder: folder) != nil)
            #expect(try RingLock(folder: "\(folder)/nowhere") == nil)
        }
    }

    /// A name that somebody has costs no packets.
    @Test func theNextNumberIsTakenAtOnce() throws {
        try Self.inFolder { folder in
            let (files, settings) = try Self.files(folder)
            for number in [UInt32(2), 3] { try Data().write(to: URL(fileURLWithPath: settings.path(of: number))) }
            files.put(.bytes([1], Self.contents()))
            files.put(.file(2))
            files.put(.bytes([2], Self.contents(5)))
            try files.finish()
            #expect(files.failure == nil && files.lost == 0)
            #expect(try Data(contentsOf: URL(fileURLWithPath: settings.path(of: 4))) == Data([2]))
            #expect(settings.ring?.state.withLock { $0.files.map(\.number) } == [1, 4])
        }
    }

    /// An agent that is started again and again, and sees nothing, leaves nothing.
    @Test func aFileWithoutPacketsIsTakenBack() throws {
        try Self.inFolder { folder in
            let (files, _) = try Self.files(folder)
            files.put(.bytes([1, 2], RecordingFiles.Contents()))
            try files.finish()
            #expect(try RecordingTests.files(in: folder).isEmpty)
        }
    }

    /// A queue that is full is no fault of the file whose turn is yet to come.
    @Test func aFullQueueIsAFailureUntilTheNextFile() throws {
        try Self.inFolder { folder in
            let (files, settings) = try Self.files(folder)
            files.put(.bytes([1], Self.contents()))
            files.put(.file(2))
            // Nobody takes anything yet.
            while files.failure == nil { files.put(.bytes([2], Self.contents())) }
            let lost = files.lost
            #expect(files.failure?.code == ENOBUFS && lost == 2)
            #expect(throws: RecordingFailure.self) { try files.finish() }
            #expect(files.failure?.code == ENOBUFS && files.lost > 1000)
            // What was told before is lost with it, and a file without packets is none.
            #expect(try RecordingTests.files(in: folder) == [])
            #expect(settings.ring?.condition.files == 0)
        }
    }

    @Test func aClockSetBackKeepsNothingOfWhatIsYetToCome() throws {
        try Self.inFolder { folder in
            let filled = Filled(folder)
            for second in 7201...7203 { try filled.write(second: Int64(second)) }
            filled.keep("over", 7201, 7201)
            filled.keep("a", 7202, 7205)
            // Two hours back, in the middle of the third file.
            filled.ring.clockChanged(from: Filled.time(7203, 900), to: Filled.time(3, 900))
            #expect(filled.ring.isDue(at: Filled.time(6)) && !filled.ring.isDue(at: Filled.time(4)))
            for second in 4...8 { try filled.write(second: Int64(second)) }
            #expect(filled.files("over") == [1])
            // What was left of its time is kept by the new clock: until 5.
            #expect(filled.files("a") == [2, 3, 4, 5])
            // Nor does another alert of the same have all kept that lies between.
            filled.keep("a", 8, 9)
            for second in 9...12 { try filled.write(second: Int64(second)) }
            #expect(filled.files("a") == [2, 3, 4, 5, 8, 9])
        }
    }

    /// An alert of packets whose times the clock has yet to come to again.
    @Test func whatBeginsBehindItsEndIsNoMoreThanItsEnd() throws {
        try Self.inFolder { folder in
            let filled = Filled(folder)
            for second in 1...3 { try filled.write(second: Int64(second)) }
            filled.keep("a", 7200, 3)
            for second in 4...6 { try filled.write(second: Int64(second)) }
            #expect(filled.files("a") == [3])
        }
    }

    /// Whoever removes a folder by hand has made room.
    @Test func whatIsRemovedByHandMakesRoom() throws {
        try Self.inFolder { folder in
            let filled = Filled(folder) {
                $0.kept = 200
                $0.patience = 0
            }
            for second in 1...4 { try filled.write(second: Int64(second)) }
            filled.keep("a", 1, 2)
            filled.keep("b", 3, 4)
            #expect(filled.files("a") == [1, 2] && filled.files("b") == [])
            try FileManager.default.removeItem(atPath: "\(folder)/cases/a")
            filled.keep("c", 2, 3)
            #expect(filled.files("c") == [2, 3])
            #expect(filled.ring.kept().map(\.name) == ["c"] && filled.ring.condition.keptBytes == 200)
        }
    }

    /// However often it is asked, the thread that writes is told once until it looks.
    @Test func manyAsksAreOneLook() throws {
        try Self.inFolder { folder in
            let ring = RecordingRing(RingSettings(folder: folder))
            let looks = Counted()
            ring.serve { looks.add() }
            for number in 1...500 { ring.keep(name: "n\(number)", from: Filled.time(1), until: Filled.time(9)) }
            #expect(looks.count == 1)
            ring.work()
            ring.release(name: "n1")
            ring.release(name: "n2")
            #expect(looks.count == 2)
        }
    }

    /// A file system may have times beyond those that nanoseconds in 64 bits reach, which end in 2262.
    @Test func aTimeBeyondOursIsTheLast() throws {
        try Self.inFolder { folder in
            let own = RingSettings(folder: folder)
            let path = RecordingSettings(ring: own).path(of: 1)
            try Data([1]).write(to: URL(fileURLWithPath: path))
            let beyond = Date(timeIntervalSince1970: 20_000_000_000)
            try FileManager.default.setAttributes([.modificationDate: beyond], ofItemAtPath: path)
            #expect(RecordingRing(own).state.withLock { $0.files.first?.span?.upperBound.nanoseconds } ?? 0 > 1 << 60)
        }
    }
}

private final class Counted: Sendable {
    private let number = Atomic(0)
    var count: Int { number.load(ordering: .relaxed) }
    func add() { number.add(1, ordering: .relaxed) }
}
