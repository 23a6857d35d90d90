import Capture
import Foundation
import Testing

/// Reads the real captures that lie outside the project, and compares with what tshark counts in them.
@Suite("Shared captures")
struct SharedCapturesTests {
    struct Entry: CustomTestStringConvertible {
        let path: String
        let frames: Int
        var testDescription: String { path }
    }

    /// `PORTOLAN_CAPTURES`, by default beside the project.
    private static let directory: URL = {
        if let path = ProcessInfo.processInfo.environment["PORTOLAN_CAPTURES"] { return URL(filePath: path) }
        let package = URL(filePath: #filePath).appending(path: "../../..").standardized
        return package.appending(path: "../shared/captures").standardized
    }()

    /// The rows of the manifest's tables: a category in a heading, then `| file | bytes | … | frames | …`.
    private static let entries: [Entry] = {
        let manifest = (try? String(contentsOf: directory.appending(path: "MANIFEST.md"), encoding: .utf8)) ?? ""
        var category = ""
        var entries: [Entry] = []
        for line in manifest.split(separator: "\n") {
            if line.hasPrefix("## ") { category = String(line.dropFirst(3)) }
            let cells = line.split(separator: "|", omittingEmptySubsequences: false).map {
                $0.trimmingCharacters(in: .whitespaces)
            }
            guard cells.count > 7, let frames = Int(cells[6]) else { continue }
            entries.append(Entry(path: "\(category)/\(cells[1])", frames: frames))
        }
        return entries
    }()

    @Test(.enabled(if: !entries.isEmpty, "no captures at PORTOLAN_CAPTURES"), arguments: entries)
    func deliversEveryFrameThatTsharkCounts(entry: Entry) throws {
        var reader = try CaptureFileReader(path: Self.directory.appending(path: entry.path).path)
        let reading = try Reading(&reader)
        // tshark numbers custom blocks like packets.
        #expect(reading.packets.count + Int(reading.counts.customBlocks) == entry.frames)
        #expect(reading.ending == .complete)
        #expect(reading.counts.unknownInterface == 0)
        #expect(reading.counts.damagedBlocks == 0)
    }
}
