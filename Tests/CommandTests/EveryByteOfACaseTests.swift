import Addressing
import Containers
import Foundation
import Support
import Testing

@testable import portolan

/// A journal, a recording, a report and their manifest, in which one byte is altered.
@Suite("One byte of a case")
struct EveryByteOfACaseTests {
    private let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    @Test func everyByteOfAJournalMatters() throws {
        let path = folder.path("journal.jsonl").path
        let file = try JournalFile(path: path)
        for second in 1...4 {
            let time = Timestamp(nanoseconds: (1_800_000_000 + Int64(second)) * 1_000_000_000)
            file.write(JournalEntry(time: time, change: .host(NetworkNamespace(inode: 1), name: "node\(second)")))
            if second == 2 { file.flush() }
        }
        file.finish()
        let good = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
        #expect(try JournalCheck.look(at: path).findings.isEmpty)
        for place in good.indices {
            var bad = good
            bad[place] ^= place % 2 == 0 ? 0x01 : 0x20
            let other = try folder.write(bad, as: "other.jsonl")
            let answer = try? JournalCheck.look(at: other.path)
            #expect(answer?.findings.isEmpty != true, "byte \(place)")
        }
        // One line that is not there, and two that changed places.
        let lines = good.split(separator: 0x0a).map(Array.init)
        for place in lines.indices.dropLast() {
            var bad = lines
            bad.remove(at: place)
            let other = try folder.write(bad.joined(separator: [0x0a]) + [0x0a], as: "other.jsonl")
            #expect(try !JournalCheck.look(at: other.path).findings.isEmpty, "line \(place + 1)")
        }
    }

    /// Signs a recording and the report of it; what `verify` is asked with.
    private func signed() throws -> [String] {
        let capture = try Data(contentsOf: URL(fileURLWithPath: "Captures/first/first.pcap"))
        let recording = try folder.write(capture, as: "recording.pcap").path
        let report = folder.path("report.json").path
        #expect(try Command.run("report", "-r", recording, "-o", "json", "-w", report).status == 0)
        let (key, manifest) = (folder.path("case.key").path, folder.path("case.json").path)
        #expect(try Command.run("report", "key", "-w", key).status == 0)
        let sign = ["report", "sign", "--key", key, "-w", manifest, "--database", "none"]
        #expect(try Command.run(sign + ["--result", report, recording]).status == 0)
        let verify = ["report", "verify", "--manifest", manifest, "--public-key", key + ".pub"]
        #expect(try Command.run(verify).status == 0)
        return verify
    }

    @Test func everyByteOfARecordingAndAReportMatters() throws {
        let verify = try signed()
        for name in ["recording.pcap", "report.json"] {
            let good = Array(try Data(contentsOf: folder.path(name)))
            for place in stride(from: 0, to: good.count, by: good.count / 4) {
                var bad = good
                bad[place] ^= 0x10
                _ = try folder.write(bad, as: name)
                let outcome = try Command.run(verify)
                #expect(
                    outcome.status == 1 && outcome.output.contains("altered: \(folder.path(name).path), its SHA-256")
                )
            }
            // One packet less, or a byte more.
            _ = try folder.write(good.dropLast(), as: name)
            #expect(try Command.run(verify).output.contains("it has \(good.count - 1) bytes, not \(good.count)"))
            _ = try folder.write(good + [0], as: name)
            #expect(try Command.run(verify).output.contains("it has more than the \(good.count) bytes"))
            _ = try folder.write(good, as: name)
        }
        // One file swapped for the other.
        let report = try Data(contentsOf: folder.path("report.json"))
        _ = try folder.write(report, as: "recording.pcap")
        #expect(try Command.run(verify).output.contains("altered: \(folder.path("recording.pcap").path)"))
    }

    @Test func everyByteOfAManifestMatters() throws {
        _ = try signed()
        let key = try KeyFile.publicKey(folder.path("case.key.pub").path)
        for name in ["case.json", "case.json.sig"] {
            let good = Array(try Data(contentsOf: folder.path(name)))
            for place in good.indices {
                var bad = good
                bad[place] ^= 0x04
                _ = try folder.write(bad, as: name)
                guard let read = try? SignedManifest(path: folder.path("case.json").path) else { continue }
                if case .signed = read.judged(by: key) { Issue.record("byte \(place) of \(name)") }
            }
            _ = try folder.write(good, as: name)
        }
        guard case .signed = try SignedManifest(path: folder.path("case.json").path).judged(by: key) else {
            Issue.record("what was put back is not signed")
            return
        }
    }

    /// A manifest may name anything: a pipe that nobody writes to, a device without end, a folder.
    @Test(.timeLimit(.minutes(1)), arguments: ["pipe", "zero", "folder", "nothing"])
    func whatIsNoFileIsOneLine(kind: String) throws {
        let verify = try signed()
        let place = folder.path("recording.pcap")
        try FileManager.default.removeItem(at: place)
        switch kind {
        case "pipe":
            let made = unsafe mkfifo(place.path, 0o600)
            #expect(made == 0)
        case "zero": try FileManager.default.createSymbolicLink(atPath: place.path, withDestinationPath: "/dev/zero")
        case "folder": try FileManager.default.createDirectory(at: place, withIntermediateDirectories: false)
        default: break
        }
        let outcome = try Command.run(verify)
        #expect(outcome.status == 1 && outcome.errors.isEmpty)
        let words = kind == "nothing" ? "removed: " : "unreadable: "
        #expect(outcome.output.contains(words + place.path), "\(outcome.output)")
        #expect(kind == "nothing" || outcome.output.contains("no regular file"))
        if kind == "pipe" {
            let asked = try Command.run("report", "verify", "--database", place.path)
            #expect(asked.status == 2 && asked.errorLines.count == 1 && asked.errors.contains("no regular file"))
        }
    }

    /// A signature that cannot be read is not the same as none.
    @Test func aSignatureThatCannotBeReadIsToldAsSuch() throws {
        let verify = try signed()
        let signature = folder.path("case.json.sig")
        try FileManager.default.removeItem(at: signature)
        try FileManager.default.createDirectory(at: signature, withIntermediateDirectories: false)
        let outcome = try Command.run(verify)
        #expect(outcome.status == 2 && outcome.errorLines.count == 1)
        #expect(outcome.errors.contains("case.json.sig: it is no regular file") && !outcome.output.contains("unsigned"))
    }
}
