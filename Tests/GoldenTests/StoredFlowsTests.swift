import Addressing
import Flows
import Foundation
import Records
import Store
import Testing

/// What is stored of a capture's flows is what is told of them: the same JSON, to the byte.
@Suite("Stored flows of captures")
struct StoredFlowsTests {
    @Test func areToldAsTheyWere() throws {
        var captures = 0
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("golden-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (number, path) in CaptureFiles.all.enumerated() {
            let kept = KeptFlows()
            guard (try? ReplayedCapture.read(path, into: kept)) != nil else { continue }
            let store = try Store(path: folder.appendingPathComponent("\(number).db").path)
            let writer = StoreWriter(store)
            var batch = StoreBatch()
            batch.ended = kept.records
            try writer.write(batch, at: kept.records.last?.last ?? .init(nanoseconds: 0))
            var read: [Substring: Int] = [:]
            var place: FlowPlace?
            repeat {
                let page = try store.flows(FlowQuery(), from: place, limit: 4096)
                for line in Self.lines(page.records) { read[line, default: 0] += 1 }
                place = page.next
            } while place != nil
            let told = Self.lines(kept.records).reduce(into: [:]) { $0[$1, default: 0] += 1 }
            #expect(read == told, "\(path)")
            captures += 1
        }
        #expect(captures > 3)
    }

    private static func lines(_ records: [FlowRecord]) -> [Substring] {
        let writer = JSONRecordWriter()
        for record in records { writer.write(record) }
        return String(decoding: writer.bytes, as: UTF8.self).split(separator: "\n")
    }
}
