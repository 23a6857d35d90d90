package import Addressing
package import Records

extension CasePackets {
    /// Has kept, or lets go of, what a run of the agent before was to and had no time for: of cases that ended or were let go of since `time`,
    /// its last moments. What is older was done then, and what is in a folder may be an alert's since.
    package func reconcile(_ records: [CaseRecord], since time: Timestamp) {
        let live = records.filter { $0.released == nil }
        for record in live {
            if let ended = record.ended, ended >= time { keep(record.folder, record.from, ended) }
        }
        let released = records.filter { $0.released.map { $0 >= time } ?? false }
        let left = Set(released.map(\.folder)).subtracting(live.map(\.folder))
        for folder in Set(kept().map(\.name)).intersection(left) { release(folder) }
    }
}
