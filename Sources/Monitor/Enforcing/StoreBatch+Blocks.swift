import Enforcement
package import Records
package import Store

extension StoreBatch {
    /// What became of blocks: how each stands now, and who did what.
    package init(of records: [BlockRecord]) {
        self.init()
        for record in records {
            if record.block.identifier.number > 0 { blocks.append(record) }
            // How it stands is nobody's doing.
            if record.action == .state { continue }
            audit.append(
                AuditRecord(
                    time: record.time,
                    actor: record.ended == nil ? "\(record.block.order.author)" : record.endedBy ?? "",
                    act: record.action.rawValue,
                    outcome: record.state.rawValue,
                    record: String(decoding: record.line.dropLast(), as: UTF8.self)
                )
            )
        }
    }
}
