import Addressing
import Containers
import Foundation
import Store
import Support
import Testing

@testable import portolan

/// A journal whose lines somebody altered.
@Suite("The chain of a journal")
struct JournalCheckTests {
    private let folder: ScratchFolder
    private let path: String

    init() throws {
        folder = try ScratchFolder()
        path = folder.path("journal.jsonl").path
        let file = try JournalFile(path: path)
        for second in 1...12 {
            let time = Timestamp(nanoseconds: (1_800_000_000 + Int64(second)) * 1_000_000_000)
            file.write(JournalEntry(time: time, change: .host(NetworkNamespace(inode: 1), name: "node\(second)")))
            if second % 3 == 0 { file.flush() }
        }
        file.finish()
    }

    private func lines() throws -> [String] {
        try folder.text("journal.jsonl").split(separator: "\n").map(String.init)
    }

    private func look(_ lines: [String]) throws -> JournalCheck.Answer {
        let other = try folder.write(Array((lines.joined(separator: "\n") + "\n").utf8), as: "other.jsonl")
        return try JournalCheck.look(at: other.path)
    }

    @Test func whatNobodyTouchedIsComplete() throws {
        let answer = try JournalCheck.look(at: path)
        #expect(answer.findings.isEmpty && answer.covered == 12 && answer.uncovered == 0 && answer.isEnded)
        // Lines of the chain are no entries, and no mistake.
        let outcome = try Command.run("replay", "-r", "Captures/first/first.pcap", "--identity", path)
        #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    }

    @Test func everyLineThatIsAlteredIsFound() throws {
        let good = try lines()
        #expect(good.count == 17)
        for place in good.indices where !good[place].contains("custody_") {
            var bad = good
            bad[place] = bad[place].replacingOccurrences(of: "node", with: "nodf")
            let answer = try look(bad)
            #expect(answer.findings.map(\.kind) == [.altered])
            #expect(answer.findings.first?.lines.contains(place + 1) == true)
            #expect(answer.findings.first?.time != nil)
        }
    }

    @Test func everyLineThatIsRemovedOrSwappedIsFound() throws {
        let good = try lines()
        for place in good.indices.dropLast() {
            var bad = good
            bad.remove(at: place)
            #expect(try !look(bad).findings.isEmpty, "line \(place + 1) removed")
            bad = good
            bad.swapAt(place, place + 1)
            #expect(try !look(bad).findings.isEmpty, "line \(place + 1) swapped")
            bad = good
            bad.insert(good[0], at: place)
            #expect(try !look(bad).findings.isEmpty, "a line added before line \(place + 1)")
        }
        #expect(try !look(good + [good[0]]).findings.isEmpty)
    }

    @Test func itsLastByteIsLookedAtToo() throws {
        let good = try folder.text("journal.jsonl")
        #expect(good.hasSuffix("\n"))
        let other = try folder.write(Array((good.dropLast() + "x").utf8), as: "other.jsonl")
        let answer = try JournalCheck.look(at: other.path)
        #expect(answer.findings.map(\.kind) == [.altered])
        #expect(answer.findings.first?.lines == 17...17)
    }

    @Test func aJournalWithoutItsEndSaysSo() throws {
        let answer = try look(Array(try lines().dropLast()))
        #expect(answer.findings.isEmpty && !answer.isEnded)
        let shorter = try look(Array(try lines().prefix(6)))
        #expect(shorter.findings.isEmpty && shorter.uncovered == 2)
        #expect(throws: FileFault.self) { try look([try lines()[0]]) }
    }

    @Test func isLookedAtByTheCommand() throws {
        let outcome = try Command.run("report", "verify", "--journal", path)
        #expect(outcome.status == 0 && outcome.output == "\(path): complete, 12 lines\nunsigned\n", "\(outcome.output)")
        let bad = try lines().map { $0.replacingOccurrences(of: "node5", with: "node6") }.joined(separator: "\n")
        _ = try folder.write(Array((bad + "\n").utf8), as: "journal.jsonl")
        let altered = try Command.run("report", "verify", "--journal", path)
        #expect(altered.status == 1 && altered.output.contains("lines 5 to 7"), "\(altered.output)")
    }
}
