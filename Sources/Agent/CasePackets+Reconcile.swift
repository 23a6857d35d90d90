package import Records

extension CasePackets {
    /// Has kept, or lets go of, what a run of the agent before was to and had no time for; of all cases there are.
    package func reconcile(_ records: [CaseRecord]) {
        let live = records.filter { $0.released == nil }
        for record in live {
            if let ended = record.ended { keep(record.folder, record.from, ended) }
        }
        let left = Set(records.map(\.folder)).subtracting(live.map(\.folder))
        for folder in Set(kept().map(\.name)).intersection(left) { release(folder) }
    }
}
