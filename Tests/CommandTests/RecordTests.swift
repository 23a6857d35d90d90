import Foundation
import Support
import Testing

/// What `portolan record` says before it captures, and what a replay says of recordings made by hand.
@Suite("record")
struct RecordTests {
    @Test(arguments: [
        ("", "Missing expected argument '--write <file>'"),
        ("-w ''", "-w wants the name of a file"),
        ("-w x -W 3", "-W goes with -C or -G"),
        ("-w x -C 0", "-C is between 1 and 1000000"),
        ("-w x -G 99999999999", "-G is between 1 and 31536000"),
        ("-w - -C 1", "standard output is one file"),
        ("-w - -o json", "-o json needs standard output for itself"),
    ])
    func refusesWhatMeansNothing(_ arguments: String, _ message: String) throws {
        let outcome = try Command.shell("\"$portolan\" record \(arguments)")
        #expect(outcome.status == 64)
        #expect(outcome.output.isEmpty)
        #expect(outcome.errors.contains(message))
        #expect(outcome.errors.split(separator: "\n").count == 1)
    }

    /// Blocks of pcapng, in little-endian.
    private static func block(_ kind: UInt32, _ body: [UInt8]) -> [UInt8] {
        let padded = body + Array(repeating: 0, count: (4 - body.count % 4) % 4)
        let length = word(UInt32(padded.count + 12))
        return word(kind) + length + padded + length
    }

    private static func word(_ value: some FixedWidthInteger) -> [UInt8] {
        (0..<(type(of: value).bitWidth / 8)).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }

    private static func note(_ kind: UInt16, _ bytes: [UInt8]) -> [UInt8] {
        var body = word(UInt32(32_473))
        body += Array("PORTOLAN".utf8)
        body += word(UInt16(1)) + word(kind)
        body += word(UInt32(0)) + word(UInt32(bytes.count))
        return block(0xbad, body + bytes)
    }

    private static let section = block(0x0a0d_0d0a, word(UInt32(0x1a2b_3c4d)) + word(UInt32(1)) + word(UInt64.max))
    private static let begin = note(1, Array(repeating: 7, count: 16) + word(UInt32(1)) + word(UInt32(0)))

    @Test func aRecordingWithoutPacketsIsRead() throws {
        let folder = try ScratchFolder()
        let file = try folder.write(Self.section + Self.begin, as: "empty.pcapng")
        let outcome = try Command.shell("\"$portolan\" replay -r \(file.path) -o json")
        #expect(outcome.status == 0)
        #expect(outcome.errors.isEmpty)
        #expect(outcome.output.contains("capture_summary"))
    }

    /// A kind, and bytes that no note of it has.
    private static let unreadable: [(UInt16, [UInt8])] = [
        (1, [1, 1, 1, 1, 1]), (2, Array("no journal".utf8)), (3, [1, 2]), (3, [0, 0, 0, 0, 0, 0, 0, 0x80]),
        (4, [9]), (5, [1, 2, 3]), (6, []), (8, [0xff]), (9, [1]), (77, [1, 2, 3]),
    ]

    @Test(arguments: unreadable)
    func whatCannotBeReadIsOneLine(_ kind: UInt16, _ bytes: [UInt8]) throws {
        let folder = try ScratchFolder()
        let file = try folder.write(Self.section + Self.begin + Self.note(kind, bytes), as: "bad.pcapng")
        let outcome = try Command.shell("\"$portolan\" replay -r \(file.path) -o json")
        #expect(outcome.status == 0)
        #expect(
            outcome.errors
                == "portolan: 1 notes of a recording could not be read; who is who may be wrong after them\n"
        )
    }

    @Test func notesWithoutABeginningMeanNothing() throws {
        let folder = try ScratchFolder()
        let file = try folder.write(Self.section + Self.note(3, Self.word(Int64(5))), as: "bad.pcapng")
        let outcome = try Command.shell("\"$portolan\" replay -r \(file.path)")
        #expect(outcome.status == 0)
        #expect(outcome.errors.contains("1 notes of a recording could not be read"))
    }

    @Test func recordingsAreNotMixed() throws {
        let folder = try ScratchFolder()
        let file = try folder.write(Self.section + Self.begin, as: "own.pcapng")
        let outcome = try Command.shell("\"$portolan\" replay -r \(file.path) -r Captures/first/first.pcap")
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("Captures/first/first.pcap is no part of the recording"))
    }
}
