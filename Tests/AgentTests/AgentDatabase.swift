import Addressing
import Foundation
import Records
import Store

/// A database in a folder of its own, which goes with it.
final class AgentDatabase {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("agent-\(UUID().uuidString)")
    let store: Store
    let writer: StoreWriter

    init() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        store = try Store(path: folder.appendingPathComponent("a.db").path)
        writer = StoreWriter(store)
        try writer.begin(at: Timestamp(nanoseconds: 0), version: "test")
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func write(_ flows: [FlowRecord], open: [FlowRecord] = []) throws {
        var batch = StoreBatch()
        batch.ended = flows
        batch.open = open
        try writer.write(batch, at: Timestamp(nanoseconds: 0))
    }

    func write(_ alerts: [AlertRecord]) throws {
        var batch = StoreBatch()
        batch.alerts = alerts
        try writer.write(batch, at: Timestamp(nanoseconds: 0))
    }
}
