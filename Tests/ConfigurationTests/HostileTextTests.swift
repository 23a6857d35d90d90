import Foundation
import Support
import Testing

import Declarations

@testable import Configuration

/// Whoever writes the file may mean no good, or it may be no such file at all: that is told, and costs little.
@Suite("Hostile configuration", .timeLimit(.minutes(1)))
struct HostileTextTests {
    @Test func nestingHasAnEnd() {
        #expect(
            ReadText.problems(String(repeating: "[", count: 1_000_000)) == ["p.yaml:1:1025: more than 1024 brackets"]
        )
        #expect(ReadText.problems(String(repeating: "{", count: 1025)) == ["p.yaml:1:1025: more than 1024 brackets"])
        #expect(ReadText.problems(String(repeating: "[", count: 1024)).first?.hasSuffix("nested too deep") == true)
        #expect(ReadText.problems(String(repeating: "{a: ", count: 1024)).first?.hasSuffix("nested too deep") == true)
        #expect(ReadText.problems(String(repeating: "- ", count: 500_000)).first?.hasSuffix("nested too deep") == true)
        let indented = (0..<980).map { String(repeating: " ", count: $0) + "a:\n" }.joined()
        #expect(ReadText.problems(indented) == ["p.yaml:1:1: unknown key \"a\""])
    }

    /// Each line doubles what the one before stands for, and the last makes a key of it.
    @Test(arguments: ["  log: *a60", "? *a60\n: 1", "{*a60 : 1}", "*a60 : 1"]) func aliasesMakeNothingMore(last: String)
    {
        let lines = ["a0: &a0 [x, x]"] + (1...60).map { "a\($0): &a\($0) [*a\($0 - 1), *a\($0 - 1)]" } + [last]
        let start = ContinuousClock.now
        #expect(!ReadText.problems(lines.joined(separator: "\n")).isEmpty)
        #expect(ContinuousClock.now - start < .seconds(10))
    }

    @Test func manyKeysAreCountedAndNotAllTold() {
        let text = (0..<50_000).map { "k\($0): 1\n" }.joined()
        let problems = ReadText.problems(text)
        #expect(problems.count == 101)
        #expect(problems.last == "and 49900 more")
    }

    @Test func manyKeysThatStandTwiceAreNotAllTold() {
        #expect(
            ReadText.problems(String(repeating: "k: 1\n", count: 1000)).last?.hasSuffix("key \"k\" stands here twice")
                == true
        )
        #expect(
            ReadText.problems(String(repeating: "k: 1\n", count: 50_000)) == ["p.yaml:1:1: key \"k\" stands here twice"]
        )
    }

    @Test func hugeTextsAreCutInMessages() {
        let long = String(repeating: "x", count: 900_000)
        #expect(
            ReadText.problems("log: {level: \(long)}") == [
                "p.yaml:1:14: log.level wants a level, not a text of 900000 bytes"
            ]
        )
        let cut = String(repeating: "x", count: 64) + "…"
        #expect(ReadText.problems("? \"\(long)\"\n").allSatisfy { $0.utf8.count < 300 })
        #expect(ReadText.problems("capture: \(long)") == ["p.yaml:1:10: capture wants keys of its own, not \"\(cut)\""])
        #expect(
            ReadText.problems("\(String(repeating: "x", count: 1000)): 1") == ["p.yaml:1:1: unknown key \"\(cut)\""]
        )
    }

    @Test(
        arguments: [
            ([0x61, 0x0a, 0xff, 0xfe], "2:1: not UTF-8"),
            ([0xff, 0xfe, 0x6c, 0x00], "1:1: not UTF-8"),
            ([0xc0, 0x80], "1:1: not UTF-8"),
            ([0xed, 0xa0, 0x80], "1:1: not UTF-8"),
            ([0x23, 0x00], "1:2: a control character, U+0000; write it as an escape in double quotes"),
            ([0x0a, 0x23, 0x1b], "2:2: a control character, U+001B; write it as an escape in double quotes"),
            ([0x23, 0xc2, 0x85], "1:2: a control character, U+0085; write it as an escape in double quotes"),
            ([0x23, 0xe2, 0x80, 0xa8], "1:2: a control character, U+2028; write it as an escape in double quotes"),
            ([0x23, 0xef, 0xbb, 0xbf], "1:2: a byte order mark that is not at the beginning"),
            ([0x23, 0xee, 0x80, 0x80], "1:2: U+E000, which is no character"),
        ] as [([UInt8], String)]
    )
    func whatIsNoTextIsTold(bytes: [UInt8], line: String) {
        #expect(ReadText.problems(bytes) == ["p.yaml:" + line])
    }

    @Test func escapesInKeysDoNotReachATerminal() {
        let problems = ReadText.problems("\"\\e[31m\\n\\0\\u202e\\uE000\": 1\nlog: {\"\\x9b\": 1, level: \"\\r\"}")
        #expect(problems.count == 3)
        #expect(problems.first == "p.yaml:1:1: unknown key \"\u{fffd}[31m\u{fffd}\u{fffd}\u{fffd}&\"")
        #expect(problems.joined().unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
    }

    /// Bytes of the real file in other places: no text makes it trap, and none that is good goes beyond its bounds.
    @Test func damagedFilesAreReadOrRefused() throws {
        let whole = try Data(contentsOf: SharedCaptures.project.appendingPathComponent("Config/portolan.yaml"))
        var generator = SystemRandomNumberGenerator()
        let pieces: [[UInt8]] = [
            "[", "{", "]", "}", "&a ", "*a", "!", "? ", ": ", "\"", "'", "|\n", ">", "%", "- ", "\n", "\t", "#", "\0",
            "---\n", "<<: ",
        ].map { Array($0.utf8) }
        for _ in 0..<500 {
            var bytes = Array(whole)
            for _ in 0..<Int.random(in: 1...6, using: &generator) {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                switch Int.random(in: 0..<4, using: &generator) {
                case 0: bytes[place] = .random(in: 0...255, using: &generator)
                case 1: bytes.insert(contentsOf: pieces.randomElement(using: &generator) ?? [], at: place)
                case 2: bytes.removeSubrange(place..<min(place + 9, bytes.count))
                default: bytes += bytes[place..<min(place + 200, bytes.count)]
                }
            }
            let problems = ReadText.problems(bytes)
            #expect(problems.count <= 101)
            #expect(problems.allSatisfy { $0.hasPrefix("p.yaml:") || $0.hasPrefix("and ") }, "\(bytes)")
        }
    }
}
