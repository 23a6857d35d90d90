import Addressing
import Agent
import Logging
import Monitor
import Records
import Store

/// What an agent does about cases besides keeping their rows: it says what becomes of them, and has their packets kept.
struct AgentCases {
    let log: Logger
    /// Nil where nothing is recorded.
    let packets: CasePackets?

    /// Has the packets of those kept that nobody let go before the agent began.
    func begin(_ store: Store?) {
        guard let packets, let store else { return }
        do {
            let known = try store.cases { log.error("a case is not known: \($0)") }
            for record in known { keep(record, packets) }
        } catch {
            log.error("cases are not known: \(error)")
        }
    }

    /// Says what became of some.
    func tell(_ records: [CaseRecord]) {
        for record in records {
            log.notice("\(CaseLine.text(record))")
            guard let packets else { continue }
            switch record.action {
            case .opened, .ended, .resumed: keep(record, packets)
            case .released: packets.release(record.folder)
            case .state, .full: break
            }
        }
    }

    private func keep(_ record: CaseRecord, _ packets: CasePackets) {
        packets.keep(record.folder, record.from, record.ended ?? Timestamp(nanoseconds: .max))
    }
}
