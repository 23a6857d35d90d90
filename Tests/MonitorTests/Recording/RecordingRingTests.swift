import Addressing
import Containers
import Foundation
import Pipeline
import Records
import Testing

@testable import Monitor

/// The files of an agent's ring: the oldest go, and what is kept stays.
@Suite("Ring of recordings")
struct RecordingRingTests {
    /// A ring with files of a second each that hold as many bytes as are asked for.
    final class Filled {
        let folder: String
        let ring: RecordingRing
        private var number: UInt32

        init(_ folder: String, _ change: (inout RingSettings) -> Void = { _ in }) {
            self.folder = folder
            var settings = RingSettings(folder: folder)
            settings.size = 1000
            settings.fileSize = 100
            settings.kept = 1000
            change(&settings)
            ring = RecordingRing(settings)
            number = ring.highestNumber
            ring.serve {}
        }

        /// Writes the file of a second, and leaves it open.
        func write(second: Int64, bytes: Int = 100) throws {
            number += 1
            let path = RecordingSettings(ring: ring.settings).path(of: number)
            try Data(repeating: 7, count: bytes).write(to: URL(fileURLWithPath: path))
            ring.began(number, path)
            ring.wrote(bytes, Self.time(second)...Self.time(second, 900))
        }

        static func time(_ second: Int64, _ milliseconds: Int64 = 0) -> Timestamp {
            Timestamp(nanoseconds: second * 1_000_000_000 + milliseconds * 1_000_000)
        }

        func keep(_ name: String, _ from: Int64, _ until: Int64) {
            ring.keep(name: name, from: Self.time(from), until: Self.time(until))
            ring.work()
        }

        /// The numbers of the files in the ring, or under a name.
        func files(_ name: String? = nil) -> [Int] {
            let folder = name.map { "\(self.folder)/cases/\($0)" } ?? self.folder
            let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
            return names.filter { $0.hasSuffix(".pcapng") }.compactMap { Int($0.dropFirst(5).dropLast(7)) }.sorted()
        }
    }

    private static func inFolder(_ body: (String) throws -> Void) throws { try RecordingTests.inFolder(body) }

    @Test func theOldestGoesBeyondTheSize() throws {
        try Self.inFolder { folder in
            let filled = Filled(folder)
            for second in 1...12 { try filled.write(second: Int64(second)) }
            #expect(filled.files() == Array(3...12))
            #expect(filled.ring.condition.bytes == 1000)
            #expect(filled.ring.condition.written == 1200)
            // However large it is, the one that is written to stays.
            try filled.write(second: 13, bytes: 5000)
            #expect(filled.files() == [13])
        }
    }

    @Test func whatNobodyKeptGoesByAge() throws {
        try Self.inFolder { folder in
            let filled = Filled(folder) { $0.age = 3_000_000_000 }
            for second in 1...9 { try filled.write(second: Int64(second)) }
            #expect(filled.files() == [6, 7, 8, 9])
        }
    }

