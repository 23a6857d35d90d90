import Addressing
import Records
package import Store

/// Cases as lines of JSON, of an agent or of its database alone.
package enum CaseLines {
    /// Each case, the newest first; those that were let go only if `isAll`. `packets` is nil where none are recorded, or it is not known.
    package static func list(_ store: Store, isAll: Bool, _ packets: CasePackets? = nil) throws(StoreError) -> [UInt8] {
        var damage: StoreError?
        let records = try store.cases(isAll: isAll) { damage = damage ?? $0 }
        let folders = packets.map { (path: $0.path, kept: $0.kept()) }
        var bytes: [UInt8] = []
        for var record in records {
            record.packets = folders.map { Self.packets(of: record, $0.path, $0.kept) }
            bytes += record.line
        }
        if let damage { bytes += ErrorText.line("\(damage)") }
        return bytes
    }

    /// A case, whom its container talked with, what was found of it and what stopped it, a line each; nil when there is none.
    package static func detail(
        _ store: Store,
        _ number: UInt64,
        _ packets: CasePackets? = nil
    ) throws(StoreError) -> [UInt8]? {
        guard var detail = try store.caseDetail(number) else { return nil }
        detail.record.packets = packets.map { Self.packets(of: detail.record, $0.path, $0.kept()) }
        var bytes = detail.record.line
        for peer in detail.peers { bytes += peer.line(of: number) }
        for alert in detail.alerts { bytes += alert.line }
        for block in detail.blocks { bytes += block.line }
        return bytes
    }

    private static func packets(
        of record: CaseRecord,
        _ path: String,
        _ kept: [CasePackets.Folder]
    ) -> CaseRecord.Packets {
        let folder = kept.first { $0.name == record.folder }
        return CaseRecord.Packets(
            files: folder?.files ?? 0,
            bytes: folder?.bytes ?? 0,
            path: "\(path)/\(record.folder)",
            names: folder?.names ?? []
        )
    }
}