    @Test func whatIsKeptOutlivesTheRing() throws {
        try Self.inFolder { folder in
            let filled = Filled(folder)
            for second in 1...5 { try filled.write(second: Int64(second)) }
            filled.keep("0123456789ab", 3, 7)
            // The one that is written to is kept from now on, and those to come within the time.
            #expect(filled.files("0123456789ab") == [3, 4, 5])
            for second in 6...20 { try filled.write(second: Int64(second)) }
            #expect(filled.files("0123456789ab") == [3, 4, 5, 6, 7])
            #expect(filled.files() == Array(11...20))
            #expect(
                filled.ring.kept() == [
                    KeptRecording(
                        name: "0123456789ab",
                        files: 5,
                        bytes: 500,
                        names: (3...7).map { "ring-0000\($0).pcapng" }
                    )
                ]
            )
            // Asked for again, the time grows.
            filled.keep("0123456789ab", 19, 30)
            filled.keep("0123456789ab", 17, 18)
            try filled.write(second: 21)
            #expect(filled.files("0123456789ab") == [3, 4, 5, 6, 7, 17, 18, 19, 20, 21])
            let attributes = try FileManager.default.attributesOfItem(atPath: "\(folder)/cases/0123456789ab")
            #expect((attributes[.posixPermissions] as? Int ?? 0o777) & 0o027 == 0)
        }
    }

    @Test func theFileEndsWhenTheLastThatIsAskedForIsOver() throws {
        try Self.inFolder { folder in
            let filled = Filled(folder)
            try filled.write(second: 1)
            #expect(!filled.ring.isDue(at: Filled.time(1_000_000)))
            filled.keep("a", 1, 5)
            filled.keep("b", 1, 8)
            #expect(!filled.ring.isDue(at: Filled.time(7)))
            #expect(filled.ring.isDue(at: Filled.time(8)))
            filled.ring.fileEnded(at: Filled.time(8))
            #expect(!filled.ring.isDue(at: Filled.time(9)))
        }
    }

    @Test func releasedItIsGone() throws {
        try Self.inFolder { folder in
            let filled = Filled(folder)
            for second in 1...4 { try filled.write(second: Int64(second)) }
            filled.keep("a", 1, 2)
            filled.keep("b", 2, 9)
            filled.ring.release(name: "a")
            filled.ring.release(name: "never")
            filled.ring.release(name: "../../etc")
            filled.ring.work()
            #expect(filled.files("a") == [] && filled.files("b") == [2, 3, 4])
            #expect(!FileManager.default.fileExists(atPath: "\(folder)/cases/a"))
            // Nothing more of what was asked for comes after.
            filled.ring.release(name: "b")
            try filled.write(second: 5)
            #expect(filled.files("b") == [] && filled.files() == [1, 2, 3, 4, 5])
            #expect(filled.ring.kept().isEmpty)
        }
    }

    @Test func whenFullNothingMoreIsKeptAndThatIsSaidOnce() throws {
        try Self.inFolder { folder in
            let filled = Filled(folder) { $0.kept = 350 }
            for second in 1...8 { try filled.write(second: Int64(second)) }
            filled.keep("a", 1, 7)
            // The newest of them: they are what the alert is about.
            #expect(filled.files("a") == [5, 6, 7])
            #expect(filled.ring.condition.refused == 4)
            #expect(filled.ring.condition.keptBytes == 300)
            filled.keep("b", 1, 3)
            #expect(filled.files("b") == [])
            // A file that is kept already takes no more room.
            filled.keep("c", 6, 6)
            #expect(filled.files("c") == [6])
            let remarks = filled.ring.takeRemarks()
            #expect(remarks.count == 1 && remarks.first?.contains("recording.kept in \(folder)/cases is full") == true)
            filled.ring.release(name: "a")
            filled.ring.work()
            filled.keep("b", 1, 2)
            #expect(filled.files("b") == [1, 2])
            #expect(filled.ring.takeRemarks() == [])
        }
    }

    @Test func anotherRunGoesOnBehindAndCountsWhatIsThere() throws {
        try Self.inFolder { folder in
            let first = Filled(folder)
            for second in 1...12 { try first.write(second: Int64(second)) }
            first.keep("a", 1, 4)
            for name in ["ring-x0001.pcapng", "ring-00099.pcap", "other"] {
                try Data([1]).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
            }
            let second = Filled(folder)
            #expect(second.ring.condition.bytes == 1000 && second.ring.condition.files == 10)
            #expect(second.ring.kept().map(\.names) == [["ring-00003.pcapng", "ring-00004.pcapng"]])
            #expect(second.ring.kept().map(\.bytes) == [200])
            try second.write(second: 13)
            #expect(second.files() == Array(4...13))
            // Where all is gone but what is kept, no number is given again.
            for number in second.files() {
                try FileManager.default.removeItem(
                    atPath: RecordingSettings(ring: second.ring.settings).path(of: UInt32(number))
                )
            }
            #expect(RecordingRing(second.ring.settings).highestNumber == 4)
        }
    }

    /// Where nothing is written any more, what is kept is there all the same.
    @Test func withoutAWriterItIsListedAndReleased() throws {
        try Self.inFolder { folder in
            let filled = Filled(folder)
            for second in 1...3 { try filled.write(second: Int64(second)) }
            filled.keep("fe80::1", 1, 2)
            let later = RecordingRing(filled.ring.settings)
            #expect(later.kept().map(\.name) == ["fe80::1"])
            later.release(name: "fe80::1")
            #expect(later.kept().isEmpty && filled.files("fe80::1") == [])
        }
    }

    @Test func ofWhatWasLeftOnlyTheFilesOfThatTimeAreKept() throws {
        try Self.inFolder { folder in
            for (number, end) in [(1, 10), (2, 20), (3, 30)] {
                let path = "\(folder)/ring-0000\(number).pcapng"
                try Data([7]).write(to: URL(fileURLWithPath: path))
                let time = Date(timeIntervalSince1970: Double(end))
                try FileManager.default.setAttributes([.modificationDate: time], ofItemAtPath: path)
            }
            let filled = Filled(folder)
            filled.keep("old", 1, 9)
            filled.keep("middle", 12, 15)
            filled.keep("both", 12, 25)
            filled.keep("new", 31, 40)
            #expect(filled.files("old") == [] && filled.files("middle") == [2])
            #expect(filled.files("both") == [2, 3] && filled.files("new") == [])
        }
    }

    @Test(arguments: ["", ".", "..", ".hidden", "a/b", "a b", "\u{1b}[31m", String(repeating: "a", count: 129)])
    func namesAreThoseOfFolders(name: String) throws {
        try Self.inFolder { folder in
            let filled = Filled(folder)
            try filled.write(second: 1)
            filled.keep(name, 1, 2)
            #expect(filled.ring.kept().isEmpty)
            #expect(!FileManager.default.fileExists(atPath: "\(folder)/cases"))
        }
    }

    @Test func whatCannotBeKeptIsSaidOnce() throws {
        try Self.inFolder { folder in
            let filled = Filled(folder)
            // Something else is where the folder would be.
            try Data().write(to: URL(fileURLWithPath: "\(folder)/cases"))
            for second in 1...3 { try filled.write(second: Int64(second)) }
            filled.keep("a", 1, 3)
            filled.keep("b", 1, 3)
            #expect(filled.ring.kept().isEmpty)
            #expect(filled.ring.condition.refused == 6)
            let remarks = filled.ring.takeRemarks()
            #expect(remarks.count == 1 && remarks.first?.hasPrefix("packets of an alert cannot be kept") == true)
        }
    }

    /// What a recorder writes into a ring, and what is kept of it.
    @Test func whatIsKeptIsReplayed() throws {
        try Self.inFolder { folder in
            var own = RingSettings(folder: folder)
            own.size = 200_000
            own.fileSize = 60_000
            func record() throws -> [UInt8] {
                let ring = RecordingRing(own)
                var settings = RecordingSettings(ring: own, application: "a test")
                settings.ring = ring
                ring.serve {}
                ring.keep(name: "0123456789ab", from: Filled.time(0), until: Filled.time(1 << 32))
                return try RecordingTests.record(settings)
            }
            let told = try record()
            let ring = try RecordingTests.files(in: folder).filter { $0.hasSuffix(".pcapng") }
            let kept = try RecordingTests.files(in: "\(folder)/cases/0123456789ab")
            #expect(ring.count < kept.count && kept.count > 3)
            #expect(RecordingRing(own).condition.bytes <= own.size)
            // All of it tells the same, and each file knows who was who.
            let (again, remarks) = try RecordingTests.replay(kept)
            #expect(again == told && remarks == [])
            for file in kept.dropFirst() {
                var alone = try Replay(
                    paths: [file],
                    filter: nil,
                    settings: PipelineSettings(),
                    sink: JSONRecordWriter(selection: .all)
                )
                try alone.run { _ in true }
                let remarks = alone.remarks
                let known = alone.pipeline.inventory.namespaces.count { !$0.containers.isEmpty }
                #expect(remarks == [] && known > 3)
            }
            // Another run has numbers of its own, and what it tells is another recording.
            _ = try record()
            let both = try RecordingTests.files(in: "\(folder)/cases/0123456789ab")
            #expect(both.count == 2 * kept.count && Array(both.prefix(kept.count)) == kept)
            #expect(try RecordingTests.replay(Array(both.dropFirst(kept.count))).told == told)
            #expect(throws: RecordingMixture.self) { _ = try RecordingTests.replay(both) }
            #expect(RecordingParts.apart(both) == [kept, Array(both.dropFirst(kept.count))])
            let other = "\(folder)/none"
            #expect(RecordingParts.apart([other] + kept + [other]) == [[other] + kept + [other]])
        }
    }

    /// A file that cannot be made costs what would be in it, and no other; with the next it goes on.
    @Test func afterAFailureItGoesOnWithAnotherFile() throws {
        try Self.inFolder { folder in
            let own = RingSettings(folder: folder)
            let ring = RecordingRing(own)
            var settings = RecordingSettings(ring: own, application: "a test")
            settings.ring = ring
            let files = try RecordingFiles(settings)
            let contents = RecordingFiles.Contents(frames: 2, span: Filled.time(1)...Filled.time(2))
            files.put(.bytes([1, 2, 3], contents))
            // Others have the names of the second and of all that are tried in its place.
            for number in UInt32(2)...18 { try Data().write(to: URL(fileURLWithPath: settings.path(of: number))) }
            files.put(.file(2))
            files.put(.bytes([4, 5], contents))
            files.put(.file(3))
            files.put(.bytes([6], contents))
            try files.finish()
            #expect(files.failure == nil && files.lost == 2)
            #expect(ring.condition.files == 2 && ring.condition.bytes == 4 && ring.condition.written == 4)
            #expect(try Data(contentsOf: URL(fileURLWithPath: settings.path(of: 19))) == Data([6]))
        }
    }
}
